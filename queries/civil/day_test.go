package civil_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"yangguang/queries/civil"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestAnInstantIsADayOfItsZone(t *testing.T) {
	at := time.Date(2026, 3, 8, 20, 30, 0, 0, time.UTC)
	for name, want := range map[string]string{
		"UTC": "2026-03-08", "Asia/Shanghai": "2026-03-09", "America/New_York": "2026-03-08", "Pacific/Kiritimati": "2026-03-09",
	} {
		zone := zone(t, name)
		if got := civil.From(at, zone).String(); got != want {
			t.Errorf("%s in %s: %s, want %s", at, name, got, want)
		}
		if got := civil.From(at.In(zone), zone).String(); got != want {
			t.Errorf("the same instant told in %s: %s, want %s", name, got, want)
		}
	}
}

func TestDaysOfEveryYear(t *testing.T) {
	for _, text := range []string{"0001-01-03", "1582-10-15", "1900-02-28", "1949-10-01", "1969-12-31", "1970-01-01", "2000-02-29", "2026-11-29", "2299-12-31"} {
		day, err := civil.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"UTC", "Asia/Shanghai", "America/New_York"} {
			zone := zone(t, name)
			start := day.Start(zone)
			if got := start.Format(time.DateOnly); got != text {
				t.Errorf("%s begins in %s on %s", text, name, got)
			}
			if got := civil.From(start.Add(23*time.Hour-time.Second), zone); got != day {
				t.Errorf("the evening of %s in %s is of %s", text, name, got)
			}
			var read civil.Day
			if err := read.Scan(start); err != nil || read != day {
				t.Errorf("%s read as midnight of %s: %s, %v", text, name, read, err)
			}
		}
		if got := civil.FromNumber(day.Number()); got != day || day.String() != text {
			t.Errorf("%s by its number: %s", text, got)
		}
		if next := day.AddDays(1); !next.After(day) || !day.Before(next) || next.Compare(day) != 1 || next.AddDays(-1) != day {
			t.Errorf("the day after %s: %s", text, next)
		}
	}
}

func TestNoDay(t *testing.T) {
	var none civil.Day
	value, err := none.Value()
	if none.String() != "" || value != nil || err != nil || !none.IsZero() || none.AddDays(5) != none || !none.Start(time.UTC).IsZero() {
		t.Errorf("none is %q, %v, %v", none, value, err)
	}
	if read, err := civil.Parse(""); err != nil || read != none {
		t.Errorf("no text is %s, %v", read, err)
	}
	if civil.From(time.Time{}, zone(t, "Asia/Shanghai")) != none {
		t.Error("no instant is a day")
	}
	day := civil.Date(2026, 1, 1)
	if err := day.Scan(nil); err != nil || day != none {
		t.Errorf("NULL is %s, %v", day, err)
	}
	if day.Scan(20260101) == nil {
		t.Error("a number was read as a day")
	}
	if _, err := civil.Parse("2026-02-30"); err == nil {
		t.Error("30 February was read")
	}
}
