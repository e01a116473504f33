package registry

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/storage"
	"yangguang/queries/works"
)

// ClearInterrupted removes what loads have left whose processes were killed, and says so in a line each.
func ClearInterrupted(ctx context.Context, s *clickhouse.Store) (said []string, err error) {
	return works.ClearKilled(ctx, s, "load", func(ctx context.Context, w works.Work) (string, error) { return clearLoad(ctx, s, w) })
}

// clearLoad removes the rows of a load that never came into force.
func clearLoad(ctx context.Context, s *clickhouse.Store, w works.Work) (said string, err error) {
	load, err := strconv.ParseUint(w.Subject, 10, 64)
	if err != nil {
		return "", nil
	}
	var finished bool
	if err := s.Conn().QueryRow(ctx, "SELECT count() > 0 FROM loads WHERE load_id = {load:UInt64}", clickhouse.NamedNumber("load", load)).Scan(&finished); err != nil || finished {
		return "", err
	}
	for _, table := range storage.LoadTables() {
		of := storage.Doomed{Table: table, Condition: "load_id = " + strconv.FormatUint(load, 10)}
		if err := storage.CountDoomed(ctx, s, &of); err != nil {
			return "", err
		}
		if of.Rows == 0 {
			continue
		}
		if err := storage.ReleaseHoldings(ctx, s, table, of.Condition); err != nil {
			return "", err
		}
		if err := s.Conn().Exec(ctx, "DELETE FROM "+table+" WHERE "+of.Condition); err != nil {
			return "", fmt.Errorf("remove from %s: %w", table, err)
		}
	}
	return "removed what an interrupted load of the registry had left, begun " + w.BegunAt.Format(time.RFC3339), nil
}
