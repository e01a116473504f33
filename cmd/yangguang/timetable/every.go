package timetable

import (
	"context"
	"time"
)

// Repeatedly does something after the first wait, and again after the wait that it gives each time, until ctx ends.
func Repeatedly(ctx context.Context, first time.Duration, do func() (wait time.Duration)) {
	timer := time.NewTimer(first)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		timer.Reset(do())
	}
}

// Drain is how long what is under way, such as requests, may take to come to its end when the program is told to stop.
const Drain = 10 * time.Second
