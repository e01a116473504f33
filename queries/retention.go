package queries

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// Removal is what the retention policy lets go, or let go, of one kind.
type Removal struct {
	Kind   string    // contents, versions, rejects, registry, answers
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
	candidates func(ctx context.Context, r removing) ([]doomed, error)
	// note, which may be nil, writes down what will be missed; it may be done twice.
	note func(ctx context.Context, r removing) error
}

// removing is one removal under way.
type removing struct {
	before time.Time
	policy string
}

// doomed are the rows of a table that a condition holds for. In a condition only what note has written down, or numbers, are asked.
type doomed struct {
	table, condition string
	rows             uint64
	arguments        []any
}

func (s *Store) retained(policy Retention) []retained {
	return []retained{
		{"contents", policy.Contents, s.doomedContents, s.noteContents},
		{"versions", policy.Versions, s.doomedVersions, s.noteVersions},
		{"rejects", policy.Rejects, s.doomedRejects, s.noteRejects},
		{"registry", policy.Registry, s.doomedLoads, nil},
		{"answers", policy.Answers, s.doomedAnswers, nil},
	}
}

// Expiring tells what Expire would remove.
func (s *Store) Expiring(ctx context.Context, policy Retention, now time.Time) ([]Removal, error) {
	return s.expire(ctx, policy, now, false)
}

// Expire removes what the policy lets go: never what today's answers, a question about a time since the horizon, or a frozen pack depends on. A
// horizon is a month's first day in now's zone; once it has been dealt with nothing is looked for until the next. It may be interrupted anywhere
// and run twice at a time. It waits for the end of a backup. How it ended is known afterwards (OwnTimes).
func (s *Store) Expire(ctx context.Context, policy Retention, now time.Time) (removals []Removal, err error) {
	under, err := s.beginRemoval(ctx)
	if err != nil {
		return nil, fmt.Errorf("retention: %w", err)
	}
	defer func() { err = errors.Join(err, s.endRemoval(ctx, under, err)) }()
	if removals, err = s.expire(ctx, policy, now, true); err != nil {
		return removals, err
	}
	return removals, s.forgetEditions(ctx, now.Add(-layerMakes)) // what an interrupted removal has left of prepared answers
}

func (s *Store) expire(ctx context.Context, policy Retention, now time.Time, remove bool) (removals []Removal, err error) {
	for _, of := range s.retained(policy) {
		removal := Removal{Kind: of.kind, Policy: of.period.String()}
		before, ever := of.period.horizon(now)
		if ever {
			removal.Before = before
			if removal.Done, err = s.hasRemoved(ctx, of.kind, before); err == nil && !removal.Done {
				err = s.expireKind(ctx, of, &removal, remove)
			}
			if err != nil {
				return removals, fmt.Errorf("retention of %s: %w", of.kind, err)
			}
		}
		removals = append(removals, removal)
	}
	return removals, nil
}

func (s *Store) expireKind(ctx context.Context, of retained, removal *Removal, remove bool) error {
	r := removing{removal.Before, removal.Policy}
	tables, err := of.candidates(ctx, r)
	if err != nil {
		return err
	}
	sizes, err := s.Sizes(ctx)
	if err != nil {
		return err
	}
	for _, table := range tables {
		removal.Rows += table.rows
		removal.Bytes += sizes.of(table.table, table.rows)
	}
	if !remove {
		return nil
	}
	found := removal.Rows > 0
	if err := s.addBegun(ctx, removal); err != nil {
		return err
	}
	// Who asks about a time before is told so from here on, whatever becomes of the removal.
	if err := s.writeRemoval(ctx, *removal, false); err != nil {
		return err
	}
	if of.note != nil && found {
		if err := of.note(ctx, r); err != nil {
			return err
		}
	}
	for _, table := range tables {
		if table.rows == 0 {
			continue
		}
		if err := s.removeRows(ctx, table); err != nil {
			return err
		}
	}
	removal.Done = true
	if err := s.writeRemoval(ctx, *removal, true); err != nil {
		return err
	}
	number := removal.Before.UnixMilli()
	return s.noteHoldings(ctx, uint64(number), fmt.Sprintf("before = fromUnixTimestamp64Milli(%d, 'UTC')", number),
		"removed_contents", "removed_versions", "removed_rejects", "removals")
}

