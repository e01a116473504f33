package queries

import "time"

// Question is what a report, a page or the metrics ask: a window, an as-of day and filters (SPEC §4, §6).
// Days are civil days in the configured time zone, given as midnight UTC, both ends inclusive.
type Question struct {
	From, To, AsOf time.Time
	KnownAt        time.Time // records, registry and collections known then; zero means now
	Group          string    // organs, towns, villages, district, all or empty (all)
	Within         string    // unit_id whose subtree is asked; empty means every unit
	Unit           string    // one unit_id; empty means every unit
	Scope          string    // own (default) or subtree
	Programme      string    // empty means every programme
	Focus          string    // empty means every focus
}
