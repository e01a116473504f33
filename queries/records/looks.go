package records

import (
	"context"

	"yangguang/queries/civil"
)

// Reach is how far down its list a collection has read.
type Reach string

const (
	ReachRows Reach = ""     // so many rows: the list goes on
	ReachPage Reach = "page" // the one page that the list shows, which may be the newest part of a longer one
	ReachEnd  Reach = "end"  // of a list of several pages
)

// look says that on day the source was read down to so many rows.
type look struct {
	Rows  uint64    `ch:"rows"`
	Reach string    `ch:"reach"`
	Day   civil.Day `ch:"day"`
}

// readLooks remembers how far the source was read on which days.
func (c *Collection) readLooks(ctx context.Context) error {
	return c.collect(ctx, "looks", &c.looks)
}

// LastLook is the civil day of the source's last look under the same configuration that read its list at least down to that row, 1 being the
// first, or to its end; none when there was none (SPEC §3 "Evidence").
func (c *Collection) LastLook(row uint64) civil.Day {
	return c.lastLook(func(l look) bool { return l.Rows >= row || Reach(l.Reach) != ReachRows })
}

func (c *Collection) lastLook(counts func(look) bool) (day civil.Day) {
	for _, l := range c.looks {
		if counts(l) && l.Day.After(day) {
			day = l.Day
		}
	}
	return day
}

// lastEnd is the last look that read all pages of a list: what is below its rows was not there.
func (c *Collection) lastEnd() civil.Day {
	return c.lastLook(func(l look) bool { return Reach(l.Reach) == ReachEnd })
}

// mayShift reports whether the list is no longer than one that a look has read: it may show only the newest rows, and an older one that has come
// back into sight need not be new.
func (c *Collection) mayShift() bool {
	for _, l := range c.looks {
		if l.Rows >= c.lastVersion.Load()-c.FirstVersion+1 {
			return true
		}
	}
	return false
}
