package queries

import (
	"context"
	"fmt"
	"strconv"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// Publish makes versions of the staged records and puts the staged rejects in force. looked says that the source was read
// to its end in one piece, without an error; complete, that what the source then no longer has is withdrawn. Pages and Bytes of the
// counts are left to the caller.
//
// Every step may be repeated: what an interruption left undone, the same call or the next collection completes.
func (c *Collection) Publish(ctx context.Context, looked, complete bool) (CollectionCounts, error) {
	counts := CollectionCounts{Rejected: c.rejected.Load(), Read: c.staged.Load() + c.rejected.Load()}
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
		if looked && complete {
			if err := c.withdrawGone(ctx); err != nil {
				return counts, fmt.Errorf("withdraw records gone from %s: %w", c.start.Source, err)
			}
		}
		if err := c.scan(ctx, "added", &counts.New, &counts.Changed, &counts.Withdrawn); err != nil {
			return counts, fmt.Errorf("count versions of %s: %w", c.start.Source, err)
		}
		counts.Unchanged = c.staged.Load() - counts.New - counts.Changed
	}
	if err := c.exec(ctx, "touch"); err != nil {
		return counts, fmt.Errorf("note the units touched by %s: %w", c.start.Source, err)
	}
	if err := c.keepContents(ctx); err != nil {
		return counts, fmt.Errorf("keep raw contents of %s: %w", c.start.Source, err)
	}
	if err := c.publishRejects(ctx, !looked); err != nil {
		return counts, fmt.Errorf("publish rejected rows of %s: %w", c.start.Source, err)
	}
	return counts, nil
}

// moveFirst moves the staged parts as they are, which takes no time, when there is nothing to compare them with.
func (c *Collection) moveFirst(ctx context.Context) (moved bool, err error) {
	if c.staged.Load() == 0 {
		return false, nil
	}
	var first uint8
	if err := c.scan(ctx, "is_first", &first); err != nil || first == 0 {
		return false, err
	}
	return true, c.exec(ctx, "move")
}

// addVersions compares the staged records with the versions in force and adds those that differ.
func (c *Collection) addVersions(ctx context.Context) error {
	if c.staged.Load() == 0 {
		return nil
	}
	for _, statement := range []string{"stage_comparison", "clear_comparison", "compare", "add_moves", "add_versions"} {
		if err := c.exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func (c *Collection) withdrawGone(ctx context.Context) error {
	if err := c.prepareRejects(ctx); err != nil {
		return err
	}
	return c.exec(ctx, "withdraw", clickhouse.Named("version", strconv.FormatUint(c.lastVersion.Load()+1, 10)))
}

// publishRejects puts the staged rejects in force. With carry those in force stay, unless their place was rejected anew:
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
