package model

import "time"

// RemarkRow is what a source's last collection, or the last reading of the registry's files, did not understand or read.
type RemarkRow struct {
	Source  string    `ch:"source"` // empty: the registry
	Place   string    `ch:"place"`
	Fate    string    `ch:"fate"`
	Remark  string    `ch:"remark"` // English
	Nearest string    `ch:"nearest"`
	Parts   uint64    `ch:"parts"`
	Seen    time.Time `ch:"seen"`
}

// CollectionRow is one collection of a source. Instants are in UTC; while it is running, all but the start is zero.
type CollectionRow struct {
	ID            uint64    `ch:"collection_id"` // rises with time
	Source        string    `ch:"source"`
	Kind          string    `ch:"kind"`
	Started       time.Time `ch:"started_at"`
	Ended         time.Time `ch:"ended_at"`
	Outcome       string    `ch:"outcome"` // running, success, suspicious, failed, interrupted
	Read          uint64    `ch:"read"`
	New           uint64    `ch:"new"`
	Changed       uint64    `ch:"changed"`
	Unchanged     uint64    `ch:"unchanged"`
	Rejected      uint64    `ch:"rejected"`
	NotUnderstood uint64    `ch:"not_understood"` // parts of the source that were not understood or not read
	Withdrawn     uint64    `ch:"withdrawn"`
	Pages         uint64    `ch:"pages"`
	Bytes         uint64    `ch:"bytes"`
	Error         string    `ch:"error"`       // why it is no look
	Accepted      string    `ch:"accepted"`    // what a look lacked, had it not been accepted; empty: nothing
	AcceptedBy    string    `ch:"accepted_by"` // who accepted it; Agreement
}

// CoverageRow is what a source covers (SPEC §4) among what a question is about.
type CoverageRow struct {
	Source string   `ch:"source"`
	Units  uint64   `ch:"units"`
	Items  []string `ch:"items"`  // item_ids of which it covers at least one unit's; all of them, when one unit is asked
	Duties uint64   `ch:"duties"` // units × items
}

// RejectsAsked says which of the rejects in force are asked.
type RejectsAsked struct {
	Source        string   // empty: of every source
	Words         []string // each of which the row must have somewhere, in any case,
	Reasons       []string // or else a reason that fits the regular expression (RE2) in its place here, if that is not empty
	Limit, Offset int
}

// RejectRow is one rejected row in force.
type RejectRow struct {
	Source  string    `ch:"source"`
	Place   string    `ch:"place"`   // file, sheet and row, or address
	Reason  string    `ch:"reason"`  // English sentence
	Content string    `ch:"content"` // the raw row
	Seen    time.Time `ch:"seen"`    // instant at which it was first rejected, UTC
	Found   uint64    `ch:"found"`   // how many there are beside the limit
}
