package records

import (
	"cmp"
	"context"
	"fmt"
	"strconv"

	"yangguang/queries/clickhouse"
)

// Publication says what a collection amounts to.
type Publication struct {
	Whole    bool     // it is a look that read the source in one piece: rows that it did not reject are not rejected any more
	Complete bool     // what such a source has no longer is withdrawn
	Gone     []string // record_id of those whose own address says that they are gone
	Hidden   []string // parts that are hidden now: their rows are neither there nor gone
}

// Publish makes versions of the staged records and puts the staged rejects in force. Pages and Bytes of the counts are left to the caller.
//
// Every step may be repeated: what an interruption left undone, the same call or the next collection completes.
func (c *Collection) Publish(ctx context.Context, p Publication) (Counts, error) {
	counts := Counts{Rejected: c.rejected.Load(), Read: c.staged.Load() + c.rejected.Load()}
	moved, err := c.moveFirst(ctx)
	if err != nil {
		return counts, fmt.Errorf("publish first records of %s: %w", c.start.Source, err)
	}
	if moved {
		counts.New = c.staged.Load()
	} else {
		if err := c.addVersions(ctx); err != nil {
			return counts, fmt.Errorf("publish records of %s: %w", c.start.Source, err)
		}
		if p.Whole && p.Complete {
			if err := c.withdrawGone(ctx, p); err != nil {
				return counts, fmt.Errorf("withdraw records gone from %s: %w", c.start.Source, err)
			}
		}
		if err := c.scan(ctx, "added", &counts.New, &counts.Changed, &counts.Withdrawn); err != nil {
			return counts, fmt.Errorf("count versions of %s: %w", c.start.Source, err)
		}
		counts.Unchanged = c.staged.Load() - counts.New - counts.Changed
	}
	if counts.New+counts.Changed+counts.Withdrawn > 0 {
		if err := c.exec(ctx, "touch"); err != nil {
			return counts, fmt.Errorf("note the units touched by %s: %w", c.start.Source, err)
		}
	}
	if err := c.keepContents(ctx); err != nil {
		return counts, fmt.Errorf("keep raw contents of %s: %w", c.start.Source, err)
	}
	if err := c.publishRejects(ctx, !p.Whole); err != nil {
		return counts, fmt.Errorf("publish rejected rows of %s: %w", c.start.Source, err)
	}
	return counts, nil
}

// moveFirst moves the staged parts as they are, which takes no time, when there is nothing to compare them with.
func (c *Collection) moveFirst(ctx context.Context) (moved bool, err error) {
	if first, err := c.isFirst(ctx); err != nil || !first {
		return false, err
	}
	return true, c.exec(ctx, "move")
}

// addVersions compares the staged records with the versions in force and adds those that differ.
func (c *Collection) addVersions(ctx context.Context) error {
	if c.staged.Load() == 0 {
		return nil
	}
	for _, statement := range []string{"stage_comparison", "clear_comparison", "compare", "add_moves"} {
		if err := c.exec(ctx, statement); err != nil {
			return err
		}
	}
	last, _ := c.LookBefore()
	return c.exec(ctx, "add_versions", c.other(last)...)
}

// withdrawGone withdraws records that are not there in two looks of different days, or of which their own address says so.
func (c *Collection) withdrawGone(ctx context.Context, p Publication) error {
	if err := c.prepareRejects(ctx); err != nil {
		return err
	}
	last, found := c.LookBefore()
	twice := found && last.Slot > 0 && last.Day < c.Day()
	if !twice && len(p.Gone) == 0 {
		return nil
	}
	slots, ids := []uint8{}, []uint64{} // collections since then that were no looks: what they had was there
	for _, since := range c.measures {
		if since.ID > last.ID {
			slots, ids = append(slots, since.Slot), append(ids, since.ID)
		}
	}
	arguments := append(c.other(last),
		clickhouse.Named("version", strconv.FormatUint(c.lastVersion.Load()+1, 10)), clickhouse.Named("twice", strconv.FormatBool(twice)),
		clickhouse.Named("other_day", cmp.Or(last.Day, c.Day())),
		clickhouse.Named("gone", clickhouse.List(p.Gone)), clickhouse.Named("hidden", clickhouse.List(p.Hidden)),
		clickhouse.Named("since_slots", clickhouse.Numbers(slots)), clickhouse.Named("since_ids", clickhouse.Numbers(ids)))
	return c.exec(ctx, "withdraw", arguments...)
}

// publishRejects puts the staged rejects in force. With carry those in force stay, unless their place was rejected again:
// a collection that failed has not looked everywhere.
func (c *Collection) publishRejects(ctx context.Context, carry bool) error {
	if c.rejected.Load() == 0 && !carry {
		return nil
	}
	if err := c.prepareRejects(ctx); err != nil {
		return err
	}
	return c.exec(ctx, "add_rejects", clickhouse.Named("carry", strconv.FormatBool(carry)))
}
