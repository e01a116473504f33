package model

import "time"

// DueLink is a published address that is due to be visited, with the records whose address it is: of each list the n-th is of the n-th record.
type DueLink struct {
	URL         string      `ch:"url"`
	Failing     bool        `ch:"failing"` // what was last known of it, or of an attachment of its page, is a failure
	Opened      bool        `ch:"opened"`  // a page of its host was seen open lately
	Sources     []string    `ch:"sources"`
	RecordIDs   []string    `ch:"record_ids"`
	Versions    []uint64    `ch:"versions"`
	UnitIDs     []string    `ch:"unit_ids"`
	ItemIDs     []string    `ch:"item_ids"`
	Titles      []string    `ch:"titles"`
	Periods     []string    `ch:"periods"`
	Published   []time.Time `ch:"published"` // civil days, midnight UTC
	DisplayDays []uint16    `ch:"display_days"`
	Due         uint64      `ch:"due"` // how many addresses are
}

// LinkBudget says how many addresses are visited, and how often.
type LinkBudget struct {
	At      time.Time     // instant at which they are due
	PerHost int           // addresses of one host a week
	Share   float64       // of the week's, of each host, that may be visited now
	Every   time.Duration // from one visit of an address to the next
	Again   time.Duration // after which a failure is looked at again
	Limit   int           // addresses in all
}

// RecordName names a record.
type RecordName struct {
	Source   string `ch:"source"`
	RecordID string `ch:"record_id"`
}

// HostAddress is one address of a host.
type HostAddress struct {
	URL string `ch:"url"`
}
