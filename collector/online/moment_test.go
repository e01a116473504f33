package online_test

import (
	"testing"
	"time"

	"yangguang/collector/online"
	"yangguang/collector/record"
)

func TestMoment(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	for _, test := range []struct {
		name, text string
		zone       *time.Location
		want       string // the day in Shanghai; empty: no date; "!": refused
	}{
		{"seconds", "1782864000", nil, "2026-07-01"},
		{"milliseconds at the end of the day", "1782921599999", nil, "2026-07-01"},
		{"the next millisecond", "1782921600000", nil, "2026-07-02"},
		{"seconds with a fraction", "1782864000.5", nil, "2026-07-01"},
		{"zero is no date", "", nil, ""},
		{"compact day", "20260701", nil, "2026-07-01"},
		{"compact day that does not exist", "20260231", nil, "!"},
		{"local time of the place", "2026-07-01 23:59:00", nil, "2026-07-01"},
		{"local time of another zone", "2026-07-01T23:59:00.123456", time.UTC, "2026-07-02"},
		{"offset goes before the zone", "2026-07-01T23:59:00+08:00", time.UTC, "2026-07-01"},
		{"day alone has no zone", "2026-07-01", time.UTC, "2026-07-01"},
		{"mail with offset", "Wed, 01 Jul 2026 23:30:00 +0000", nil, "2026-07-02"},
		{"mail in GMT", "Wed, 1 Jul 2026 16:00:00 GMT", nil, "2026-07-02"},
		{"mail in CST, the place's", "Wed, 01 Jul 2026 23:30:00 CST", nil, "2026-07-01"},
		{"mail without zone", "1 July 26 23:30", nil, "2026-07-01"},
		{"mail without time", "01 Jul 2026", nil, "2026-07-01"},
		{"mail of a month that does not exist", "Wed, 01 Foo 2026 23:30:00 +0000", nil, "!"},
		{"Chinese", "2026年7月1日", nil, "2026-07-01"},
		{"a word", "yesterday", nil, "!"},
		{"a year", "2026", nil, "!"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := online.Moment(test.text, test.zone, time.Time{})
			got := ""
			if text != "" {
				day, err := record.ParseDate(text, shanghai)
				if got = day.Format(time.DateOnly); err != nil {
					got = "!"
				}
			}
			if got != test.want {
				t.Errorf("%q became %q, %q; want %q", test.text, text, got, test.want)
			}
		})
	}
	for number, want := range map[float64]string{0: "", 1782864000: "2026-07-01T00:00:00Z", 1782864000999: "2026-07-01T00:00:00Z", -5: "-5"} {
		if got := online.Epoch(number); got != want {
			t.Errorf("Epoch(%v) = %q, want %q", number, got, want)
		}
	}
}

func FuzzMoment(f *testing.F) {
	for _, seed := range []string{"1782864000", "Wed, 01 Jul 2026 23:30:00 +0000", "20260701", "2026-07-01T23:59:00", "1.5e300", "0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := online.Moment(text, time.UTC, time.Time{})
		if again := online.Moment(once, time.UTC, time.Time{}); again != once {
			t.Errorf("%q became %q, and that %q", text, once, again)
		}
	})
}
