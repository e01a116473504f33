// Package retention removes what the policy lets go.
package retention

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/storage"
)

// Removal is what the retention policy lets go, or let go, of one kind.
type Removal struct {
	Kind   string    // contents, versions, rejects, registry, answers, texts
	Policy string    // 10y; forever: nothing is removed
	Before time.Time // what was of no more use by this instant; zero: forever
	Rows   uint64    // of all tables
	Bytes  uint64    // on disk, about
	Done   bool      // it has been removed, now or earlier
}

// retained is one kind of what grows.
type retained struct {
	kind   string
	period Period
	// candidates are counted and removed by the horizon.
	candidates func(ctx context.Context, s *clickhouse.Store, r removing) ([]storage.Doomed, error)
	// note, which may be nil, writes down what will be missed; it may be done twice.
	note func(ctx context.Context, s *clickhouse.Store, r removing) error
}

// removing is one removal under way.
type removing struct {
	before time.Time
	policy string
}

func retainedBy(policy Policy) []retained {
	return []retained{
		{"contents", policy.Contents, doomedContents, noteContents},
		{"versions", policy.Versions, doomedVersions, noteVersions},
		{"rejects", policy.Rejects, doomedRejects, noteRejects},
		{"registry", policy.Registry, doomedLoads, nil},
		{"answers", policy.Answers, doomedAnswers, nil},
		{"texts", policy.Texts, doomedTexts, nil},
	}
}

// Expiring says what Expire would remove.
func Expiring(ctx context.Context, s *clickhouse.Store, policy Policy, now time.Time) ([]Removal, error) {
	return expire(ctx, s, policy, now, false)
}

// Expire removes what the policy lets go: never what today's answers, a question about a time since the horizon, or a frozen pack depends on. A
// horizon is a month's first day in now's zone; once it has been dealt with nothing is looked for until the next. It may be interrupted anywhere
// and run twice at a time. It waits for the end of a backup. How it ended is known afterwards (OwnTimes).
func Expire(ctx context.Context, s *clickhouse.Store, policy Policy, now time.Time) (removals []Removal, err error) {
	under, err := storage.BeginRemoval(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("retention: %w", err)
	}
	defer func() { err = errors.Join(err, storage.EndRemoval(ctx, s, under, err)) }()
	if removals, err = expire(ctx, s, policy, now, true); err != nil {
		return removals, err
	}
	return removals, facts.Forget(ctx, s, now.Add(-facts.PartTakes)) // what an interrupted removal has left of prepared answers
}

func expire(ctx context.Context, s *clickhouse.Store, policy Policy, now time.Time, remove bool) (removals []Removal, err error) {
	for _, of := range retainedBy(policy) {
		removal := Removal{Kind: of.kind, Policy: of.period.String()}
		before, ever := of.period.horizon(now)
		if ever {
			removal.Before = before
			if removal.Done, err = hasRemoved(ctx, s, of.kind, before); err == nil && !removal.Done {
				err = expireKind(ctx, s, of, &removal, remove)
			}
			if err != nil {
				return removals, fmt.Errorf("retention of %s: %w", of.kind, err)
			}
		}
		removals = append(removals, removal)
	}
	return removals, nil
}

func expireKind(ctx context.Context, s *clickhouse.Store, of retained, removal *Removal, remove bool) error {
	r := removing{removal.Before, removal.Policy}
	tables, err := of.candidates(ctx, s, r)
	if err != nil {
		return err
	}
	sizes, err := storage.Sizes(ctx, s)
	if err != nil {
		return err
	}
	for _, table := range tables {
		removal.Rows += table.Rows
		removal.Bytes += sizes.Of(table.Table, table.Rows)
	}
	if !remove {
		return nil
	}
	found := removal.Rows > 0
	if err := addBegun(ctx, s, removal); err != nil {
		return err
	}
	// Who asks about a time before is told so from here on, whatever becomes of the removal.
	if err := writeRemoval(ctx, s, *removal, false); err != nil {
		return err
	}
	if of.note != nil && found {
		if err := of.note(ctx, s, r); err != nil {
			return err
		}
	}
	for _, table := range tables {
		if table.Rows == 0 {
			continue
		}
		if err := storage.RemoveRows(ctx, s, table); err != nil {
			return err
		}
	}
	removal.Done = true
	if err := writeRemoval(ctx, s, *removal, true); err != nil {
		return err
	}
	number := removal.Before.UnixMilli()
	return storage.NoteHoldings(ctx, s, uint64(number), fmt.Sprintf("before = fromUnixTimestamp64Milli(%d, 'UTC')", number),
		"removed_contents", "removed_versions", "removed_rejects", "removals")
}

// hasRemoved reports whether a horizon, or a later one, has been dealt with.
func hasRemoved(ctx context.Context, s *clickhouse.Store, kind string, before time.Time) (done bool, err error) {
	row := s.Conn().QueryRow(ctx, `SELECT count() > 0 FROM removals WHERE kind = {kind:String} AND finished = 1 AND before >= {before:DateTime64(3)}`,
		clickhouse.Named("kind", kind), clickhouse.Named("before", clickhouse.Epoch(before)))
	return done, row.Scan(&done)
}

// addBegun makes a removal as large as it was when it was begun, if it has been interrupted since: what is gone is not found any more.
func addBegun(ctx context.Context, s *clickhouse.Store, r *Removal) error {
	row := s.Conn().QueryRow(ctx, `SELECT greatest(max(rows), {rows:UInt64}), greatest(max(bytes), {bytes:UInt64}) FROM removals
		WHERE kind = {kind:String} AND before = {before:DateTime64(3)}`,
		clickhouse.Named("kind", r.Kind), clickhouse.Named("before", clickhouse.Epoch(r.Before)), clickhouse.NamedNumber("rows", r.Rows), clickhouse.NamedNumber("bytes", r.Bytes))
	if err := row.Scan(&r.Rows, &r.Bytes); err != nil {
		return fmt.Errorf("look for a removal that was interrupted: %w", err)
	}
	return nil
}

func writeRemoval(ctx context.Context, s *clickhouse.Store, r Removal, finished bool) error {
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous()))
	return s.Insert(ctx, `INSERT INTO removals (kind, before, policy, begun_at, rows, bytes, finished)`, func(batch clickhouse.Batch) error {
		number := uint8(0)
		if finished {
			number = 1
		}
		return batch.Append(r.Kind, r.Before.UTC(), r.Policy, time.Now().UTC(), r.Rows, r.Bytes, number)
	})
}
