package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"yangguang/queries/clickhouse"
)

// heldTable is a table whose rows are counted by what wrote them.
type heldTable struct {
	table  string
	by     string // SQL, of its rows: the number of what wrote them
	rows   string // SQL, how many they are; empty: count()
	only   string // SQL, the rows that count; empty: all
	recent bool   // rows go of their own accord after 40 days
	merged bool   // rows that were written twice become one some day: only one is counted when they are noted
}

// heldTables are all tables that cannot be computed from others.
func heldTables() []heldTable {
	held := []heldTable{
		{table: "record_versions", by: "collection_id"},
		{table: "rejected_rows", by: "collection_id"},
		{table: "contents", by: "collection_id", merged: true},
		{table: "touches", by: "collection_id", recent: true},
		{table: "looked_rows", by: "collection_id", merged: true},
		{table: "disputed_units", by: "collection_id", merged: true},
		{table: "collections", by: "collection_id", rows: "toUInt64(1)", only: "outcome != 'running'"},
		{table: "loads", by: "load_id"},
		{table: "freezes", by: "toUnixTimestamp64Milli(known_at)", rows: "toUInt64(1)", only: "finished = 1"},
		{table: "freeze_files", by: "toUnixTimestamp64Milli(known_at)"},
		{table: "notice_events", by: "event_id", merged: true},
		{table: "acts", by: "act_id", merged: true},
		{table: "link_checks", by: "toUInt32(toDate(checked_at))", merged: true},
		{table: "chain_leaves", by: "toInt32(day)", merged: true},
		{table: "chain_days", by: "toInt32(day)", merged: true},
		{table: "patrol_rounds", by: "toUnixTimestamp64Milli(begun_at)", merged: true},
		{table: "patrol_texts", by: "round_id", merged: true},
		{table: "findings", by: "report_id", merged: true},
		{table: "finding_verdicts", by: "event_id", merged: true},
		{table: "samples", by: "event_id", merged: true},
		{table: "sampled_records", by: "event_id", merged: true},
		{table: "sample_verdicts", by: "event_id", merged: true},
		{table: "removals", by: "concat(kind, ' ', toString(toUnixTimestamp64Milli(before)))", rows: "toUInt64(1)", only: "finished = 1"},
		{table: "removed_contents", by: "toUnixTimestamp64Milli(before)", merged: true},
		{table: "removed_versions", by: "toUnixTimestamp64Milli(before)", merged: true},
		{table: "removed_rejects", by: "toUnixTimestamp64Milli(before)", merged: true},
	}
	for _, table := range LoadTables() {
		held = append(held, heldTable{table: table, by: "load_id"})
	}
	return held
}

// heldParts are the tables of prepared answers about very many units, of which as many rows must be there as were computed.
func heldParts() []heldTable {
	held := []heldTable{{table: "edition_layers", by: "edition_id"}}
	for _, table := range PartTables() {
		held = append(held, heldTable{table: table, by: "layer_id"})
	}
	return held
}

// OfParts says of a row of holdings that it is of a part, of today's tables or those of before.
const OfParts = "(table_name IN ('facts', 'faults') OR startsWith(table_name, 'kept_'))"

// derivedTables can be emptied: what they hold is computed, or fetched, again.
func derivedTables() []string {
	return append([]string{"editions", "editions_begun", "edition_layers", "pages", "content_rounds"}, PartTables()...)
}

// counted is a question for the holdings of a table as they are now: table_name, holding, rows; final, as they will be when all parts are merged.
func (h heldTable) counted(condition string, final bool) string {
	rows := h.rows
	if rows == "" {
		rows = "count()"
	}
	var conditions []string
	for _, one := range []string{h.only, condition} {
		if one != "" {
			conditions = append(conditions, "("+one+")")
		}
	}
	where := ""
	if len(conditions) > 0 {
		where = " WHERE " + strings.Join(conditions, " AND ")
	}
	from := h.table
	if final && h.merged {
		from += " FINAL"
	}
	return fmt.Sprintf("SELECT '%s' AS table_name, toString(%s) AS holding, %s AS rows FROM %s%s GROUP BY holding", h.table, h.by, rows, from, where)
}

// countedAll is the question for the holdings of tables.
func countedAll(tables []heldTable, condition string, final bool) string {
	questions := make([]string, 0, len(tables))
	for _, held := range tables {
		questions = append(questions, held.counted(condition, final))
	}
	return strings.Join(questions, " UNION ALL ")
}

// heldNamed are the tables of these names.
func heldNamed(names ...string) (tables []heldTable) {
	for _, held := range append(heldTables(), heldParts()...) {
		if slices.Contains(names, held.table) {
			tables = append(tables, held)
		}
	}
	return tables
}

