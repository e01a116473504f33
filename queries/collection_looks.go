package queries

import (
	"context"
	"slices"

	"yangguang/queries/civil"
)

// look says that on day the source was read down to so many rows.
type look struct {
	Rows uint64    `ch:"rows"`
	Day  civil.Day `ch:"day"`
}

// readLooks remembers for each depth the last day on which the source was read at least so far.
func (c *Collection) readLooks(ctx context.Context) error {
	if err := c.collect(ctx, "looks", &c.looks); err != nil {
		return err
	}
	for i := len(c.looks) - 2; i >= 0; i-- {
		if deeper := c.looks[i+1].Day; deeper.After(c.looks[i].Day) {
			c.looks[i].Day = deeper
		}
	}
	return nil
}

// LastLook is the civil day of the source's last successful collection under the same configuration that read its list at least down to
// that row, 1 being the first; none when there was none (SPEC §3 "Evidence").
func (c *Collection) LastLook(row uint64) civil.Day {
	at, _ := slices.BinarySearchFunc(c.looks, row, func(l look, row uint64) int {
		if l.Rows < row {
			return -1
		}
		return 1
	})
	if at == len(c.looks) {
		return civil.Day{}
	}
	return c.looks[at].Day
}
