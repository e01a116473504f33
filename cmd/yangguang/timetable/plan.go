package timetable

import (
	"time"

	"github.com/cespare/xxhash/v2"
)

// mostJitter bounds how long after its schedule a source is run.
const mostJitter = time.Minute

// next is when the plan's first run due after done takes place; ever is false when there is none.
func (p Plan) next(done time.Time) (at time.Time, ever bool) {
	due := p.due(done)
	return due.Add(p.jitter()), !due.IsZero()
}

// due is the first time after done that the schedule names; zero when there is none.
func (p Plan) due(done time.Time) time.Time {
	if p.Schedule == nil {
		return time.Time{}
	}
	return p.Schedule.Next(done.In(p.Zone))
}

// jitter is by how much the source's runs follow its schedule, always the same: sources of one schedule shall not all ask at one moment.
// It is at most a tenth of the time from one run to the next.
func (p Plan) jitter() time.Duration {
	if p.Schedule == nil {
		return 0
	}
	first := p.Schedule.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, p.Zone))
	second := p.Schedule.Next(first)
	if second.IsZero() {
		return 0
	}
	most := min(mostJitter, second.Sub(first)/10)
	return time.Duration(float64(most) * float64(xxhash.Sum64String(p.Name)%1000) / 1000).Truncate(time.Second)
}

// waitAfter is how long to wait before a source whose runs have failed so often in a row is run again, should its schedule not do so
// earlier: 10, 20, 40 minutes, then every hour.
func waitAfter(failures int) time.Duration {
	return min(10*time.Minute<<min(failures-1, 3), time.Hour)
}

// runsUpTo counts the runs that have come after done, and says when the last of them was due; done itself when there was none.
func (p Plan) runsUpTo(done, now time.Time) (last time.Time, runs int) {
	for {
		at, ever := p.next(done)
		if !ever || at.After(now) {
			return done, runs
		}
		done = p.due(done)
		runs++
	}
}
