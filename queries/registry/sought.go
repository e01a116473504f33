package registry

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/names"
	"yangguang/queries/storage"
)

// soughtRow is a row of the table sought.
type soughtRow struct {
	kind, id, name, parent string
	aliases                []string
	from, to               time.Time
}

// soughtRows are those of a registry.
func soughtRows(r model.Registry) []soughtRow {
	called := make(map[string]string, len(r.Units))
	for _, unit := range r.Units {
		called[unit.ID] = unit.Name
	}
	rows := make([]soughtRow, 0, len(r.Units)+len(r.Items))
	for _, unit := range r.Units {
		rows = append(rows, soughtRow{"unit", unit.ID, unit.Name, called[unit.ParentID], unit.Aliases, unit.ActiveFrom, unit.ActiveTo})
	}
	for _, item := range r.Items {
		rows = append(rows, soughtRow{kind: "item", id: item.ID, name: item.Name, aliases: item.Aliases})
	}
	return rows
}

func insertSought(ctx context.Context, s *clickhouse.Store, loadID uint64, r model.Registry) error {
	return clickhouse.Insert(ctx, s, "sought", soughtRows(r), func(row soughtRow) []any {
		lines := []string{names.Folded(row.id), names.Folded(row.parent) + names.Folded(row.name)}
		initials := names.Initials(row.name)
		for _, alias := range row.aliases {
			lines = append(lines, names.Folded(alias))
			initials = append(initials, names.Initials(alias)...)
		}
		return []any{loadID, row.kind, row.id, names.Short(row.name), strings.Join(lines, "\n"), " " + strings.Join(initials, " "), clickhouse.DayOrNull(row.from), clickhouse.DayOrNull(row.to)}
	})
}

// completeSought writes the rows of a load that was made before there were any, or whose rows were not written whole.
func completeSought(ctx context.Context, s *clickhouse.Store, loadID uint64, r model.Registry) error {
	ofLoad := "load_id = " + strconv.FormatUint(loadID, 10)
	var there uint64
	if err := s.Conn().QueryRow(ctx, "SELECT count() FROM sought WHERE "+ofLoad).Scan(&there); err != nil {
		return fmt.Errorf("count the names that are sought: %w", err)
	}
	if there == uint64(len(r.Units)+len(r.Items)) {
		return nil
	}
	if there > 0 {
		if err := s.Conn().Exec(ctx, "DELETE FROM sought WHERE "+ofLoad); err != nil {
			return fmt.Errorf("remove the names that are sought: %w", err)
		}
	}
	if err := insertSought(ctx, s, loadID, r); err != nil {
		return err
	}
	return storage.NoteHoldings(ctx, s, loadID, ofLoad, "sought")
}
