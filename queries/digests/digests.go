// Package digests stores what was sent to which reader of digests and reminders, so that nothing is sent twice: a message is noted as being sent before,
// and what became of it after. What is still noted as being sent when the next run begins was interrupted: whether it arrived is unknown, and it is not sent again.
package digests

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/works"
)

// The kinds of messages: the table that each is stored in.
const (
	Changes   = "digests"   // what has changed since the last one
	Reminders = "reminders" // what is due, or was
)

// What became of a message.
const (
	Sending = "sending" // noted before it is sent
	Sent    = "sent"    // the channel has confirmed it
	Quiet   = "quiet"   // nothing had changed, nothing was sent
	Refused = "refused" // the channel is known not to have taken it: it is tried again
	Unknown = "unknown" // it may have arrived or not; it is not sent again
)

// Digest is one message and what became of it. Days are civil days at midnight UTC, instants are in UTC.
type Digest struct {
	Kind    string    `ch:"kind"` // Changes or Reminders
	Reader  string    `ch:"reader"`
	DueOn   time.Time `ch:"due_on"`
	Step    uint32    `ch:"step"`
	State   string    `ch:"state"`
	AsOf    time.Time `ch:"as_of"`
	KnownAt time.Time `ch:"known_at"`
	NotedAt time.Time `ch:"noted_at"`
	Problem string    `ch:"problem"`
}

// Settled reports whether there is nothing left to do for it.
func (d Digest) Settled() bool { return d.State == Sent || d.State == Quiet || d.State == Unknown }

// work is the kind of work that a run is.
const work = "digest"

// Limit is the time in which a run must be finished or given up.
const Limit = 30 * time.Minute

// abandoned is after how long a run of another machine's, of which nothing else is known, is taken to have been killed.
const abandoned = 2 * Limit

// Run is the right to send digests, which one process has at a time. End it.
type Run struct {
	store *clickhouse.Store
	work  works.Work
}

// Begin begins a run, or is works.Other. What the run before has left unconfirmed is noted as unknown and returned.
func Begin(ctx context.Context, s *clickhouse.Store) (run *Run, interrupted []Digest, err error) {
	fail := func(err error) (*Run, []Digest, error) { return nil, nil, fmt.Errorf("begin to send digests: %w", err) }
	own, err := works.BeginAlone(ctx, s, work, "", "digests are being sent already", abandoned)
	if other := (works.Other{}); errors.As(err, &other) {
		return nil, nil, err
	}
	if err != nil {
		return fail(err)
	}
	run = &Run{store: s, work: own}
	last, err := List(ctx, s)
	if err != nil {
		return fail(errors.Join(err, run.End(ctx)))
	}
	for _, digest := range last {
		if digest.State != Sending {
			continue
		}
		digest.State, digest.Problem = Unknown, "the program ended while it was being sent"
		if err := run.Note(ctx, &digest); err != nil {
			return fail(errors.Join(err, run.End(ctx)))
		}
		interrupted = append(interrupted, digest)
	}
	return run, interrupted, nil
}

// Note stores what became of a digest, as its next step.
func (r *Run) Note(ctx context.Context, d *Digest) error {
	d.Step++
	d.NotedAt = time.Now().UTC().Truncate(time.Millisecond)
	err := r.store.Insert(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous())),
		"INSERT INTO "+d.Kind+" (reader, due_on, step, state, as_of, known_at, noted_at, problem)", func(batch clickhouse.Batch) error {
			return batch.Append(d.Reader, d.DueOn, d.Step, d.State, d.AsOf, d.KnownAt, d.NotedAt, d.Problem)
		})
	if err != nil {
		return fmt.Errorf("note in %s that what was due to %s on %s is %s: %w", d.Kind, d.Reader, d.DueOn.Format(time.DateOnly), d.State, err)
	}
	return nil
}

// End lets another process send.
func (r *Run) End(ctx context.Context) error {
	return works.End(context.WithoutCancel(ctx), r.store, r.work)
}

// List are all messages as they stand, the latest first, by reader.
func List(ctx context.Context, s *clickhouse.Store) (listed []Digest, err error) {
	const columns = "reader, due_on, step, toString(state) AS state, as_of, known_at, noted_at, problem"
	err = s.Conn().Select(ctx, &listed, `SELECT * FROM (
			SELECT 'digests' AS kind, `+columns+` FROM digests FINAL UNION ALL SELECT 'reminders' AS kind, `+columns+` FROM reminders FINAL
		) ORDER BY due_on DESC, kind, reader`)
	if err != nil {
		return nil, fmt.Errorf("list the digests and reminders: %w", err)
	}
	for i := range listed { // over some connections days come as midnights of the server's zone
		listed[i].DueOn, listed[i].AsOf = model.Today(listed[i].DueOn), model.Today(listed[i].AsOf)
	}
	return listed, nil
}

// Restored is when the database was last restored from a backup; zero: never.
func Restored(ctx context.Context, s *clickhouse.Store) (at time.Time, err error) {
	if err := s.Conn().QueryRow(ctx, "SELECT max(at) FROM restores").Scan(&at); err != nil {
		return at, fmt.Errorf("ask when the database was restored: %w", err)
	}
	if at.UnixMilli() == 0 { // the greatest of none
		return time.Time{}, nil
	}
	return at.UTC(), nil
}