// removeRows removes rows for good: the parts that hold some are written anew without them, projections too.
func (s *Store) removeRows(ctx context.Context, of doomed) error {
	if err := s.releaseHoldings(ctx, of.table, of.condition, of.arguments...); err != nil {
		return err
	}
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"mutations_sync": 2, "allow_nondeterministic_mutations": 1}))
	if err := s.repeat(ctx, "ALTER TABLE "+of.table+" DELETE WHERE "+of.condition, of.arguments...); err != nil {
		return fmt.Errorf("remove from %s: %w", of.table, err)
	}
	return nil
}

// hasRemoved tells whether a horizon, or a later one, has been dealt with.
func (s *Store) hasRemoved(ctx context.Context, kind string, before time.Time) (done bool, err error) {
	row := s.conn.QueryRow(ctx, `SELECT count() > 0 FROM removals WHERE kind = {kind:String} AND finished = 1 AND before >= {before:DateTime64(3)}`,
		clickhouse.Named("kind", kind), clickhouse.Named("before", epoch(before)))
	return done, row.Scan(&done)
}

// addBegun makes a removal as large as it was when it was begun, if it has been interrupted since: what is gone is not found any more.
func (s *Store) addBegun(ctx context.Context, r *Removal) error {
	row := s.conn.QueryRow(ctx, `SELECT greatest(max(rows), {rows:UInt64}), greatest(max(bytes), {bytes:UInt64}) FROM removals
		WHERE kind = {kind:String} AND before = {before:DateTime64(3)}`,
		clickhouse.Named("kind", r.Kind), clickhouse.Named("before", epoch(r.Before)), named("rows", r.Rows), named("bytes", r.Bytes))
	if err := row.Scan(&r.Rows, &r.Bytes); err != nil {
		return fmt.Errorf("look for a removal that was interrupted: %w", err)
	}
	return nil
}

func (s *Store) writeRemoval(ctx context.Context, r Removal, finished bool) error {
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(synchronous()))
	return s.Insert(ctx, `INSERT INTO removals (kind, before, policy, begun_at, rows, bytes, finished)`, func(batch Batch) error {
		number := uint8(0)
		if finished {
			number = 1
		}
		return batch.Append(r.Kind, r.Before.UTC(), r.Policy, time.Now().UTC(), r.Rows, r.Bytes, number)
	})
}

// refuseRemoved refuses a question about a time of which not everything is known any more; of a frozen time all is.
func (s *Store) refuseRemoved(ctx context.Context, question Question, kinds ...string) error {
	if question.KnownAt.IsZero() {
		return nil
	}
	var removed, frozen bool
	var before time.Time
	var kind, policy string
	row := s.conn.QueryRow(ctx, `
		SELECT count() > 0, max(before), toString(argMax(kind, before)), argMax(policy, before),
			(SELECT count() > 0 FROM freezes WHERE known_at = {known_at:DateTime64(3)})
		FROM removals
		WHERE rows > 0 AND kind IN {kinds:Array(String)} AND before > {known_at:DateTime64(3)}`,
		clickhouse.Named("kinds", kinds), clickhouse.Named("known_at", epoch(question.KnownAt)))
	if err := row.Scan(&removed, &before, &kind, &policy, &frozen); err != nil {
		return fmt.Errorf("look for what has been removed: %w", err)
	}
	if !removed || frozen {
		return nil
	}
	zone := question.KnownAt.Location()
	return &UserError{"known_at", question.KnownAt.Format(time.RFC3339), fmt.Sprintf(
		"an instant not before %s, or one at which a pack was frozen: what was superseded earlier has been removed by the retention policy (%s: %s)",
		before.In(zone).Format(time.RFC3339), kind, policy)}
}
