// Package model has the words of the specification as types: question, codes, registry, assessment, reports and their rows. No SQL.
package model

import (
	"slices"
	"time"
)

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
	Compare        string    // year: the previous window is the same a year before; empty, or before the defaults previous: as SPEC §5 says
}

// WithDefaults fills what was not asked (SPEC §4): as-of today, from 1 January of the as-of day's year, to the as-of
// day, the group all and the scope own. Today is a civil day in the configured time zone at midnight UTC.
func (q Question) WithDefaults(today time.Time) Question {
	if q.AsOf.IsZero() {
		q.AsOf = today
	}
	if q.From.IsZero() {
		q.From = time.Date(q.AsOf.Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	if q.To.IsZero() {
		q.To = q.AsOf
	}
	if q.Group == "" {
		q.Group = "all"
	}
	if q.Scope == "" {
		q.Scope = "own"
	}
	return q.plainCompare()
}

// Today is the civil day of an instant in its own location, at midnight UTC.
func Today(now time.Time) time.Time {
	year, month, day := now.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Previous is the same question about the previous window (SPEC §5).
func (q Question) Previous() Question {
	if q.Compare == CompareYear {
		q.From, q.To, q.AsOf = monthsBefore(q.From, 12), monthsBefore(q.To, 12), monthsBefore(q.AsOf, 12)
		return q
	}
	q.From, q.To, q.AsOf = PreviousWindow(q.From, q.To, q.AsOf)
	return q
}

// ComparePrevious compares with the window before, as a question does that says nothing; CompareYear with the same window a year before.
const (
	ComparePrevious = "previous"
	CompareYear     = "year"
)

// plainCompare is the question without a comparison that is the usual one: the same question, answered once.
func (q Question) plainCompare() Question {
	usual := q
	usual.Compare = ""
	switch q.Compare {
	case ComparePrevious:
		return usual
	case CompareYear:
	default:
		return q // Check says what is wrong
	}
	before, same := q.Previous(), usual.Previous()
	if before.From.Equal(same.From) && before.To.Equal(same.To) && before.AsOf.Equal(same.AsOf) {
		return usual
	}
	return q
}

// PreviousWindow shifts a window back by as many whole months as it touches if these are a month, two, a quarter, half a year, a year or more, else by
// a year: from January on it is held against the same months of the year before. The as-of day shifts alike (SPEC §5). Day numbers are clamped to the
// month, and a month's last day stays a month's last day.
func PreviousWindow(from, to, asOf time.Time) (previousFrom, previousTo, previousAsOf time.Time) {
	months := 12*(to.Year()-from.Year()) + int(to.Month()) - int(from.Month()) + 1
	if months < 12 && !slices.Contains([]int{1, 2, 3, 6}, months) {
		months = 12
	}
	return monthsBefore(from, months), monthsBefore(to, months), monthsBefore(asOf, months)
}

func monthsBefore(day time.Time, months int) time.Time {
	first := time.Date(day.Year(), day.Month()-time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := LastOfMonth(first)
	if day.Day() == LastOfMonth(day).Day() || day.Day() > last.Day() {
		return last
	}
	return first.AddDate(0, 0, day.Day()-1)
}

func LastOfMonth(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC)
}

// ListedWithin and listedUnit are what a list of single rows is limited to.
func (q Question) ListedWithin() string {
	if q.Scope == "subtree" && q.Unit != "" {
		return q.Unit
	}
	return q.Within
}

func (q Question) ListedUnit() string {
	if q.Scope == "subtree" {
		return ""
	}
	return q.Unit
}

// SitesWithin is the root of the subtree that has only the demonstration sites of listedWithin (sql/load/subtrees.sql).
func (q Question) SitesWithin() string {
	if q.ListedUnit() != "" {
		return q.ListedWithin()
	}
	return "\x02" + q.ListedWithin()
}

func (q Question) Instant() time.Time {
	if q.KnownAt.IsZero() {
		return time.Now()
	}
	return q.KnownAt
}
