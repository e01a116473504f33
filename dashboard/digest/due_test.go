package digest

import (
	"testing"
	"time"

	"yangguang/queries/model"
)

// A week's digest is due on its first working day: after holidays, or on a weekend day that makes up for them.
func TestDue(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	day := func(text string) time.Time {
		at, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	var days []model.CalendarDay
	for d := day("2026-10-01"); !d.After(day("2026-10-09")); d = d.AddDate(0, 0, 1) {
		days = append(days, model.CalendarDay{Date: d, Kind: "holiday"})
	}
	for d := day("2026-10-12"); !d.After(day("2026-10-16")); d = d.AddDate(0, 0, 1) {
		days = append(days, model.CalendarDay{Date: d, Kind: "holiday"})
	}
	days = append(days, model.CalendarDay{Date: day("2026-10-10"), Kind: "workday"})
	calendar := CalendarOf(days)
	hours := Hours{From: 8*time.Hour + 30*time.Minute, To: 20 * time.Hour}
	for _, c := range []struct {
		now   string
		daily bool
		want  string // empty: nothing
	}{
		{"2026-09-28 08:29", false, ""},
		{"2026-09-28 08:30", false, "2026-09-28"},
		{"2026-09-28 20:00", false, ""},
		{"2026-09-30 09:00", false, "2026-09-28"},
		{"2026-09-30 09:00", true, "2026-09-30"},
		{"2026-10-01 09:00", true, ""},
		{"2026-10-05 09:00", false, ""},
		{"2026-10-10 09:00", false, "2026-10-10"}, // a Saturday that makes up
		{"2026-10-11 09:00", false, ""},
		{"2026-10-14 09:00", false, ""},
		{"2026-10-17 09:00", false, ""}, // a week without working days
		{"2026-10-19 09:00", false, "2026-10-19"},
	} {
		now, err := time.ParseInLocation("2006-01-02 15:04", c.now, zone)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := hours.Due(now, c.daily, calendar)
		if ok != (c.want != "") || ok && got.Format(time.DateOnly) != c.want {
			t.Errorf("%s, daily %v: %v %v, want %q", c.now, c.daily, got, ok, c.want)
		}
	}
}
