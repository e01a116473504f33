package timetable

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/dashboard/page"
)

func TestTimetableTellsNextRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDiary(t)
		ctx, cancel := context.WithCancel(t.Context())
		table := New(d.run, d)
		hourly, once, broken := planOf(t, "hourly", "@every 1h"), planOf(t, "once", ""), planOf(t, "broken", "")
		hourly.Written = "@every 1h"
		d.takes["hourly"] = 10 * time.Minute
		d.fails["broken"] = 1
		expect := func(what string, want map[string]page.Run) {
			t.Helper()
			synctest.Wait()
			if diff := cmp.Diff(want, table.Runs()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		begun := time.Now()
		table.Set(ctx, []Plan{hourly, once, broken})
		expect("while it runs", map[string]page.Run{"hourly": {Schedule: "@every 1h"}, "once": {}, "broken": {Next: begun.Add(10 * time.Minute)}})
		time.Sleep(11 * time.Minute)
		expect("afterwards", map[string]page.Run{
			"hourly": {Schedule: "@every 1h", Next: begun.Add(time.Hour + hourly.jitter())}, "once": {}, "broken": {},
		})
		table.Set(ctx, []Plan{once})
		expect("removed", map[string]page.Run{"once": {}})
		cancel()
		table.Wait()
	})
}
