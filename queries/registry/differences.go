package registry

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"yangguang/queries/clickhouse"
)

// differencesShown bounds how many rows of a file are listed that differ between two loads; the others are counted.
const differencesShown = 200

// writtenTables are what people wrote of a load, by what they wrote it in, and the columns that say nothing of it or follow from others.
func writtenTables() [][3]string {
	return [][3]string{
		{"units", "units", "ancestors"},
		{"catalogue", "items", ""},
		{"calendar", "calendar", ""},
		{"exemptions", "exemptions", ""},
		{"site_scores", "site_scores", ""},
		{"observations", "observations", ""},
		{"notices", "notices", ""},
		{"institutions", "institutions", ""},
		{"covers", "covers", ""},
		{"settings", "loads", "loaded_at, hash, program"},
	}
}

// differences lists the rows that stand in one of two loads only, a line each with the file they stand in: those of the earlier, and of the later.
func differences(ctx context.Context, s *clickhouse.Store, earlier, later uint64) (before, after string, err error) {
	var lines [2]strings.Builder
	for _, written := range writtenTables() {
		except := "load_id"
		if written[2] != "" {
			except += ", " + written[2]
		}
		var rows []struct {
			Row   string `ch:"row"`
			Later bool   `ch:"later"`
			All   uint64 `ch:"all"`
		}
		err := s.Conn().Select(ctx, &rows, fmt.Sprintf(`SELECT row, sum(side) > 0 AS later, count() OVER (PARTITION BY later) AS all
			FROM (
				SELECT formatRowNoNewline('JSONEachRow', * EXCEPT (%s)) AS row, if(load_id = {later:UInt64}, 1, -1) AS side
				FROM %s WHERE load_id IN ({earlier:UInt64}, {later:UInt64})
			)
			GROUP BY row HAVING sum(side) != 0 ORDER BY later, row LIMIT %d BY later`, except, written[1], differencesShown),
			clickhouse.Named("earlier", strconv.FormatUint(earlier, 10)), clickhouse.Named("later", strconv.FormatUint(later, 10)))
		if err != nil {
			return "", "", fmt.Errorf("compare %s with the registry before: %w", written[1], err)
		}
		listed := [2]uint64{}
		all := [2]uint64{}
		for _, row := range rows {
			side := 0
			if row.Later {
				side = 1
			}
			fmt.Fprintf(&lines[side], "%s %s\n", written[0], row.Row)
			listed[side]++
			all[side] = row.All
		}
		for side := range lines {
			if more := all[side] - listed[side]; more > 0 {
				fmt.Fprintf(&lines[side], "%s … +%d\n", written[0], more)
			}
		}
	}
	return strings.TrimSuffix(lines[0].String(), "\n"), strings.TrimSuffix(lines[1].String(), "\n"), nil
}
