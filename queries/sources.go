package queries

import (
	"context"
	"strconv"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

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

// Collections lists the last collections, at most so many of each source; an empty source asks for all of them. They are ordered by source, the
// newest first.
func (s *Store) Collections(ctx context.Context, question Question, source string, limit int) (rows []CollectionRow, err error) {
	err = s.selectQuestion(ctx, "sources/collections", &rows, question, 0,
		clickhouse.Named("source", source), clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// CoverageRow is what a source covers (SPEC §4) among what a question is about.
type CoverageRow struct {
	Source string   `ch:"source"`
	Units  uint64   `ch:"units"`
	Items  []string `ch:"items"`  // item_ids of which it covers at least one unit's; all of them, when one unit is asked
	Duties uint64   `ch:"duties"` // units × items
}

// Coverage tells what each source covers, by the registry load in force.
func (s *Store) Coverage(ctx context.Context, question Question) (rows []CoverageRow, err error) {
	load, err := s.loadInForce(ctx, question)
	if err != nil {
		return nil, err
	}
	err = s.selectQuestion(ctx, "sources/coverage", &rows, question, load)
	return rows, err
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

// Rejects lists a part of the rejects in force, ordered by source and place like the report rejects.
func (s *Store) Rejects(ctx context.Context, question Question, asked RejectsAsked) (rows []RejectRow, err error) {
	if s.society != nil { // even how many have the words sought would tell
		return nil, nil
	}
	if err := s.refuseRemoved(ctx, question, "rejects"); err != nil {
		return nil, err
	}
	err = s.selectQuestion(ctx, "sources/rejects", &rows, question, 0,
		clickhouse.Named("source", asked.Source), clickhouse.Named("words", list(asked.Words)), clickhouse.Named("reasons", list(asked.Reasons)),
		clickhouse.Named("limit", strconv.Itoa(asked.Limit)), clickhouse.Named("offset", strconv.Itoa(asked.Offset)))
	return rows, err
}
