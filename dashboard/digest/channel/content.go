package channel

import (
	"time"

	"yangguang/queries/digests"
	"yangguang/queries/model"
)

// State is what was known at an instant of a day.
type State struct {
	AsOf    time.Time // civil day at midnight UTC
	KnownAt time.Time // instant
}

// Question asks what was known then of an area; empty: of everything.
func (s State) Question(within string) model.Question {
	return model.Question{KnownAt: s.KnownAt, Within: within}.WithDefaults(s.AsOf)
}

// Named is one obligation by its names.
type Named struct{ Unit, Item, Period string }

// Standing is a unit's place among its group.
type Standing struct{ Rank, Before, Of int64 }

// Changes are what has changed for a reader. Counts are of obligations.
type Changes struct {
	Before, Now State
	First       bool // there was no digest before: totals, no changes
	Area        string

	Lapsed     uint64 // all that is lapsed now
	New        uint64 // lapsed since
	Mended     uint64 // lapsed before, published since
	Otherwise  uint64 // no longer lapsed for another reason: exempt, not verified any more, no longer owed
	NewNamed   []Named
	MendedOnes []Named

	Due      uint64 // fall due within a week
	DueNew   uint64 // of these, those that the digest before could not name
	Own      *Standing
	Up, Down uint64 // units of the area that have risen and fallen within their group

	Open, Overdue uint64 // notices
	NoticesMoved  bool

	Findings uint64 // of the patrol, found since and to be checked; in a first digest all that are

	Unverified, UnverifiedBefore uint64
	Failing                      []string // sources that fail, or have had no look for two days
	FailingMoved                 bool     // they are others than before
}

// Any reports whether there is something to say.
func (c Changes) Any() bool {
	return c.First || c.New+c.Mended+c.Otherwise+c.DueNew+c.Up+c.Down+c.Findings > 0 || c.NoticesMoved || c.FailingMoved || c.Unverified != c.UnverifiedBefore ||
		c.Own != nil && c.Own.Rank != c.Own.Before
}

// Reminder is what a reader is reminded of.
type Reminder struct {
	Now        State
	First      bool // he was never reminded before
	Area       string
	Steps      []Step // those that lapsed longest ago first, then what is due next
	Corrected  []Named
	Fallen     []Fall
	Unverified uint64   // of the area: due, and nobody has looked since
	Failing    []string // sources that are not current
}

// Any reports whether there is something to say. What nobody has looked at is no reason to write: it accuses nobody.
func (r Reminder) Any() bool { return len(r.Steps)+len(r.Corrected)+len(r.Fallen) > 0 }

// Step is an obligation, or several that reports call alike, at a rung of the ladder.
type Step struct {
	digests.Reminded
	Named
	Relayed bool // he gets it in place of somebody else
}

// Fall is a unit that passed and now fails, with the coverage of then and now, as shown.
type Fall struct{ Unit, Before, Now string }
