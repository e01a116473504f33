package storage_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
	"yangguang/queries/querytest"
	"yangguang/queries/storage"
)

// Earlier programs stored the day of the last look without a record a day early where the server is east of Greenwich.
func TestDaysStoredEarlyAreMended(t *testing.T) {
	for zone, want := range map[string]map[string]string{
		"Asia/Shanghai":    {"daily": "2026-07-09", "weekly": "2026-07-03", "without": "-", "unknown": "2026-06-20"},
		"UTC":              {"daily": "2026-07-08", "weekly": "2026-07-03", "without": "-", "unknown": "2026-06-20"},
		"America/New_York": {"daily": "2026-07-08", "weekly": "2026-07-03", "without": "-", "unknown": "2026-06-20"},
	} {
		t.Run(zone, func(t *testing.T) {
			running, err := engine.Start(t.Context(), engine.Options{DataDir: t.TempDir(), TimeZone: zone, Command: querytest.Command(t)})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := running.Close(); err != nil {
					t.Error(err)
				}
			})
			store, err := clickhouse.Open(t.Context(), clickhouse.Options{Engine: running, Database: "yangguang_before"})
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			if err := storage.MigrateFiles(t.Context(), store, schemaBefore(t, "0027")); err != nil {
				t.Fatal(err)
			}
			for _, statement := range []string{
				`INSERT INTO collections (collection_id, source, day, outcome) SELECT number, 'A', toDate32('2026-07-01') + number, 'success' FROM numbers(9)`,
				`INSERT INTO collections (collection_id, source, day, outcome) VALUES (100, 'B', '2026-07-03', 'success'), (101, 'B', '2026-07-10', 'success'), (102, 'C', '2026-06-21', 'failed')`,
				`INSERT INTO record_versions (source, record_id, version, first_seen, online, unseen_on) VALUES
					('A', 'daily', 1, '2026-07-09 20:00:00', true, '2026-07-08'), ('A', 'daily', 2, '2026-07-09 20:00:00', true, '2026-07-08'),
					('A', 'without', 1, '2026-07-01 04:00:00', true, NULL),
					('B', 'weekly', 1, '2026-07-10 04:00:00', true, '2026-07-02'), ('C', 'unknown', 1, '2026-07-10 04:00:00', true, '2026-06-20')`,
			} {
				if err := store.Conn().Exec(t.Context(), statement); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 { // a migration that is repeated changes nothing
				if err := storage.Migrate(t.Context(), store); err != nil {
					t.Fatal(err)
				}
			}
			var rows []struct {
				RecordID string `ch:"record_id"`
				Day      string `ch:"day"`
			}
			if err := store.Conn().Select(t.Context(), &rows, "SELECT record_id, ifNull(toString(unseen_on), '-') AS day FROM record_versions"); err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, row := range rows {
				if day, known := got[row.RecordID]; known && day != row.Day {
					t.Errorf("versions of %s: %s and %s", row.RecordID, day, row.Day)
				}
				got[row.RecordID] = row.Day
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("days (-want +got):\n%s", diff)
			}
		})
	}
}

// schemaBefore is this program's schema as it was before a migration.
func schemaBefore(t *testing.T, number string) fstest.MapFS {
	t.Helper()
	names, err := filepath.Glob("schema/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Base(name) < number {
			files[name] = &fstest.MapFile{Data: text}
		}
	}
	return files
}