// NoteHoldings counts what a collection, load, … has written to tables. The condition picks its rows; holding is its number, for which a row of the
// first table is noted also when it has none, so that what has no holdings is known to have lost them. It may be repeated.
func NoteHoldings(ctx context.Context, s *clickhouse.Store, holding uint64, condition string, tables ...string) error {
	text := fmt.Sprintf(`INSERT INTO holdings (table_name, holding, rows, noted_at) SELECT table_name, holding, max(rows), now64(6, 'UTC') FROM (
		%s UNION ALL SELECT '%s', '%d', toUInt64(0)) GROUP BY table_name, holding`, countedAll(heldNamed(tables...), condition, true), tables[0], holding)
	if err := s.Repeat(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous())), text); err != nil {
		return fmt.Errorf("note how many rows there are of %d: %w", holding, err)
	}
	return nil
}

// ReleaseHoldings lets rows of a table go that are about to be removed: those that a condition holds for. It may be repeated.
func ReleaseHoldings(ctx context.Context, s *clickhouse.Store, table, condition string, arguments ...any) error {
	for _, held := range heldNamed(table) {
		text := fmt.Sprintf(`INSERT INTO holdings (table_name, holding, rows, noted_at)
			SELECT h.table_name, h.holding, least(h.rows, toUInt64(there.rows - going.rows)), greatest(now64(6, 'UTC'), h.at + toIntervalMicrosecond(1))
			FROM (SELECT table_name, holding, argMax(rows, noted_at) AS rows, max(noted_at) AS at FROM holdings WHERE table_name = '%s' GROUP BY table_name, holding) AS h
			INNER JOIN (%s) AS there ON there.table_name = h.table_name AND there.holding = h.holding
			INNER JOIN (%s) AS going ON going.table_name = h.table_name AND going.holding = h.holding`, table, held.counted("", true), held.counted(condition, true))
		if err := s.Conn().Exec(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous())), text, arguments...); err != nil {
			return fmt.Errorf("let rows of %s go: %w", table, err)
		}
	}
	return nil
}

// stockTaken is the step that says that the holdings of what was written by earlier versions of this program have been noted: 1 of most tables, 2 of
// those that were held later.
func stockTaken(number uint32) appliedStep {
	return appliedStep{step{"holdings", number}, "taken"}
}

// takeStock notes, once, the holdings of what was written before holdings were noted.
func takeStock(ctx context.Context, s *clickhouse.Store) error {
	done, err := migrationsDone(ctx, s)
	if err != nil {
		return fmt.Errorf("read the table schema_migrations: %w", err)
	}
	for _, stock := range []struct {
		number uint32
		noted  string // SQL, of holdings: there already, so that only what says that they were noted has been lost
		count  string
	}{
		{1, "true", countedAll(heldTables(), "", true) + " UNION ALL " + saidRows},
		{2, "table_name IN ('looked_rows', 'disputed_units')", countedAll(heldNamed("looked_rows", "disputed_units"), "", true)},
	} {
		if _, taken := done[stockTaken(stock.number).step]; taken {
			continue
		}
		var noted bool
		if err := s.Conn().QueryRow(ctx, "SELECT count() > 0 FROM holdings WHERE "+stock.noted).Scan(&noted); err != nil {
			return fmt.Errorf("look for what was counted: %w", err)
		}
		if !noted {
			err = s.Repeat(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous())), `INSERT INTO holdings (table_name, holding, rows, noted_at)
				SELECT table_name, holding, max(rows), now64(6, 'UTC') FROM (`+stock.count+`) GROUP BY table_name, holding`)
		}
		if err != nil {
			return fmt.Errorf("count what is there: %w", err)
		}
		if err := recordSteps(ctx, s, []appliedStep{stockTaken(stock.number)}); err != nil {
			return err
		}
	}
	return nil
}

// saidRows are what collections say that they wrote, which counts if it is more than is there and the retention policy has not removed any of it.
const saidRows = `SELECT 'record_versions' AS table_name, toString(collection_id) AS holding,
		if((SELECT count() FROM removals WHERE kind = 'versions') = 0, new + changed + withdrawn, 0) AS rows
	FROM collections FINAL WHERE outcome != 'running' UNION ALL
	SELECT 'units', toString(load_id), toUInt64(0) FROM loads UNION ALL
	SELECT 'freeze_files', toString(toUnixTimestamp64Milli(known_at)), toUInt64(0) FROM freezes WHERE finished = 1`

// LoadTables are the tables with the rows of a load, but for loads itself.
func LoadTables() []string {
	return []string{
		"units", "items", "calendar", "exemptions", "site_scores", "observations", "notices", "institutions", "covers",
		"days", "item_periods", "duties", "subtrees", "sought",
	}
}

// PartTables are those with rows of parts.
func PartTables() []string {
	return []string{"facts", "faults", "kept_unit_results", "kept_standings", "kept_item_totals", "kept_month_totals", "kept_due_totals"}
}
