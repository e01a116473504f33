// Package record turns what a source says about one disclosure into a record: dates, period, unit, item, scope and
// channel resolved (SPEC §3). Every kind of source goes through Adapt, so that all obey the same rules.
package record

import (
	"fmt"
	"time"
)

// Fields is one disclosure as its source writes it; empty means not given.
type Fields struct {
	RecordID, Unit, Parent, Item, Title, EventID, Period                                 string
	OccurredOn, ProposedOn, ReviewedOn, ApprovedOn, PublishedOn, UploadedOn, WithdrawnOn string
	Scope, Channel, URL                                                                  string

	PeriodMayBeNumber bool // Period may be how a number is written: 2026.1 may have been 2026.10
}

// Record is one disclosure, resolved. Days are civil days in the configured time zone at midnight UTC; zero is none.
type Record struct {
	RecordID     string
	Derived      bool // RecordID was derived from the content
	UnitID       string
	ItemID       string
	Title        string
	EventID      string
	EventKey     string // EventID, or else the title folded by NFKC, lower case, no white space
	Period       string // as written
	PeriodFrom   time.Time
	PeriodTo     time.Time
	OccurredOn   time.Time
	ProposedOn   time.Time
	ReviewedOn   time.Time
	ApprovedOn   time.Time
	PublishedOn  time.Time
	UploadedOn   time.Time
	WithdrawnOn  time.Time
	Scope        string
	Channel      string
	URL          string
	Steps        bool
	Online       bool
	DatedBySight bool   // carried no date: PublishedOn is Rules.Today, to be kept from the first sight
	Hash         uint64 // of all of the above but RecordID, Derived and, when DatedBySight, PublishedOn

	Doubt *Problem // what was not understood of the row and hinders nothing
}

// Problem says why a row is rejected.
type Problem struct {
	Field string // key of the field, "unit" …; empty when the row as a whole is meant
	Value string // as written; empty when it is missing
	Want  string // what is wrong and what would be right, the end of an English sentence
}

// Error is an English sentence: field, value, what would be right.
func (p *Problem) Error() string {
	switch {
	case p.Field == "":
		return p.Want
	case p.Value == "":
		return p.Field + ": " + p.Want
	}
	return fmt.Sprintf("%s: %q %s", p.Field, p.Value, p.Want)
}
