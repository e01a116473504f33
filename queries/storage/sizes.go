package storage

import (
	"context"
	"fmt"

	"yangguang/queries/clickhouse"
)

// TableSize is what a table takes on the disk of the ClickHouse that is asked, projections included.
type TableSize struct {
	Table string `ch:"table"`
	Rows  uint64 `ch:"rows"`
	Bytes uint64 `ch:"bytes"`
}

// TableSizes are by size, the greatest first.
type TableSizes []TableSize

// Sizes are those of the tables that hold anything.
func Sizes(ctx context.Context, s *clickhouse.Store) (sizes TableSizes, err error) {
	err = s.Conn().Select(ctx, &sizes, `SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes FROM system.parts
		WHERE active AND database = currentDatabase() GROUP BY table HAVING rows > 0 ORDER BY bytes DESC, table`)
	if err != nil {
		return nil, fmt.Errorf("read the sizes of tables: %w", err)
	}
	return sizes, nil
}

// Of is about how much so many rows of a table take.
func (t TableSizes) Of(table string, rows uint64) uint64 {
	for _, size := range t {
		if size.Table == table || size.Table == table+"_local" {
			return uint64(float64(size.Bytes) * float64(rows) / float64(size.Rows))
		}
	}
	return 0
}
