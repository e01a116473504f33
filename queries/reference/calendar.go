package reference

import (
	"fmt"
	"time"

	"yangguang/queries/model"
)

// working says whether a day is a working day: Monday to Friday but for the calendar's exceptions (SPEC §2).
func (d District) working(day time.Time) bool {
	for _, exception := range d.Registry.Calendar {
		if exception.Date.Equal(day) {
			return exception.Kind == "workday"
		}
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// due is day + due_days, or the due_days-th working day after it; 0 is the day itself, working or not (SPEC §2, §4).
// Events and standing items are taken to count their days as periods do, by day_kind.
func (d District) due(item model.Item, day time.Time) time.Time {
	left := int(item.DueDays)
	if item.DayKind != "working" {
		return day.AddDate(0, 0, left)
	}
	for left > 0 {
		day = day.AddDate(0, 0, 1)
		if d.working(day) {
			left--
		}
	}
	return day
}

// period is a calendar period of a cadence.
type period struct {
	first, last time.Time
	name        string // 2026, 2026H1, 2026Q3, 2026-07
}

// periodContaining is the calendar period of a cadence that contains a day.
func periodContaining(cadence string, day time.Time) period {
	months := map[string]int{"annual": 12, "semiannual": 6, "quarterly": 3, "monthly": 1}[cadence]
	number := (int(day.Month()) - 1) / months
	first := time.Date(day.Year(), time.Month(number*months+1), 1, 0, 0, 0, 0, time.UTC)
	names := map[string]string{
		"annual":     fmt.Sprintf("%04d", day.Year()),
		"semiannual": fmt.Sprintf("%04dH%d", day.Year(), number+1),
		"quarterly":  fmt.Sprintf("%04dQ%d", day.Year(), number+1),
		"monthly":    fmt.Sprintf("%04d-%02d", day.Year(), number+1),
	}
	return period{first, first.AddDate(0, months, -1), names[cadence]}
}

func daysBetween(earlier, later time.Time) int { return int(later.Sub(earlier).Hours() / 24) }

func laterOf(days ...time.Time) time.Time {
	var latest time.Time
	for _, day := range days {
		if day.After(latest) {
			latest = day
		}
	}
	return latest
}
