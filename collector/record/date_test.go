package record

import (
	"testing"
	"time"
)

func shanghai(t testing.TB) *time.Location {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestParseDate(t *testing.T) {
	zone := shanghai(t)
	tests := []struct{ name, text, want string }{
		{"dashes", "2026-07-01", "2026-07-01"},
		{"one digit", "2026-7-1", "2026-07-01"},
		{"slashes", "2026/7/1", "2026-07-01"},
		{"points", "2026.7.1", "2026-07-01"},
		{"points with zeros", "2026.07.01", "2026-07-01"},
		{"Chinese", "2026年7月1日", "2026-07-01"},
		{"Chinese with zeros and spaces", " 2026 年 07 月 01 日 ", "2026-07-01"},
		{"Chinese without 日", "2026年7月1", "2026-07-01"},
		{"Chinese with 号", "2026年7月1号", "2026-07-01"},
		{"full width", "２０２６－０７－０１", "2026-07-01"},
		{"full width Chinese", "２０２６年７月１日", "2026-07-01"},
		{"en dash", "2026–07–01", "2026-07-01"},
		{"minutes", "2026-07-01 09:30", "2026-07-01"},
		{"seconds", "2026/7/1 9:30:05", "2026-07-01"},
		{"Chinese with time", "2026年7月1日 23:59:59", "2026-07-01"},
		{"ISO without offset", "2026-07-01T23:30:00", "2026-07-01"},
		{"UTC evening is the next day", "2026-07-01T16:00:00Z", "2026-07-02"},
		{"UTC afternoon is the same day", "2026-07-01T15:59:59.999Z", "2026-07-01"},
		{"own offset", "2026-07-01T00:00:00+08:00", "2026-07-01"},
		{"eastern offset is the day before", "2026-07-01T00:30:00+09:00", "2026-06-30"},
		{"offset behind a space", "2026-07-01 20:00:00 +0000", "2026-07-02"},
		{"full-width colon", "2026-07-01 09：30", "2026-07-01"},
		{"leap day", "2024-02-29", "2024-02-29"},
		{"first day", "1970-01-01", "1970-01-01"},
		{"last day", "2299-12-31", "2299-12-31"},
		{"no leap day", "2026-02-29", ""},
		{"April has 30 days", "2026-04-31", ""},
		{"month 13", "2026-13-01", ""},
		{"day 0", "2026-07-00", ""},
		{"before 1970", "1969-12-31", ""},
		{"after 2299", "2300-01-01", ""},
		{"offset leaves the first day", "1970-01-01T00:00:00+09:00", ""},
		{"mixed separators", "2026-7/1", "2026-07-01"},
		{"two-digit year", "26-07-01", ""},
		{"no day", "2026-07", ""},
		{"no digits", "2026-07-", ""},
		{"trailing text", "2026-07-01前后", ""},
		{"trailing digits", "2026-07-011", ""},
		{"end of the day", "2026-07-01 24:00", "2026-07-01"},
		{"hour 25", "2026-07-01 25:00", ""},
		{"minute 60", "2026-07-01 10:60", ""},
		{"bad offset", "2026-07-01T10:00:00+99:00", ""},
		{"words", "上月", ""},
		{"empty", "", ""},
		{"serial number", "46204", "2026-07-01"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			day, err := ParseDate(test.text, zone)
			if test.want == "" {
				if err == nil {
					t.Fatalf("ParseDate(%q) = %s, want an error", test.text, day.Format(time.DateOnly))
				}
				return
			}
			if err != nil {
				t.Fatalf("ParseDate(%q): %v", test.text, err)
			}
			if got := day.Format(time.DateOnly); got != test.want || day.Location() != time.UTC || day.Hour() != 0 {
				t.Fatalf("ParseDate(%q) = %s, want %s at midnight UTC", test.text, day, test.want)
			}
		})
	}
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"2026-07-01", "2026年7月1日 10:00", "2026-07-01T10:00:00+08:00", "２０２６．７．１", "2026-7-1T1:00:00-14"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := ParseDate(text, time.UTC)
		if err != nil {
			return
		}
		if day.Year() < FirstYear || day.Year() > LastYear {
			t.Fatalf("ParseDate(%q) = %s", text, day)
		}
		again, err := ParseDate(day.Format(time.DateOnly), time.UTC)
		if err != nil || !again.Equal(day) {
			t.Fatalf("ParseDate(%q) = %s, which reads back as %s, %v", text, day, again, err)
		}
	})
}
