package timetable

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/robfig/cron/v3"
)

// diary is what a timetable did, and how long each source takes. The clock is synctest's.
type diary struct {
	t      *testing.T
	begun  time.Time
	lock   sync.Mutex
	takes  map[string]time.Duration
	fails  map[string]int // runs to come that fail
	active map[string]bool
	lines  []string
}

func newDiary(t *testing.T) *diary {
	t.Helper()
	return &diary{t: t, begun: time.Now(), takes: map[string]time.Duration{}, fails: map[string]int{}, active: map[string]bool{}}
}

func (d *diary) note(format string, values ...any) {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.lines = append(d.lines, time.Since(d.begun).String()+" "+fmt.Sprintf(format, values...))
}

func (d *diary) run(ctx context.Context, source string) bool {
	d.lock.Lock()
	if d.active[source] {
		d.t.Errorf("%s runs twice at a time", source)
	}
	d.active[source] = true
	takes := d.takes[source]
	d.lock.Unlock()
	d.note("%s", source)
	time.Sleep(takes)
	d.lock.Lock()
	defer d.lock.Unlock()
	d.active[source] = false
	d.fails[source]--
	return d.fails[source] < 0
}

func (d *diary) Next(string, time.Time) {}

func (d *diary) Missed(source string, runs int, _ time.Time, madeUp bool) {
	d.note("%s missed %d, made up %v", source, runs, madeUp)
}

func planOf(t *testing.T, name, schedule string) Plan {
	t.Helper()
	p := Plan{Name: name, Zone: time.UTC, Content: schedule}
	if schedule != "" {
		var err error
		if p.Schedule, err = cron.ParseStandard(schedule); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// expect compares what was noted since the last call, in any order within one moment.
func (d *diary) expect(what string, want ...string) {
	d.t.Helper()
	synctest.Wait()
	d.lock.Lock()
	defer d.lock.Unlock()
	if diff := cmp.Diff(want, d.lines); diff != "" {
		d.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
	d.lines = nil
}

func (d *diary) forget() {
	synctest.Wait()
	d.lock.Lock()
	defer d.lock.Unlock()
	d.lines = nil
}

func TestTwoHoursOfSchedule(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDiary(t)
		ctx, cancel := context.WithCancel(t.Context())
		table := New(d.run, d)
		quick, slow, once := planOf(t, "quick", "@every 30m"), planOf(t, "slow", "5,35 * * * *"), planOf(t, "once", "")
		d.takes["slow"] = 50 * time.Minute
		table.Set(ctx, []Plan{quick})
		d.expect("first runs", "0s quick")
		time.Sleep(time.Second)
		table.Set(ctx, []Plan{quick, slow, once})
		d.forget() // slow and once, in any order
		time.Sleep(2*time.Hour - time.Second)
		jitter := map[string]time.Duration{"quick": quick.jitter(), "slow": slow.jitter()}
		at := func(minutes int, source string) string {
			return (time.Duration(minutes)*time.Minute + jitter[source]).String() + " " + source
		}
		d.expect("two hours",
			at(30, "quick"), "50m1s slow missed 2, made up false", at(60, "quick"), at(65, "slow"), at(90, "quick"),
			(65*time.Minute+jitter["slow"]+50*time.Minute).String()+" slow missed 1, made up false",
		)
		cancel()
		table.Wait()
	})
}

func TestReloadLosesNoRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDiary(t)
		ctx, cancel := context.WithCancel(t.Context())
		table := New(d.run, d)
		a := planOf(t, "a", "@every 1h")
		d.takes["a"] = 10 * time.Minute
		table.Set(ctx, []Plan{a})
		time.Sleep(5 * time.Minute)
		table.Set(ctx, []Plan{a}) // while it runs
		time.Sleep(54 * time.Minute)
		table.Set(ctx, []Plan{a}) // just before it is due
		time.Sleep(11*time.Minute + time.Minute)
		d.expect("the same plan", "0s a", (time.Hour+a.jitter()).String()+" a")
		table.Set(ctx, nil)
		time.Sleep(2 * time.Hour)
		d.expect("removed")
		changed := a
		changed.Content = "another"
		table.Set(ctx, []Plan{a})
		time.Sleep(time.Minute)
		table.Set(ctx, []Plan{changed}) // while it runs: run again
		time.Sleep(20 * time.Minute)
		d.expect("added and changed", "3h11m0s a", "3h21m0s a")
		cancel()
		table.Wait()
	})
}

func TestMissedRunsAreMadeUpOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDiary(t)
		ctx, cancel := context.WithCancel(t.Context())
		table := New(d.run, d)
		daily := planOf(t, "daily", "10 7 * * *") // synctest begins at midnight
		daily.Last = time.Now().Add(-48 * time.Hour)
		table.Set(ctx, []Plan{daily})
		time.Sleep(24 * time.Hour)
		d.expect("after two days", "0s daily missed 2, made up true", "0s daily", (7*time.Hour+10*time.Minute+daily.jitter()).String()+" daily")
		cancel()
		table.Wait()
	})
}

func TestFailedRunIsRepeatedSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDiary(t)
		ctx, cancel := context.WithCancel(t.Context())
		table := New(d.run, d)
		once, hourly := planOf(t, "once", ""), planOf(t, "hourly", "@every 1h")
		d.fails["once"] = 5
		table.Set(ctx, []Plan{once})
		time.Sleep(5 * time.Hour)
		d.expect("without a schedule", "0s once", "10m0s once", "30m0s once", "1h10m0s once", "2h10m0s once", "3h10m0s once")
		d.lock.Lock()
		d.fails["hourly"] = 3
		d.lock.Unlock()
		table.Set(ctx, []Plan{hourly})
		time.Sleep(3*time.Hour - time.Minute)
		jitter := hourly.jitter()
		d.expect("with one", "5h0m0s hourly", "5h10m0s hourly", "5h30m0s hourly", (6*time.Hour+10*time.Minute).String()+" hourly",
			(7*time.Hour+10*time.Minute+jitter).String()+" hourly")
		cancel()
		table.Wait()
	})
}

func TestStoppingWaitsForWhatRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDiary(t)
		ctx, cancel := context.WithCancel(t.Context())
		table := New(d.run, d)
		d.takes["a"] = time.Minute
		table.Set(ctx, []Plan{planOf(t, "a", "@every 1h")})
		synctest.Wait()
		cancel()
		table.Wait()
		if took := time.Since(d.begun); took != time.Minute {
			t.Errorf("waited %v instead of the minute that the run takes", took)
		}
	})
}

func TestJitterIsSmallAndDiffers(t *testing.T) {
	values := map[time.Duration]bool{}
	for i := range 20 {
		p := planOf(t, fmt.Sprint("source ", i), "@every 1h")
		jitter := p.jitter()
		if jitter < 0 || jitter >= mostJitter {
			t.Errorf("%s: %v", p.Name, jitter)
		}
		values[jitter] = true
	}
	if len(values) < 10 {
		t.Errorf("20 sources share %d moments", len(values))
	}
	if jitter := planOf(t, "a", "@every 1m").jitter(); jitter > 6*time.Second {
		t.Errorf("jitter of a source of every minute: %v", jitter)
	}
}
