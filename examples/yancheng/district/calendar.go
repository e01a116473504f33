package district

import "time"

// calendar holds the exceptions to Monday–Friday: true is a make-up working day, false a holiday.
type calendar map[time.Time]bool

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

func iso(on time.Time) string { return on.Format(time.DateOnly) }

func (c calendar) working(on time.Time) bool {
	if working, exception := c[on]; exception {
		return working
	}
	return on.Weekday() != time.Saturday && on.Weekday() != time.Sunday
}

// due counts days after on: natural ones, or working ones.
func (c calendar) due(on time.Time, days int, working bool) time.Time {
	if !working {
		return on.AddDate(0, 0, days)
	}
	for days > 0 {
		on = on.AddDate(0, 0, 1)
		if c.working(on) {
			days--
		}
	}
	return on
}

// office is the working day at or before on, or the next one where that would be before first.
func (c calendar) office(on, first time.Time) time.Time {
	for at := on; !at.Before(first); at = at.AddDate(0, 0, -1) {
		if c.working(at) {
			return at
		}
	}
	return c.officeAfter(on)
}

// officeAfter is the working day at or after on.
func (c calendar) officeAfter(on time.Time) time.Time {
	for !c.working(on) {
		on = on.AddDate(0, 0, 1)
	}
	return on
}

// nearSpringFestival tells the weeks in which everything is late.
func nearSpringFestival(on time.Time) bool {
	for _, eve := range []time.Time{day(2025, 1, 28), day(2026, 2, 16), day(2027, 2, 5)} {
		if off := on.Sub(eve).Hours() / 24; off >= -14 && off <= 20 {
			return true
		}
	}
	return false
}
