package queries

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// ClearInterruptedLoads removes what loads have left whose processes were killed, and says so in a line each.
func ClearInterruptedLoads(ctx context.Context, s *Store) (said []string, err error) {
	return clearKilled(ctx, s, "load", func(ctx context.Context, w work) (string, error) { return clearLoad(ctx, s, w) })
}

// clearLoad removes the rows of a load that never came into force.
func clearLoad(ctx context.Context, s *Store, w work) (said string, err error) {
	load, err := strconv.ParseUint(w.Subject, 10, 64)
	if err != nil {
		return "", nil
	}
	var finished bool
	if err := s.Conn().QueryRow(ctx, "SELECT count() > 0 FROM loads WHERE load_id = {load:UInt64}", named("load", load)).Scan(&finished); err != nil || finished {
		return "", err
	}
	for _, table := range loadTables() {
		of := doomed{table: table, condition: "load_id = " + strconv.FormatUint(load, 10)}
		if err := countDoomed(ctx, s, &of); err != nil {
			return "", err
		}
		if of.rows == 0 {
			continue
		}
		if err := releaseHoldings(ctx, s, table, of.condition); err != nil {
			return "", err
		}
		if err := s.Conn().Exec(ctx, "DELETE FROM "+table+" WHERE "+of.condition); err != nil {
			return "", fmt.Errorf("remove from %s: %w", table, err)
		}
	}
	return "removed what an interrupted load of the registry had left, begun " + w.BegunAt.Format(time.RFC3339), nil
}
