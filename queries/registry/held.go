package registry

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/acts"
	"yangguang/queries/clickhouse"
)

// Held is a changed registry that waits until somebody accepts it; the one before stays in force.
type Held struct {
	Hash  string    `ch:"hash"`  // Load.ContentHash
	Since time.Time `ch:"since"` // instant
	Why   string    `ch:"why"`   // what it would change, a sentence a line
}

// Hold notes that a registry is held back.
func Hold(ctx context.Context, s *clickhouse.Store, hash, why string) error {
	return acts.Note(ctx, s, acts.Act{What: acts.RegistryHeld, Subject: hash, After: why})
}

// Accept notes that the context's actor accepts a registry that is held back, or would be; the next time that it is read it takes force.
func Accept(ctx context.Context, s *clickhouse.Store, hash string) error {
	return acts.Note(ctx, s, acts.Act{What: acts.RegistryAccepted, Subject: hash})
}

// Withdraw notes that a registry that was held back is not waited for any more: its files have been changed.
func Withdraw(ctx context.Context, s *clickhouse.Store, hash string) error {
	return acts.Note(ctx, s, acts.Act{What: acts.RegistryWithdrawn, Subject: hash})
}

// HeldNow is the registry that was held back last and neither accepted nor withdrawn since; its Hash is empty when there is none. accepted is the hash of
// the one that was accepted last, if nothing was noted since.
func HeldNow(ctx context.Context, s *clickhouse.Store) (held Held, accepted string, err error) {
	var what string
	row := s.Conn().QueryRow(ctx, `SELECT toString(argMax(what, act_id)), argMax(subject, act_id), argMax(noted_at, act_id), argMax(after, act_id) FROM acts
		WHERE what IN {noted:Array(String)}`, clickhouse.Named("noted", []string{acts.RegistryHeld, acts.RegistryAccepted, acts.RegistryWithdrawn}))
	if err := row.Scan(&what, &held.Hash, &held.Since, &held.Why); err != nil {
		return Held{}, "", fmt.Errorf("look whether a registry is held back: %w", err)
	}
	switch what {
	case acts.RegistryHeld:
		return held, "", nil
	case acts.RegistryAccepted:
		return Held{}, held.Hash, nil
	}
	return Held{}, "", nil
}
