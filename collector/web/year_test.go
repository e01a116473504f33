package web

import "testing"

func TestADayWithoutAYearTakesItFromTheDayOfUploading(t *testing.T) {
	for _, c := range []struct{ name, text, uploaded, want string }{
		{"the same day", "07-01", "2026-07-01", "2026-07-01"},
		{"back-dated", "[03/02]", "2026-07-01", "2026-03-02"},
		{"back-dated over the turn of the year", "12月30日", "2027-01-05", "2026-12-30"},
		{"dated ahead", "01-03", "2026-12-28", "2027-01-03"},
		{"nearly a year before", "02-10", "2027-01-05", "2026-02-10"},
		{"a leap day", "2-29", "2027-03-01", "2024-02-29"},
		{"with the hour", "07-01 09:30", "2026-07-02", "2026-07-01"},
		{"no day of uploading", "07-01", "", "07-01"},
		{"with a year", "2026-07-01", "2026-07-05", "2026-07-01"},
		{"no such day", "02-30", "2026-07-05", "2026-02-30"},
		{"no month", "13-01", "2026-07-05", "13-01"},
		{"other text", "昨天", "2026-07-05", "昨天"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := withYear(c.text, c.uploaded); got != c.want {
				t.Errorf("withYear(%q, %q) = %q, expected %q", c.text, c.uploaded, got, c.want)
			}
		})
	}
}
