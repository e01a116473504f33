// Package civil has the days of a calendar (SPEC §2): a day is no instant, and an instant is a day only in a time zone.
package civil

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// Day is a civil day; the zero value is none. Days can be compared with ==.
type Day struct {
	number int32 // 1 is 1 January of the year 1
}

// epoch is the number of 1 January 1970.
const epoch = 719163

// From is the day on which an instant falls in a time zone.
func From(at time.Time, zone *time.Location) Day {
	if at.IsZero() {
		return Day{}
	}
	_, offset := at.In(zone).Zone()
	seconds := at.Unix() + int64(offset)
	days := seconds / secondsPerDay
	if seconds%secondsPerDay < 0 {
		days--
	}
	return FromNumber(int32(days))
}

const secondsPerDay = 86400

// Date is the day of that year, month and day; like time.Date it accepts a 32 January.
func Date(year int, month time.Month, day int) Day {
	return From(time.Date(year, month, day, 0, 0, 0, 0, time.UTC), time.UTC)
}

// Parse reads a day as String writes it; the empty text is none.
func Parse(text string) (Day, error) {
	if text == "" {
		return Day{}, nil
	}
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Day{}, fmt.Errorf("read a day: %w", err)
	}
	return From(at, time.UTC), nil
}

// FromNumber is the day that many days after 1 January 1970, as ClickHouse stores a Date32.
func FromNumber(days int32) Day {
	return Day{days + epoch}
}

// Number is how many days after 1 January 1970 the day is, which must not be none.
func (d Day) Number() int32 {
	return d.number - epoch
}

// IsZero reports whether there is no day.
func (d Day) IsZero() bool {
	return d.number == 0
}

// String writes 2026-07-01, and nothing for none.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Start(time.UTC).Format(time.DateOnly)
}

// Start is the first instant of the day in a time zone; the zero time for none.
func (d Day) Start(zone *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	year, month, day := time.Unix(int64(d.Number())*secondsPerDay, 0).UTC().Date()
	return time.Date(year, month, day, 0, 0, 0, 0, zone)
}

// AddDays is the day so many days later; none stays none.
func (d Day) AddDays(days int) Day {
	if d.IsZero() {
		return d
	}
	return Day{d.number + int32(days)}
}

// Compare is -1, 0 or 1 as d is before, on or after the other day; none is before all.
func (d Day) Compare(other Day) int {
	switch {
	case d.number < other.number:
		return -1
	case d.number > other.number:
		return 1
	}
	return 0
}

// Before reports whether d is before the other day.
func (d Day) Before(other Day) bool { return d.number < other.number }

// After reports whether d is after the other day.
func (d Day) After(other Day) bool { return d.number > other.number }

// Scan reads a day from a database: NULL is none. A driver gives the day as midnight of whatever zone it thinks in.
func (d *Day) Scan(value any) error {
	switch value := value.(type) {
	case nil:
		*d = Day{}
	case time.Time:
		*d = Date(value.Date())
	default:
		return fmt.Errorf("%w: %T", errNoDay, value)
	}
	return nil
}

var errNoDay = errors.New("a day cannot be read from this type")

// Value gives a database the day as text; none is NULL.
func (d Day) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Month is the day's year and month; those of no day are 0.
func (d Day) Month() (year int, month time.Month) {
	if d.IsZero() {
		return 0, 0
	}
	year, month, _ = d.Start(time.UTC).Date()
	return year, month
}
