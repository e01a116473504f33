package chain

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/sql"
	"yangguang/queries/storage"
	"yangguang/queries/works"
)

const (
	// settled is how long after a day's end it is chained: what was noted before has been written by then.
	settled = 30 * time.Minute
	// memory is how long before the link before something may have been collected that is in no link yet: collections take their time.
	memory = 40 * 24 * time.Hour
	// longest is what chaining takes at most: the first link has all that was ever kept.
	longest = 24 * time.Hour
)

// ErrBackup says that a backup is under way: a link that came in meanwhile could be in it without what it is made of.
var ErrBackup = errors.New("a backup is under way; the chain of evidence goes on afterwards")

// Extend chains every day that has ended and is not in the chain, in their order, as seen at an instant in the zone of civil days. The first link has all that
// was kept before. It may be interrupted anywhere and repeated; one process does it at a time, since two links of a day would not fit the next. Errors:
// ErrBackup, works.Other.
func Extend(ctx context.Context, s *clickhouse.Store, now time.Time, zone *time.Location) (added []Link, err error) {
	work, err := works.BeginAlone(ctx, s, "chain", "", "the chain of evidence is being extended already", longest)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, works.End(context.WithoutCancel(ctx), s, work)) }()
	last, found, err := Last(ctx, s)
	if err != nil {
		return nil, err
	}
	year, month, date := now.Add(-settled).In(zone).Date()
	yesterday := time.Date(year, month, date-1, 0, 0, 0, 0, time.UTC)
	next := yesterday
	if found {
		next = last.Day.AddDate(0, 0, 1)
	}
	for ; !next.After(yesterday); next = next.AddDate(0, 0, 1) {
		link := Link{Day: next, Until: time.Date(next.Year(), next.Month(), next.Day()+1, 0, 0, 0, 0, zone), Previous: last.Root}
		if err := chain(ctx, s, &link, last, now); err != nil {
			return added, fmt.Errorf("chain the evidence of %s: %w", next.Format(time.DateOnly), err)
		}
		added, last = append(added, link), link
	}
	return added, nil
}

// chain writes the leaves of a day, and then the link that makes them count.
func chain(ctx context.Context, s *clickhouse.Store, link *Link, before Link, now time.Time) error {
	if under, err := works.GoesOn(ctx, s, "backup"); err != nil || under {
		return errors.Join(err, orNil(under, ErrBackup))
	}
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous()))
	text, err := sql.Text("chain/add_leaves")
	if err != nil {
		return err
	}
	oldest := time.UnixMilli(0)
	if !before.Until.IsZero() {
		oldest = before.Until.Add(-memory)
	}
	if err := s.Repeat(ctx, text, arguments(*link, before, oldest)...); err != nil {
		return err
	}
	number := uint64(link.Day.Unix() / 86400)
	condition := fmt.Sprintf("toInt32(day) = %d", number)
	if err := storage.NoteHoldings(ctx, s, number, condition, "chain_leaves"); err != nil {
		return err
	}
	var of tree
	if err := eachLeaf(ctx, s, *link, before, func(leaf standing) { of.add(leaf.hash()) }); err != nil {
		return err
	}
	link.Leaves, link.ComputedAt = of.count, now.UTC().Truncate(time.Millisecond)
	link.Root = link.root(of.root())
	err = s.Insert(ctx, "INSERT INTO chain_days (day, until, previous, leaves, computed_at, root)", func(batch clickhouse.Batch) error {
		return batch.Append(link.Day, link.Until.UTC(), string(link.Previous[:]), link.Leaves, link.ComputedAt, string(link.Root[:]))
	})
	if err != nil {
		return err
	}
	return storage.NoteHoldings(ctx, s, number, condition, "chain_days")
}

func orNil(is bool, err error) error {
	if is {
		return err
	}
	return nil
}

// arguments are the parameters of what asks about a link.
func arguments(link, before Link, oldest time.Time) []any {
	since := time.UnixMilli(0)
	if !before.Until.IsZero() {
		since = before.Until
	}
	return []any{
		clickhouse.Named("day", link.Day.Format(time.DateOnly)), clickhouse.Named("until", clickhouse.Epoch(link.Until)),
		clickhouse.Named("since", clickhouse.Epoch(since)), clickhouse.Named("oldest", clickhouse.Epoch(oldest)),
	}
}
