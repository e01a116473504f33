package queries

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2"
)

func (r removing) arguments() []any { return []any{clickhouse.Named("before", epoch(r.before))} }

// countRetained is how many rows sql/retention/NAME.sql finds.
func countRetained(ctx context.Context, s *Store, name string, r removing) (rows uint64, err error) {
	text, err := questionText("retention/" + name)
	if err != nil {
		return 0, err
	}
	row := s.Conn().QueryRow(ctx, "SELECT count() FROM ("+text+")", r.arguments()...)
	return rows, row.Scan(&rows)
}

// noteRetained writes what sql/retention/NAME.sql finds into a table, with when and why it is removed.
func noteRetained(ctx context.Context, s *Store, name, table, columns string, r removing) error {
	text, err := questionText("retention/" + name)
	if err != nil {
		return err
	}
	return s.repeat(ctx, "INSERT INTO "+table+" ("+columns+", removed_at, policy, before) SELECT "+columns+
		", now64(3, 'UTC'), {policy:String}, {before:DateTime64(3)} FROM ("+text+")", append(r.arguments(), clickhouse.Named("policy", r.policy))...)
}

func doomedContents(ctx context.Context, s *Store, r removing) ([]doomed, error) {
	rows, err := countRetained(ctx, s, "contents", r)
	return []doomed{{"contents", "seen < {before:DateTime64(3)}", rows, r.arguments()}}, err
}

func noteContents(ctx context.Context, s *Store, r removing) error {
	return noteRetained(ctx, s, "contents", "removed_contents", "source, record_id, version, seen, bytes, content_hash, sha256", r)
}

// doomedVersions names the versions that noteVersions has noted for this horizon, by an interrupted removal too.
func doomedVersions(ctx context.Context, s *Store, r removing) ([]doomed, error) {
	rows, err := countRetained(ctx, s, "versions", r)
	return []doomed{{"record_versions", `NOT moved AND (source, record_id, version) IN (
		SELECT source, record_id, version FROM removed_versions WHERE before = {before:DateTime64(3)})`, rows, r.arguments()}}, err
}

func noteVersions(ctx context.Context, s *Store, r removing) error {
	return noteRetained(ctx, s, "versions", "removed_versions", "source, record_id, version, seen, hash", r)
}

func doomedRejects(ctx context.Context, s *Store, r removing) ([]doomed, error) {
	text, err := questionText("retention/rejects")
	if err != nil {
		return nil, err
	}
	var rows uint64
	err = s.Conn().QueryRow(ctx, "SELECT count() FROM rejected_rows WHERE collection_id IN ("+text+")", r.arguments()...).Scan(&rows)
	return []doomed{{"rejected_rows", "collection_id IN (SELECT collection_id FROM removed_rejects WHERE before = {before:DateTime64(3)})", rows, r.arguments()}}, err
}

func noteRejects(ctx context.Context, s *Store, r removing) error {
	text, err := questionText("retention/rejects")
	if err != nil {
		return err
	}
	return s.repeat(ctx, "INSERT INTO removed_rejects (collection_id, before) SELECT collection_id, {before:DateTime64(3)} FROM ("+text+")", r.arguments()...)
}

// doomedLoads ends with the table loads, by which the rows of the others are found: an interruption leaves nothing that the next removal does not
// find. Meanwhile questions about the time of these loads are refused.
func doomedLoads(ctx context.Context, s *Store, r removing) ([]doomed, error) {
	return doomedBy(ctx, s, "registry", "load_id", append(loadTables(), "loads"), r)
}

// doomedAnswers begins with the editions: what an interruption leaves of their layers belongs to none, and ForgetEditions removes it.
func doomedAnswers(ctx context.Context, s *Store, r removing) ([]doomed, error) {
	tables, err := doomedBy(ctx, s, "answers", "edition_id", []string{"editions", "edition_layers"}, r)
	if err != nil || len(tables) == 0 {
		return tables, err
	}
	for _, table := range LayerTables() {
		// Layers that are being made, and have no edition yet, are younger.
		of := doomed{table, `layer_id < toUnixTimestamp64Micro({before:DateTime64(3)}) AND layer_id NOT IN (
			SELECT layer_id FROM edition_layers WHERE edition_id NOT IN {ids:Array(UInt64)})`, 0, tables[0].arguments}
		if err := countDoomed(ctx, s, &of); err != nil {
			return nil, err
		}
		tables = append(tables, of)
	}
	return tables, nil
}

// doomedBy are the rows of tables that have one of the numbers that sql/retention/NAME.sql finds.
func doomedBy(ctx context.Context, s *Store, name, column string, tables []string, r removing) (rows []doomed, err error) {
	text, err := questionText("retention/" + name)
	if err != nil {
		return nil, err
	}
	var ids []uint64
	if err := s.Conn().QueryRow(ctx, "SELECT groupArray("+column+") FROM ("+text+")", r.arguments()...).Scan(&ids); err != nil || len(ids) == 0 {
		return nil, err
	}
	for _, table := range tables {
		of := doomed{table, column + " IN {ids:Array(UInt64)}", 0, append(r.arguments(), clickhouse.Named("ids", numbers(ids)))}
		if err := countDoomed(ctx, s, &of); err != nil {
			return nil, err
		}
		rows = append(rows, of)
	}
	return rows, nil
}
