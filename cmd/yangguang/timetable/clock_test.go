package timetable

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// setClock is a wall clock that can be set; timers go by synctest's.
type setClock struct{ ahead atomic.Int64 }

func (c *setClock) now() time.Time       { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *setClock) set(by time.Duration) { c.ahead.Add(int64(by)) }
func (c *setClock) timetable(d *diary) *Timetable {
	table := New(d.run, d)
	table.clock = c.now
	return table
}

// A machine that sleeps stops the timers and not the clock.
func TestRunsMissedWhileTheMachineSleptAreMadeUpOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, clock := newDiary(t), &setClock{}
		ctx, cancel := context.WithCancel(t.Context())
		table := clock.timetable(d)
		hourly := planOf(t, "hourly", "0 * * * *") // synctest begins at midnight
		table.Set(ctx, []Plan{hourly})
		time.Sleep(30 * time.Minute)
		d.expect("at once", "0s hourly")
		clock.set(5*time.Hour + 40*time.Minute) // it is 6:10
		time.Sleep(clockLook)
		d.expect("when it wakes", "31m0s hourly missed 5, made up true", "31m0s hourly")
		time.Sleep(48*time.Minute + hourly.jitter())
		d.expect("not yet")
		time.Sleep(2 * time.Minute) // past 7:00
		d.expect("by the schedule again", (80*time.Minute+hourly.jitter()).String()+" hourly")
		cancel()
		table.Wait()
	})
}

func TestClockThatIsSetBackRepeatsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, clock := newDiary(t), &setClock{}
		ctx, cancel := context.WithCancel(t.Context())
		table := clock.timetable(d)
		daily := planOf(t, "daily", "10 7 * * *")
		table.Set(ctx, []Plan{daily})
		time.Sleep(8 * time.Hour)
		at := 7*time.Hour + 10*time.Minute + daily.jitter()
		d.expect("the first day", "0s daily", at.String()+" daily")
		clock.set(-2 * time.Hour) // 6:00 once more
		time.Sleep(25 * time.Hour)
		d.expect("one run a day all the same")
		time.Sleep(time.Hour)
		d.expect("the second day", (at+26*time.Hour).String()+" daily")
		cancel()
		table.Wait()
	})
}

// told is a diary of the runs that are announced.
type told struct{ *diary }

func (d told) Next(source string, at time.Time) {
	d.note("%s next %s", source, at.Format("15:04:05"))
}

func TestNextRunIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := told{newDiary(t)}
		ctx, cancel := context.WithCancel(t.Context())
		table := New(d.run, d)
		half, once := planOf(t, "half", "15,45 * * * *"), planOf(t, "once", "")
		late := func(minutes int) string {
			return d.begun.Add(time.Duration(minutes)*time.Minute + half.jitter()).UTC().Format("15:04:05")
		}
		table.Set(ctx, []Plan{half})
		d.expect("after the first run", "0s half", "0s half next "+late(15))
		time.Sleep(20 * time.Minute)
		d.expect("after the second", (15*time.Minute+half.jitter()).String()+" half", (15*time.Minute+half.jitter()).String()+" half next "+late(45))
		d.lock.Lock()
		d.fails["half"] = 1
		d.lock.Unlock()
		time.Sleep(26*time.Minute + half.jitter())
		d.expect("after one that failed, the repetition",
			(45*time.Minute+half.jitter()).String()+" half", (45*time.Minute+half.jitter()).String()+" half next "+late(55))
		table.Set(ctx, []Plan{half, once})
		time.Sleep(time.Minute)
		d.forget()
		cancel()
		table.Wait()
	})
}

// Shutting down does not begin what is due, and waits for what runs.
func TestStoppingBeginsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDiary(t)
		ctx, cancel := context.WithCancel(t.Context())
		table := New(d.run, d)
		d.takes["slow"] = 3 * time.Hour
		table.Set(ctx, []Plan{planOf(t, "slow", "@every 30m"), planOf(t, "idle", "@every 1h")})
		time.Sleep(50 * time.Minute)
		d.forget()
		table.Hurry("slow")
		cancel()
		table.Hurry("idle")
		table.Wait()
		d.expect("after the end was asked for")
		if took := time.Since(d.begun); took != 3*time.Hour {
			t.Errorf("it ended after %v, want the three hours of the run under way", took)
		}
	})
}
