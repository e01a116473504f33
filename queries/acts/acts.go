// Package acts notes who changed something: a registry put in force, a frozen pack, a removal. Rows are added and never changed; the report audit reads them
// beside what was changed.
package acts

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/storage"
)

// What can be changed by an act.
const (
	Registry = "registry"
	Freeze   = "freeze"
	Expire   = "expire"
	Restore  = "restore"
	Repair   = "repair"

	RegistryHeld      = "registry_held" // a changed one waits until somebody accepts it
	RegistryAccepted  = "registry_accepted"
	RegistryWithdrawn = "registry_withdrawn" // of one that was held: its files were changed again
)

// How somebody acts.
const (
	Page    = "page"    // signed in at the pages
	Command = "command" // at the machine
	Serve   = "serve"   // the program by itself: nobody is known to have asked for it
)

// Actor is who acts.
type Actor struct {
	Name string // empty: not known
	With string // Page, Command or Serve; empty: not known
}

type actorKey struct{}

// As has what is done with the context noted as done by the actor.
func As(ctx context.Context, actor Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, actor)
}

// Act is what somebody changed.
type Act struct {
	What    string // Registry, …
	Subject string // load_id of a registry, hash of one that is held back, known_at of a freeze in milliseconds since 1970; else what was changed
	Before  string // what stood before and does not any more, a line each
	After   string // what stands since
}

// Note stores an act as done at present by the context's actor.
func Note(ctx context.Context, s *clickhouse.Store, act Act) error {
	fail := func(err error) error { return fmt.Errorf("note who did %s %s: %w", act.What, act.Subject, err) }
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous()))
	actor, _ := ctx.Value(actorKey{}).(Actor)
	var last uint64
	if err := s.Conn().QueryRow(ctx, "SELECT max(act_id) FROM acts").Scan(&last); err != nil {
		return fail(err)
	}
	at := time.Now()
	number := max(last+1, uint64(at.UnixMicro()))
	err := s.Insert(ctx, "INSERT INTO acts", func(batch clickhouse.Batch) error {
		return batch.Append(number, at.UTC().Truncate(time.Millisecond), act.What, act.Subject, actor.Name, actor.With, act.Before, act.After)
	})
	if err == nil {
		err = storage.NoteHoldings(ctx, s, number, fmt.Sprintf("act_id = %d", number), "acts")
	}
	if err != nil {
		return fail(err)
	}
	return nil
}
