package storage_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/querytest"
	"yangguang/queries/storage"
)

const (
	firstSchema  = "-- two tables\nCREATE TABLE a (x Int32) ENGINE = MergeTree ORDER BY x;\nCREATE TABLE b (x Int32) ENGINE = MergeTree ORDER BY x;\n"
	secondSchema = "ALTER TABLE a ADD COLUMN IF NOT EXISTS y Int32 DEFAULT 7;"
	firstView    = "CREATE OR REPLACE VIEW low AS SELECT x, y FROM a WHERE x < {limit:Int32}"
	secondView   = "CREATE OR REPLACE VIEW lower AS SELECT x + 1 AS x FROM low(limit = {limit:Int32})"
)

func schema(files ...string) fstest.MapFS {
	all := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		all[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return all
}

func fullSchema() fstest.MapFS {
	return schema("schema/0001_first.sql", firstSchema, "schema/0002_second.sql", secondSchema, "sql/views/01_low.sql", firstView, "sql/views/02_lower.sql", secondView)
}

func TestMigrateTwice(t *testing.T) {
	querytest.OverBothProtocols(t, func(t *testing.T, store *ask.Asker) {
		for range 2 {
			if err := storage.Migrate(t.Context(), store.Store); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// The numbers of statements of these migrations are small: they are cut before and after each of them.
func TestMigrateAfterAnInterruptionAnywhere(t *testing.T) {
	for _, test := range []struct {
		name       string
		from       fstest.MapFS
		statements int
	}{{"fresh", schema(), 8}, {"further", schema("schema/0001_first.sql", firstSchema), 6}} {
		t.Run(test.name, func(t *testing.T) {
			for cut := 0; ; cut++ {
				for _, done := range []bool{false, true} {
					store := querytest.Empty(t, false)
					if len(test.from) > 0 {
						if err := storage.MigrateFiles(t.Context(), store.Store, test.from); err != nil {
							t.Fatal(err)
						}
					}
					err := storage.MigrateFiles(t.Context(), storage.CutAfter(store.Store, cut, done), fullSchema())
					if err == nil {
						if cut != test.statements {
							t.Errorf("the migration had %d statements, want %d", cut, test.statements)
						}
						return
					}
					if !errors.Is(err, storage.ErrCut) {
						t.Fatal(err)
					}
					if err := storage.MigrateFiles(t.Context(), store.Store, fullSchema()); err != nil {
						t.Fatalf("after a cut at statement %d: %v", cut+1, err)
					}
					querytest.Execute(t, store, "INSERT INTO a (x) VALUES (1)")
					if got := querytest.Number(t, store, "SELECT toInt64(sum(x)) FROM lower(limit = 5)"); got != 2 {
						t.Errorf("after a cut at statement %d the view gave %d, want 2", cut+1, got)
					}
				}
			}
		})
	}
}

// The first migration is recorded at its end: whatever was made before it was interrupted is made again, and nothing is said to be lost.
func TestFirstMigrationAfterAnInterruption(t *testing.T) {
	definitions := func(store *ask.Asker) (all string) {
		row := store.Conn().QueryRow(t.Context(), `SELECT arrayStringConcat(groupArray(line), '\n') FROM (
			SELECT concat(table, ' ', name, ' ', type, ' ', default_expression) AS line FROM system.columns WHERE database = currentDatabase() ORDER BY line)`)
		if err := row.Scan(&all); err != nil {
			t.Fatal(err)
		}
		return all
	}
	undisturbed := querytest.Empty(t, false)
	counted := storage.CutAfter(undisturbed.Store, math.MaxInt, false)
	if err := storage.Migrate(t.Context(), counted); err != nil {
		t.Fatal(err)
	}
	statements := storage.StatementsOf(counted)
	const recording = 5 // the last statements record the steps and take stock
	for _, cut := range []int{1 + rand.IntN(statements-recording), statements - recording} {
		store := querytest.Empty(t, false)
		if err := storage.Migrate(t.Context(), storage.CutAfter(store.Store, cut, true)); !errors.Is(err, storage.ErrCut) {
			t.Fatalf("a migration of %d statements, cut after %d: %v", statements, cut, err)
		}
		if err := storage.CheckTables(t.Context(), store.Store); err != nil {
			t.Errorf("after a cut at statement %d: %v", cut, err)
		}
		if err := storage.Migrate(t.Context(), store.Store); err != nil {
			t.Fatalf("after a cut at statement %d: %v", cut, err)
		}
		if got, want := definitions(store), definitions(undisturbed); got != want {
			t.Errorf("after a cut at statement %d the columns are\n%s\nwant\n%s", cut, got, want)
		}
	}
}

// A database that has lost which migrations it went through, or all that it held, is not taken for one that was never migrated.
func TestLostMigrationsAreMissed(t *testing.T) {
	for name, lose := range map[string][]string{
		"all of an empty database": {"TRUNCATE TABLE schema_migrations"},
		"all but that it has begun": {
			"ALTER TABLE schema_migrations DELETE WHERE file != 'begun' SETTINGS mutations_sync = 2",
			"INSERT INTO notice_events (event_id, notice_id) VALUES (1, 'N1')",
		},
	} {
		t.Run(name, func(t *testing.T) {
			store := querytest.Empty(t, false)
			if err := storage.Migrate(t.Context(), store.Store); err != nil {
				t.Fatal(err)
			}
			querytest.Execute(t, store, lose...)
			var lost *clickhouse.IncompleteError
			if err := storage.CheckTables(t.Context(), store.Store); !errors.As(err, &lost) || lost.Faults[0].Table != "schema_migrations" {
				t.Errorf("the check says %v", err)
			}
			store.SetIncomplete(nil) // so that it can be dropped
		})
	}
}

func TestMigrateFurther(t *testing.T) {
	store := querytest.Empty(t, false)
	if err := storage.MigrateFiles(t.Context(), store.Store, schema("schema/0001_first.sql", firstSchema)); err != nil {
		t.Fatal(err)
	}
	querytest.Execute(t, store, "INSERT INTO a VALUES (1)")
	if err := storage.MigrateFiles(t.Context(), store.Store, fullSchema()); err != nil {
		t.Fatal(err)
	}
	if got := querytest.Number(t, store, "SELECT toInt64(sum(y)) FROM low(limit = 5)"); got != 7 {
		t.Errorf("the new column has %d, want 7", got)
	}
}

func TestMigrateChangedView(t *testing.T) {
	store := querytest.Empty(t, false)
	if err := storage.MigrateFiles(t.Context(), store.Store, fullSchema()); err != nil {
		t.Fatal(err)
	}
	querytest.Execute(t, store, "INSERT INTO a (x) VALUES (1)")
	changed := fullSchema()
	changed["sql/views/01_low.sql"].Data = []byte("CREATE OR REPLACE VIEW low AS SELECT x * 10 AS x, y FROM a WHERE x < {limit:Int32}")
	if err := storage.MigrateFiles(t.Context(), store.Store, changed); err != nil {
		t.Fatal(err)
	}
	if got := querytest.Number(t, store, "SELECT toInt64(sum(x)) FROM lower(limit = 50)"); got != 11 {
		t.Errorf("the view gave %d, want 11", got)
	}
}

func TestMigrateRefusesANewerDatabase(t *testing.T) {
	store := querytest.Empty(t, false)
	newer := fullSchema()
	newer["schema/0003_third.sql"] = &fstest.MapFile{Data: []byte("CREATE TABLE c (x Int32) ENGINE = MergeTree ORDER BY x")}
	if err := storage.MigrateFiles(t.Context(), store.Store, newer); err != nil {
		t.Fatal(err)
	}
	err := storage.MigrateFiles(t.Context(), store.Store, fullSchema())
	var refused *storage.NewerDatabaseError
	if !errors.As(err, &refused) {
		t.Fatalf("migrating a newer database gave %v", err)
	}
	if refused.Migration != "schema/0003_third.sql" || refused.Database != store.Database() {
		t.Errorf("the error names %s in %s", refused.Migration, refused.Database)
	}
}

func TestMigrateRefusesAChangedPast(t *testing.T) {
	for _, test := range []struct {
		name, text string
		refused    int // statement, 0: none
	}{
		{"another comment", "CREATE TABLE a\n(x Int32) ENGINE = MergeTree ORDER BY x; /* more */ CREATE TABLE b (x Int32) ENGINE = MergeTree ORDER BY x", 0},
		{"another type", "CREATE TABLE a (x Int32) ENGINE = MergeTree ORDER BY x; CREATE TABLE b (x Int64) ENGINE = MergeTree ORDER BY x", 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			store := querytest.Empty(t, false)
			if err := storage.MigrateFiles(t.Context(), store.Store, schema("schema/0001_first.sql", firstSchema)); err != nil {
				t.Fatal(err)
			}
			err := storage.MigrateFiles(t.Context(), store.Store, schema("schema/0001_first.sql", test.text))
			var changed *storage.ChangedMigrationError
			switch {
			case test.refused == 0 && err != nil:
				t.Errorf("refused: %v", err)
			case test.refused != 0 && (!errors.As(err, &changed) || changed.Statement != test.refused):
				t.Errorf("a changed statement %d gave %v", test.refused, err)
			}
		})
	}
}

func TestMigrateNamesTheFileThatFails(t *testing.T) {
	store := querytest.Empty(t, false)
	err := storage.MigrateFiles(t.Context(), store.Store, schema("schema/0001_bad.sql", "CREATE TABLE a (x Int32) ENGINE = MergeTree ORDER BY x; CREATE TABLE wrong"))
	if err == nil || !strings.Contains(err.Error(), "schema/0001_bad.sql") || !strings.Contains(err.Error(), "statement 2") {
		t.Errorf("a bad statement gave %v", err)
	}
}
