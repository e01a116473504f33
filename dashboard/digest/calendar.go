package digest

import (
	"time"

	"yangguang/queries/model"
)

// Calendar says which days are working days: Monday to Friday, but for the registry's exceptions.
type Calendar map[time.Time]bool

// CalendarOf is the calendar of a registry.
func CalendarOf(days []model.CalendarDay) Calendar {
	calendar := Calendar{}
	for _, day := range days {
		calendar[model.Today(day.Date)] = day.Kind == "workday"
	}
	return calendar
}

// Working reports whether a civil day at midnight UTC is a working day.
func (c Calendar) Working(day time.Time) bool {
	if working, exception := c[day]; exception {
		return working
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// Between counts the working days after one civil day up to another; 0 where the second is not later.
func (c Calendar) Between(after, until time.Time) (days int) {
	for day := after.AddDate(0, 0, 1); !day.After(until); day = day.AddDate(0, 0, 1) {
		if c.Working(day) {
			days++
		}
	}
	return days
}
