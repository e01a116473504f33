package retention

import (
	"context"

	"yangguang/queries/clickhouse"
	"yangguang/queries/sql"
	"yangguang/queries/storage"
)

func (r removing) arguments() []any {
	return []any{clickhouse.Named("before", clickhouse.Epoch(r.before))}
}

// countRetained is how many rows sql/retention/NAME.sql finds.
func countRetained(ctx context.Context, s *clickhouse.Store, name string, r removing) (rows uint64, err error) {
	text, err := sql.Text("retention/" + name)
	if err != nil {
		return 0, err
	}
	row := s.Conn().QueryRow(ctx, "SELECT count() FROM ("+text+")", r.arguments()...)
	return rows, row.Scan(&rows)
}

// noteRetained writes what sql/retention/NAME.sql finds into a table, with when and why it is removed.
func noteRetained(ctx context.Context, s *clickhouse.Store, name, table, columns string, r removing) error {
	text, err := sql.Text("retention/" + name)
	if err != nil {
		return err
	}
	return s.Repeat(ctx, "INSERT INTO "+table+" ("+columns+", removed_at, policy, before) SELECT "+columns+
		", now64(3, 'UTC'), {policy:String}, {before:DateTime64(3)} FROM ("+text+")", append(r.arguments(), clickhouse.Named("policy", r.policy))...)
}

func doomedContents(ctx context.Context, s *clickhouse.Store, r removing) ([]storage.Doomed, error) {
	rows, err := countRetained(ctx, s, "contents", r)
	if err != nil {
		return nil, err
	}
	texts := storage.Doomed{Table: "patrol_texts", Condition: "fetched_at < {before:DateTime64(3)}", Arguments: r.arguments()} // the same, as it was read
	err = storage.CountDoomed(ctx, s, &texts)
	return []storage.Doomed{{Table: "contents", Condition: "seen < {before:DateTime64(3)}", Rows: rows, Arguments: r.arguments()}, texts}, err
}

// doomedTexts are readings of patrol that a later one has replaced: of a page that says something else each time there is one for every visit. The first of a
// place stays, which says since when it is known, the first that was understood, and the last, which stands. None of these is ever removed, so that the same
// are found however much of the others is gone.
func doomedTexts(ctx context.Context, s *clickhouse.Store, r removing) ([]storage.Doomed, error) {
	of := storage.Doomed{Table: "patrol_texts", Condition: `fetched_at < {before:DateTime64(3)} AND (source, record_id, place, round_id) NOT IN (
		SELECT source, record_id, place, arrayJoin([min(round_id), minIf(round_id, fault = ''), max(round_id)]) FROM patrol_texts GROUP BY source, record_id, place)`, Rows: 0, Arguments: r.arguments()}
	err := storage.CountDoomed(ctx, s, &of)
	return []storage.Doomed{of}, err
}

func noteContents(ctx context.Context, s *clickhouse.Store, r removing) error {
	return noteRetained(ctx, s, "contents", "removed_contents", "source, record_id, version, seen, bytes, content_hash, sha256", r)
}

// doomedVersions names the versions that noteVersions has noted for this horizon, by an interrupted removal too.
func doomedVersions(ctx context.Context, s *clickhouse.Store, r removing) ([]storage.Doomed, error) {
	rows, err := countRetained(ctx, s, "versions", r)
	return []storage.Doomed{{Table: "record_versions", Condition: `NOT moved AND (source, record_id, version) IN (
		SELECT source, record_id, version FROM removed_versions WHERE before = {before:DateTime64(3)})`, Rows: rows, Arguments: r.arguments()}}, err
}

func noteVersions(ctx context.Context, s *clickhouse.Store, r removing) error {
	return noteRetained(ctx, s, "versions", "removed_versions", "source, record_id, version, seen, hash", r)
}

func doomedRejects(ctx context.Context, s *clickhouse.Store, r removing) ([]storage.Doomed, error) {
	text, err := sql.Text("retention/rejects")
	if err != nil {
		return nil, err
	}
	var rows uint64
	err = s.Conn().QueryRow(ctx, "SELECT count() FROM rejected_rows WHERE collection_id IN ("+text+")", r.arguments()...).Scan(&rows)
	return []storage.Doomed{{Table: "rejected_rows", Condition: "collection_id IN (SELECT collection_id FROM removed_rejects WHERE before = {before:DateTime64(3)})", Rows: rows, Arguments: r.arguments()}}, err
}

func noteRejects(ctx context.Context, s *clickhouse.Store, r removing) error {
	text, err := sql.Text("retention/rejects")
	if err != nil {
		return err
	}
	return s.Repeat(ctx, "INSERT INTO removed_rejects (collection_id, before) SELECT collection_id, {before:DateTime64(3)} FROM ("+text+")", r.arguments()...)
}

// doomedLoads ends with the table loads, by which the rows of the others are found: an interruption leaves nothing that the next removal does not
// find. Meanwhile questions about the time of these loads are refused.
func doomedLoads(ctx context.Context, s *clickhouse.Store, r removing) ([]storage.Doomed, error) {
	return doomedBy(ctx, s, "registry", "load_id", append(storage.LoadTables(), "loads"), r)
}

// doomedAnswers begins with the snapshots: what an interruption leaves of their parts belongs to none, and Forget removes it.
func doomedAnswers(ctx context.Context, s *clickhouse.Store, r removing) ([]storage.Doomed, error) {
	tables, err := doomedBy(ctx, s, "answers", "edition_id", []string{"editions", "edition_layers"}, r)
	if err != nil || len(tables) == 0 {
		return tables, err
	}
	for _, table := range storage.PartTables() {
		// Parts that are being made, and have no snapshot yet, are younger.
		of := storage.Doomed{Table: table, Condition: `layer_id < toUnixTimestamp64Micro({before:DateTime64(3)}) AND layer_id NOT IN (
			SELECT layer_id FROM edition_layers WHERE edition_id NOT IN {ids:Array(UInt64)})`, Rows: 0, Arguments: tables[0].Arguments}
		if err := storage.CountDoomed(ctx, s, &of); err != nil {
			return nil, err
		}
		tables = append(tables, of)
	}
	return tables, nil
}

// doomedBy are the rows of tables that have one of the numbers that sql/retention/NAME.sql finds.
func doomedBy(ctx context.Context, s *clickhouse.Store, name, column string, tables []string, r removing) (rows []storage.Doomed, err error) {
	text, err := sql.Text("retention/" + name)
	if err != nil {
		return nil, err
	}
	var ids []uint64
	if err := s.Conn().QueryRow(ctx, "SELECT groupArray("+column+") FROM ("+text+")", r.arguments()...).Scan(&ids); err != nil || len(ids) == 0 {
		return nil, err
	}
	for _, table := range tables {
		of := storage.Doomed{Table: table, Condition: column + " IN {ids:Array(UInt64)}", Rows: 0, Arguments: append(r.arguments(), clickhouse.Named("ids", clickhouse.Numbers(ids)))}
		if err := storage.CountDoomed(ctx, s, &of); err != nil {
			return nil, err
		}
		rows = append(rows, of)
	}
	return rows, nil
}
