package country

import (
	"slices"
	"time"

	"yangguang/queries/model"
)

// day is a civil day, counted from 1970-01-01.
type day int32

func dayOf(at time.Time) day { return day(at.Unix() / 86400) }

// time is midnight UTC; the zero time for none.
func (d day) time() time.Time {
	if d == none {
		return time.Time{}
	}
	return time.Unix(int64(d)*86400, 0).UTC()
}

// none is no day; simulated days are later.
const none day = 0

// calendar knows the working days around a window.
type calendar struct {
	first   day    // of what it knows
	working []bool // by day
	worked  []int32
	offices []day // the working days in order; offices[worked[d]-1] is the last one up to d
}

// around is how far before and behind the window a calendar reaches: due days, uploads, withdrawals and further posts lie within.
const around = 1000

func newCalendar(from, to day, exceptions []model.CalendarDay) *calendar {
	kinds := map[day]string{}
	for _, exception := range exceptions {
		kinds[dayOf(exception.Date)] = exception.Kind
	}
	c := &calendar{first: from - around}
	for on := c.first; on <= to+around; on++ {
		weekday := on.time().Weekday()
		working := kinds[on] == "workday" || kinds[on] == "" && weekday != time.Saturday && weekday != time.Sunday
		if working {
			c.offices = append(c.offices, on)
		}
		c.working = append(c.working, working)
		c.worked = append(c.worked, int32(len(c.offices)))
	}
	return c
}

// due counts days after on: natural ones, or working ones.
func (c *calendar) due(on day, item *model.Item) day {
	if item.DayKind != "working" || item.DueDays == 0 {
		return on + day(item.DueDays)
	}
	return c.offices[int(c.worked[on-c.first])+int(item.DueDays)-1]
}

// office is the working day at or before on, or the next one where that would be before first.
func (c *calendar) office(on, first day) day {
	if before := int(c.worked[on-c.first]); before > 0 && c.offices[before-1] >= first {
		return c.offices[before-1]
	}
	return c.officeAfter(on)
}

// officeAfter is the working day at or after on.
func (c *calendar) officeAfter(on day) day {
	if c.working[on-c.first] {
		return on
	}
	return c.offices[c.worked[on-c.first]]
}

// exceptions are the holidays and make-up working days of the years: those announced for 2025 and 2026, and of other years those that
// have fixed dates (1 January, 1–2 May, 1–3 October).
func exceptions(first, last int) []model.CalendarDay {
	var days []model.CalendarDay
	add := func(kind string, year int, month time.Month, from, to int) {
		for d := from; d <= to; d++ {
			days = append(days, model.CalendarDay{Date: time.Date(year, month, d, 0, 0, 0, 0, time.UTC), Kind: kind})
		}
	}
	for year := first; year <= last; year++ {
		switch year {
		case 2025:
			add("holiday", 2025, 1, 1, 1)
			add("workday", 2025, 1, 26, 26)
			add("holiday", 2025, 1, 28, 31)
			add("holiday", 2025, 2, 1, 4)
			add("workday", 2025, 2, 8, 8)
			add("holiday", 2025, 4, 4, 6)
			add("workday", 2025, 4, 27, 27)
			add("holiday", 2025, 5, 1, 5)
			add("holiday", 2025, 5, 31, 31)
			add("holiday", 2025, 6, 1, 2)
			add("workday", 2025, 9, 28, 28)
			add("holiday", 2025, 10, 1, 8)
			add("workday", 2025, 10, 11, 11)
		case 2026:
			add("holiday", 2026, 1, 1, 3)
			add("workday", 2026, 1, 4, 4)
			add("workday", 2026, 2, 14, 14)
			add("holiday", 2026, 2, 15, 23)
			add("workday", 2026, 2, 28, 28)
			add("holiday", 2026, 4, 4, 6)
			add("holiday", 2026, 5, 1, 5)
			add("workday", 2026, 5, 9, 9)
			add("holiday", 2026, 6, 19, 21)
			add("workday", 2026, 9, 20, 20)
			add("holiday", 2026, 9, 25, 27)
			add("holiday", 2026, 10, 1, 7)
			add("workday", 2026, 10, 10, 10)
		default:
			add("holiday", year, 1, 1, 1)
			add("holiday", year, 5, 1, 2)
			add("holiday", year, 10, 1, 3)
		}
	}
	return slices.Clip(days)
}
