package queries

import (
	"context"
	"fmt"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// doomed are the rows of a table that a condition holds for. In a condition only what note has written down, or numbers, are asked.
type doomed struct {
	table, condition string
	rows             uint64
	arguments        []any
}

// removeRows removes rows for good: the parts that hold some are written anew without them, projections too.
func removeRows(ctx context.Context, s *Store, of doomed) error {
	if err := releaseHoldings(ctx, s, of.table, of.condition, of.arguments...); err != nil {
		return err
	}
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"mutations_sync": 2, "allow_nondeterministic_mutations": 1}))
	if err := s.repeat(ctx, "ALTER TABLE "+of.table+" DELETE WHERE "+of.condition, of.arguments...); err != nil {
		return fmt.Errorf("remove from %s: %w", of.table, err)
	}
	return nil
}

func countDoomed(ctx context.Context, s *Store, of *doomed) error {
	if err := s.Conn().QueryRow(ctx, "SELECT count() FROM "+of.table+" WHERE "+of.condition, of.arguments...).Scan(&of.rows); err != nil {
		return fmt.Errorf("count in %s: %w", of.table, err)
	}
	return nil
}
