package patrol_test

import (
	"testing"
	"time"

	"yangguang/queries/querytest"
)

// What is found of an address is looked at until it is mended, though its record is of a year before; other addresses of that year rest.
func TestFoundIsVisitedUntilMended(t *testing.T) {
	box := newSandbox(t)
	begin, mended := time.Date(2025, 12, 30, 0, 0, 0, 0, time.UTC), time.Date(2026, 1, 4, 0, 0, 0, 0, time.UTC)
	fails := box.add(1, "gone", true, begin, mended)
	box.add(2, "opens", true, begin, mended)
	box.now.Store(begin.UnixMilli())
	w := newWatch(t, box, district(t, box, querytest.Day(2025, 12, 20)))
	for _, round := range []struct {
		at                time.Time
		visited, standing int
	}{
		{begin, 2, 0},
		{begin.Add(4 * time.Hour), 1, 1},
		{begin.Add(28 * time.Hour), 2, 1},
		{time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), 1, 1},
		{mended, 1, 0},
		{mended.AddDate(0, 0, 2), 0, 0},
	} {
		box.now.Store(round.at.UnixMilli())
		if w.round(1) {
			t.Fatalf("%s: given up", round.at)
		}
		if standing := w.standing(); len(w.checks) != round.visited || len(standing) != round.standing {
			t.Errorf("%s: %d are visited, want %d; %d stand, want %d", round.at, len(w.checks), round.visited, len(standing), round.standing)
		}
		for _, check := range w.checks {
			if round.at.Year() == 2026 && check.URL != fails.url {
				t.Errorf("%s: %s is visited, of which nothing is found", round.at, check.URL)
			}
		}
	}
}
