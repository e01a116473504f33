package clickhouse_test

import (
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yangguang/queries/clickhouse"
	"yangguang/queries/querytest"
	"yangguang/queries/sql"

	"github.com/google/go-cmp/cmp"
)

// The engine here has no Keeper, so what a replicated cluster is told can be parsed only: all that the program makes and changes there.
func TestReplicatedStatementsAreParsed(t *testing.T) {
	store := querytest.Empty(t, false)
	cluster := &clickhouse.Cluster{Name: "country-1", Replicated: true}
	parsed, replicated := 0, 0
	for name, statement := range definitions(t) {
		changes := cluster.OnShards(statement)
		if len(changes) == 0 {
			t.Errorf("%s: nothing is done on the shards for\n%s", name, statement)
		}
		for _, change := range changes {
			if !strings.Contains(change, "ON CLUSTER `country-1`") {
				t.Errorf("%s is done on one server only:\n%s", name, change)
			}
			if strings.Contains(change, "MergeTree") {
				replicated++
			}
			if strings.Contains(change, " MergeTree") || strings.Contains(change, " ReplacingMergeTree") || strings.Contains(change, "non_replicated") {
				t.Errorf("%s makes a table that is not replicated:\n%s", name, change)
			}
			var arguments []any
			if !strings.Contains(change, "VIEW") { // whose parameters stay open
				for parameter, value := range map[string]string{"source": "台账", "collection_id": "1", "seen_ms": "1", "known_at": "2026-01-01 00:00:00", "name": "n"} {
					if strings.Contains(change, "{"+parameter+":") {
						arguments = append(arguments, clickhouse.Named(parameter, value))
					}
				}
			}
			if err := store.Conn().Exec(t.Context(), "EXPLAIN AST "+change, arguments...); err != nil {
				t.Errorf("%s: %v\n%s", name, err, change)
			}
			parsed++
		}
	}
	for _, statement := range []string{cluster.OnAll("BACKUP DATABASE a AS b") + " TO Disk('backups', 'c')", cluster.OnAll("RESTORE DATABASE a AS b") + " FROM Disk('backups', 'c')"} {
		if err := store.Conn().Exec(t.Context(), "EXPLAIN AST "+statement); err != nil {
			t.Errorf("%v\n%s", err, statement)
		}
	}
	if parsed < 90 || replicated < 30 {
		t.Errorf("%d statements were parsed, %d of them of replicated tables: some are missing", parsed, replicated)
	}
}

// definitions are the statements of the program's files that make or change tables and views, or delete, each with its file.
func definitions(t *testing.T) iter.Seq2[string, string] {
	t.Helper()
	schema, _ := filepath.Glob("../storage/schema/*.sql")
	others, _ := filepath.Glob("../sql/*/*.sql")
	views, err := sql.ReadViews(os.DirFS("../sql"))
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(string, string) bool) {
		for _, name := range append(schema, others...) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, statement := range clickhouse.Statements(views.SpellOut(strings.ReplaceAll(string(text), "$collection", "1"))) {
				if !clickhouse.OnlyReads(statement) && !strings.HasPrefix(statement, "INSERT") && !yield(name, statement) {
					return
				}
			}
		}
	}
}

func TestStatementsOnShards(t *testing.T) {
	for _, test := range []struct {
		name, statement string
		replicated      bool
		want            []string
	}{
		{"a question", "SELECT 1", false, nil},
		{"an insert", "INSERT INTO units SELECT 1", false, nil},
		{"rows of units", "CREATE TABLE units (unit_id String) ENGINE = MergeTree ORDER BY unit_id -- district", false, []string{
			"CREATE TABLE IF NOT EXISTS units_local (unit_id String) ENGINE = MergeTree ORDER BY unit_id",
			"CREATE TABLE IF NOT EXISTS units AS units_local ENGINE = Distributed('c', currentDatabase(), 'units_local', cityHash64(substringUTF8(unit_id, 1, 6)))",
		}},
		{"rows of no unit, replicated", "CREATE TABLE IF NOT EXISTS pages (a String) ENGINE = ReplacingMergeTree(at) ORDER BY a", true, []string{
			"CREATE TABLE IF NOT EXISTS pages_local ON CLUSTER `c` (a String) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', at) ORDER BY a",
			"CREATE TABLE IF NOT EXISTS pages ON CLUSTER `c` AS pages_local ENGINE = Distributed('c', currentDatabase(), 'pages_local', cityHash64(address))",
		}},
		{"a column", "ALTER TABLE units ADD COLUMN IF NOT EXISTS a String", false, []string{
			"ALTER TABLE units_local ADD COLUMN IF NOT EXISTS a String", "ALTER TABLE units ADD COLUMN IF NOT EXISTS a String",
		}},
		{"a projection", "ALTER TABLE units MATERIALIZE PROJECTION by_unit", false, []string{"ALTER TABLE units_local MATERIALIZE PROJECTION by_unit"}},
		{"parts", "ALTER TABLE collecting_7 MOVE PARTITION ID 'all' TO TABLE record_versions", false, []string{
			"ALTER TABLE collecting_7_local MOVE PARTITION ID 'all' TO TABLE record_versions_local",
		}},
		{"a deletion", "DELETE FROM editions WHERE edition_id NOT IN (SELECT edition_id FROM edition_layers)", true, []string{
			"DELETE FROM editions_local ON CLUSTER `c` WHERE edition_id NOT IN (SELECT edition_id FROM edition_layers)",
		}},
		{"emptied", "TRUNCATE TABLE IF EXISTS editions", false, []string{"TRUNCATE TABLE IF EXISTS editions_local"}},
		{"an end", "DROP TABLE IF EXISTS collecting_7 SYNC", false, []string{"DROP TABLE IF EXISTS collecting_7 SYNC", "DROP TABLE IF EXISTS collecting_7_local SYNC"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			cluster := &clickhouse.Cluster{Name: "c", Replicated: test.replicated}
			if diff := cmp.Diff(test.want, cluster.OnShards(test.statement)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
