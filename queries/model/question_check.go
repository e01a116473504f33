package model

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// UserError is a mistake of whoever asks: exit status 2 on the command line, status 400 over HTTP.
type UserError struct {
	Parameter string // as SPEC §6 names it, without dashes: as_of
	Value     string // what was given
	Expected  string // what would be right
}

func (e *UserError) Error() string {
	return fmt.Sprintf("%s: %q is not right; expected %s", e.Parameter, e.Value, e.Expected)
}

const DayLayout = "2006-01-02"

// ParseDay reads a civil day written 2026-07-01 for a parameter, at midnight UTC; an empty text is the zero time.
// What it cannot read is a *UserError.
func ParseDay(parameter, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(DayLayout, text)
	if err != nil {
		return time.Time{}, &UserError{parameter, text, "a date written 2026-07-01"}
	}
	return day, nil
}

// ParseKnownAt reads the known_at parameter: an instant written 2026-07-01T08:00:00+08:00, or without a zone as 2026-07-01 08:00, which is
// then of the given zone, or a day, which stands for its end in the zone. An empty text is the zero time. What it cannot read is a *UserError.
func ParseKnownAt(text string, zone *time.Location) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if day, err := time.ParseInLocation(DayLayout, text, zone); err == nil {
		return inRange("known_at", text, day.AddDate(0, 0, 1).Add(-time.Millisecond))
	}
	for _, layout := range []string{
		time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04Z07:00",
		"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04",
	} {
		if instant, err := time.ParseInLocation(layout, text, zone); err == nil {
			return inRange("known_at", text, instant)
		}
	}
	return time.Time{}, &UserError{
		"known_at", text, "a date written 2026-07-01 or an instant written 2026-07-01T08:00:00+08:00, with + as %2B in an address, or 2026-07-01 08:00",
	}
}

// inRange refuses instants that ClickHouse cannot hold.
func inRange(parameter, text string, instant time.Time) (time.Time, error) {
	if instant.Year() < 1970 || instant.Year() > 2200 {
		return time.Time{}, &UserError{parameter, text, "an instant from 1970 to 2200"}
	}
	return instant, nil
}

// Check reports the first thing wrong with a question as a *UserError. Call it on a question with its defaults.
func (q Question) Check() error {
	for _, day := range []struct {
		parameter string
		value     time.Time
	}{{"from", q.From}, {"to", q.To}, {"as_of", q.AsOf}} {
		if day.value.Year() < 1970 || day.value.Year() > 2200 {
			return &UserError{day.parameter, day.value.Format(DayLayout), "a date from 1970-01-01 to 2200-12-31"}
		}
	}
	if q.From.After(q.To) {
		return &UserError{"from", q.From.Format(DayLayout), "a date not after to, " + q.To.Format(DayLayout)}
	}
	for _, choice := range []struct {
		parameter, value string
		allowed          []string
	}{
		{"group", q.Group, Codes("group")},
		{"scope", q.Scope, Scopes()},
		{"programme", q.Programme, Codes("programme")},
		{"focus", q.Focus, Codes("focus")},
		{"compare", q.Compare, []string{ComparePrevious, CompareYear}},
	} {
		if choice.value != "" && !slices.Contains(choice.allowed, choice.value) {
			return &UserError{choice.parameter, choice.value, "one of " + strings.Join(choice.allowed, ", ")}
		}
	}
	return nil
}

// Scopes are what a question about a unit may be about.
func Scopes() []string { return []string{"own", "subtree"} }
