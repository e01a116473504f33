// Package timetable is when something is done: sources by their schedules, what was noticed to have changed, and what is done again and again.
package timetable

import (
	"context"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"yangguang/dashboard/page"
)

// Plan says when a source is collected: once when it is new or its configuration changed, then by its schedule.
type Plan struct {
	Name     string
	Written  string        // its schedule, as configured
	Schedule cron.Schedule // nil: only once
	Zone     *time.Location
	Content  string    // its configuration
	Last     time.Time // last successful collection before the program was started; zero when there was none
}

// notices is told what the timetable does.
type notices interface {
	// Next is the source's next run, in the plan's zone.
	Next(source string, at time.Time)
	// Missed says that runs since that time were not done when they were due. One run makes up for them, unless the last was still running:
	// then they are left out.
	Missed(source string, runs int, since time.Time, madeUp bool)
}

// Timetable runs every planned source by its plan, each on its own and never twice at a time, so that none delays another.
type Timetable struct {
	run     func(ctx context.Context, source string) (ok bool)
	notices notices
	clock   func() time.Time // the wall clock, which may be set and goes on while the machine sleeps
	sources sync.WaitGroup
	lock    sync.Mutex // guards entries and what they hold
	entries map[string]*entry
}

// entry is a source in the timetable.
type entry struct {
	plan    Plan
	changed chan struct{} // wakes its goroutine; holds one
	now     bool          // run without waiting for the schedule
	next    time.Time     // when it is run next, while that is waited for
	removed bool
}

// New is a timetable without plans; run collects a source, and notices are told of its runs.
func New(run func(ctx context.Context, source string) (ok bool), notices notices) *Timetable {
	return &Timetable{run: run, notices: notices, clock: time.Now, entries: map[string]*entry{}}
}

// Set replaces all plans. A run under way goes on; what was due stays due; sources that are new or changed are run at once.
func (t *Timetable) Set(ctx context.Context, plans []Plan) {
	t.lock.Lock()
	defer t.lock.Unlock()
	planned := map[string]bool{}
	for _, plan := range plans {
		planned[plan.Name] = true
		e, known := t.entries[plan.Name]
		if !known {
			e = &entry{plan: plan, changed: make(chan struct{}, 1), now: true}
			t.entries[plan.Name] = e
			t.sources.Go(func() { t.follow(ctx, e) })
			continue
		}
		e.now = e.now || e.removed || e.plan.Content != plan.Content
		e.plan, e.removed = plan, false
		e.wake()
	}
	for name, e := range t.entries {
		if !planned[name] {
			e.removed = true
			e.wake()
		}
	}
}

// Hurry runs a source without waiting for its schedule; one that is running is run once more.
func (t *Timetable) Hurry(source string) {
	t.lock.Lock()
	defer t.lock.Unlock()
	if e, planned := t.entries[source]; planned && !e.removed {
		e.now = true
		e.wake()
	}
}

// awaits notes what an entry waits for; the zero time is nothing.
func (t *Timetable) awaits(e *entry, at time.Time) {
	t.lock.Lock()
	defer t.lock.Unlock()
	e.next = at
}

// Runs are the planned sources by name, each with its next run.
func (t *Timetable) Runs() map[string]page.Run {
	t.lock.Lock()
	defer t.lock.Unlock()
	runs := map[string]page.Run{}
	for name, e := range t.entries {
		if !e.removed {
			runs[name] = page.Run{Schedule: e.plan.Written, Next: e.next}
		}
	}
	return runs
}

// Wait returns when ctx of set has ended and no source runs any more.
func (t *Timetable) Wait() {
	t.sources.Wait()
}

func (e *entry) wake() {
	select {
	case e.changed <- struct{}{}:
	default: // it is going to wake up already
	}
}

// take reads what is to be done with an entry. One that was removed leaves the timetable.
func (t *Timetable) take(e *entry) (plan Plan, now, removed bool) {
	t.lock.Lock()
	defer t.lock.Unlock()
	now, e.now = e.now, false
	if e.removed {
		delete(t.entries, e.plan.Name)
	}
	return e.plan, now, e.removed
}

// follow runs one source by its plan until ctx ends or it is removed.
func (t *Timetable) follow(ctx context.Context, e *entry) {
	done := t.now() // what was due up to then has been run or left out
	if !e.plan.Last.IsZero() {
		done = e.plan.Last
	}
	failures := 0 // in a row
	var again time.Time
	for ctx.Err() == nil {
		plan, now, removed := t.take(e)
		if removed {
			return
		}
		if !now {
			var due bool
			if due, now = t.waitUntilDue(ctx, plan, e, done, again); !due {
				continue
			}
		}
		since := done
		var runs int
		done, runs = plan.runsUpTo(done, t.now())
		if !now {
			if runs == 0 {
				continue // the clock was set back
			}
			runs-- // this one
		}
		if runs > 0 {
			t.notices.Missed(plan.Name, runs, since, true)
		}
		if now {
			done = t.now()
		}
		if again = (time.Time{}); t.run(ctx, plan.Name) {
			failures = 0
		} else {
			failures++
			again = t.now().Add(waitAfter(failures))
		}
		if ctx.Err() != nil {
			return
		}
		since = done
		if done, runs = plan.runsUpTo(done, t.now()); runs > 0 {
			t.notices.Missed(plan.Name, runs, since, false)
		}
	}
}

// waitUntilDue waits for the plan's next run, or until a failed one is to be run again if that is earlier. due is false when
// something else happened first.
func (t *Timetable) waitUntilDue(ctx context.Context, plan Plan, e *entry, done, again time.Time) (due, repeated bool) {
	at, ever := plan.next(done)
	if repeated = !again.IsZero() && (!ever || again.Before(at)); repeated {
		at, ever = again, true
	}
	if !ever {
		select {
		case <-ctx.Done():
		case <-e.changed:
		}
		return false, false
	}
	t.notices.Next(plan.Name, at.In(plan.Zone))
	t.awaits(e, at)
	defer t.awaits(e, time.Time{})
	for {
		left := at.Sub(t.now())
		if left <= 0 {
			return true, repeated
		}
		timer := time.NewTimer(min(left, clockLook))
		select {
		case <-ctx.Done():
			timer.Stop()
			return false, false
		case <-e.changed:
			timer.Stop()
			return false, false
		case <-timer.C:
		}
	}
}

// now is the wall clock's time, without what a timer goes by.
func (t *Timetable) now() time.Time {
	return t.clock().Round(0)
}

// clockLook is how often the clock is looked at: a timer knows nothing of a machine that slept or a clock that was set.
const clockLook = time.Minute
