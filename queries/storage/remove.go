package storage

import (
	"context"
	"fmt"

	"yangguang/queries/clickhouse"
)

// Doomed are the rows of a table that a condition holds for. In a condition only what note has written down, or numbers, are asked.
type Doomed struct {
	Table, Condition string
	Rows             uint64
	Arguments        []any
}

// RemoveRows removes rows for good: the parts that hold some are written again without them, projections too.
func RemoveRows(ctx context.Context, s *clickhouse.Store, of Doomed) error {
	if err := ReleaseHoldings(ctx, s, of.Table, of.Condition, of.Arguments...); err != nil {
		return err
	}
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"mutations_sync": 2, "allow_nondeterministic_mutations": 1}))
	if err := s.Repeat(ctx, "ALTER TABLE "+of.Table+" DELETE WHERE "+of.Condition, of.Arguments...); err != nil {
		return fmt.Errorf("remove from %s: %w", of.Table, err)
	}
	return nil
}

func CountDoomed(ctx context.Context, s *clickhouse.Store, of *Doomed) error {
	if err := s.Conn().QueryRow(ctx, "SELECT count() FROM "+of.Table+" WHERE "+of.Condition, of.Arguments...).Scan(&of.Rows); err != nil {
		return fmt.Errorf("count in %s: %w", of.Table, err)
	}
	return nil
}
