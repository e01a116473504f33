package storage_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
	"yangguang/queries/storage"
)

// storedDirectory is the directory of a database of its own with three collections of a source, closed, and what they wrote.
func storedDirectory(t *testing.T) string {
	t.Helper()
	directory := t.TempDir()
	inDirectory(t, directory, func(store *clickhouse.Store) {
		if err := storage.Migrate(t.Context(), store); err != nil {
			t.Fatal(err)
		}
		if _, _, err := registry.Save(t.Context(), store, smallLoad()); err != nil {
			t.Fatal(err)
		}
		for round := range 3 { // the last takes the place of the first one's looked rows
			started := time.Date(2026, 7, 1+round, 8, 0, 0, 0, time.UTC)
			c, err := records.Begin(t.Context(), store, records.Start{Source: "台账", Kind: "ledger", Started: started, Day: civil.From(started, time.UTC)})
			if err != nil {
				t.Fatal(err)
			}
			batch := records.NewBatch(100)
			for i := range uint64(100) {
				id := string(rune('a'+round)) + time.Duration(i).String()
				batch.Add(&records.RecordVersion{Version: c.FirstVersion + i, RecordID: id, UnitID: "T1", ItemID: "A1", Title: id, EventKey: id, Hash: 1 + i})
			}
			rejects := []records.RejectedRow{{Place: "a.csv:3", Reason: "unit: unknown", Content: "{}"}}
			if err := errors.Join(c.StageRecords(t.Context(), batch), c.StageRejects(t.Context(), rejects), c.NoteRows(t.Context(), records.Passed{})); err != nil {
				t.Fatal(err)
			}
			querytest.Execute(t, store, fmt.Sprintf("INSERT INTO disputed_units (source, collection_id, unit_id) VALUES ('台账', %d, 'T1')", c.ID()))
			counts, err := c.Publish(t.Context(), records.Publication{Whole: true})
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Finish(t.Context(), started.Add(time.Minute), counts, records.Ending{Outcome: model.Look}); err != nil {
				t.Fatal(err)
			}
		}
		querytest.Execute(t, store, "OPTIMIZE TABLE looked_rows FINAL")
		if err := storage.Check(t.Context(), store, -1); err != nil {
			t.Fatalf("a database that nothing happened to: %v", err)
		}
	})
	return directory
}

func smallLoad() registry.Load {
	return registry.Load{
		Registry: model.Registry{
			Units: []model.Unit{{ID: "X", Name: "区", Tier: "committee"}, {ID: "T1", Name: "东镇", Tier: "town", ParentID: "X"}},
			Items: []model.Item{{ID: "A1", Name: "党费", Programme: "party", Tiers: []string{"town"}, Class: "obligatory", Cadence: "monthly", DueDays: 5, DayKind: "natural"}},
		},
		Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai",
	}
}

// inDirectory opens a database for as long as do takes.
func inDirectory(t *testing.T, directory string, do func(*clickhouse.Store)) {
	t.Helper()
	running, err := engine.Start(t.Context(), engine.Options{DataDir: directory, Command: querytest.Command(t)})
	if err != nil {
		t.Fatal(err)
	}
	store, err := clickhouse.Open(t.Context(), clickhouse.Options{Engine: running})
	if err != nil {
		t.Fatal(err)
	}
	do(store)
	if err := errors.Join(store.Close(), running.Close()); err != nil {
		t.Fatal(err)
	}
}

// partsOf are the directories of a table's parts, the largest first, and the file that defines it.
func partsOf(t *testing.T, directory, table string) (parts []string, definition string) {
	t.Helper()
	definitions, err := filepath.Glob(filepath.Join(directory, "data/store/*/*/"+table+".sql"))
	if err != nil || len(definitions) != 1 {
		t.Fatalf("definitions of %s: %v %v", table, definitions, err)
	}
	text, err := os.ReadFile(definitions[0])
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "UUID '")
	uuid, _, _ := strings.Cut(after, "'")
	parts, err = filepath.Glob(filepath.Join(directory, "data/store", uuid[:3], uuid, "all_*"))
	if err != nil || len(parts) == 0 {
		t.Fatalf("parts of %s: %v %v", table, parts, err)
	}
	size := func(part string) int64 {
		info, err := os.Stat(filepath.Join(part, "data.bin"))
		if err != nil {
			return 0
		}
		return info.Size()
	}
	slices.SortFunc(parts, func(a, b string) int { return int(size(b) - size(a)) })
	return parts, definitions[0]
}

// damaged changes the middle of a file, or cuts it there.
func damaged(t *testing.T, path string, cut bool) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 4
	if cut {
		content = content[:len(content)/2]
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Whatever a database has lost is found when it is opened, refuses every question, and after a repair it is whole again without it.
func TestLossesAreFoundAndRepaired(t *testing.T) {
	stored := storedDirectory(t)
	for _, test := range []struct {
		name, table string
		file        string // of a part: changed; empty: the part is removed; "table": the table is
		cut         bool
		sources     []string // that must be collected again
		loads       uint64   // that have gone
	}{
		{"records cut", "record_versions", "data.bin", true, []string{"台账"}, 0},
		{"records removed", "record_versions", "", false, []string{"台账"}, 0},
		{"a bit of the number of records", "record_versions", "count.txt", false, []string{"台账"}, 0},
		{"a bit of the names of columns", "record_versions", "columns.txt", false, []string{"台账"}, 0},
		{"a bit of the records by unit", "record_versions", "by_unit.proj/data.bin", false, []string{"台账"}, 0},
		{"collections removed", "collections", "", false, []string{"台账"}, 0},
		{"looked rows removed", "looked_rows", "", false, []string{"台账"}, 0},
		{"disputed units removed", "disputed_units", "", false, []string{"台账"}, 0},
		{"units removed", "units", "", false, nil, 1},
		{"table of duties removed", "duties", "table", false, nil, 1},
		{"counts removed", "holdings", "", false, []string{"台账"}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			directory := t.TempDir()
			if err := os.CopyFS(directory, os.DirFS(stored)); err != nil {
				t.Fatal(err)
			}
			parts, definition := partsOf(t, directory, test.table)
			for _, part := range parts {
				switch test.file {
				case "table":
					part = definition
					fallthrough
				case "":
					if err := os.RemoveAll(part); err != nil {
						t.Fatal(err)
					}
				default:
					damaged(t, filepath.Join(part, test.file), test.cut)
				}
			}
			inDirectory(t, directory, func(store *clickhouse.Store) {
				var incomplete *clickhouse.IncompleteError
				err := storage.CheckTables(t.Context(), store)
				if err == nil {
					err = storage.Check(t.Context(), store, -1)
				}
				if !errors.As(err, &incomplete) || test.table != "holdings" && incomplete.Faults[0].Table != test.table {
					t.Fatalf("the check gave %v", err)
				}
				if _, err := ask.Run(t.Context(), ask.New(facts.New(store)), ask.Ranking, model.Question{}.WithDefaults(time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC))); !errors.As(err, &incomplete) {
					t.Errorf("a question gave %v", err)
				}
				if _, err := facts.New(store).DataVersion(t.Context()); !errors.As(err, &incomplete) {
					t.Errorf("the data's version gave %v", err)
				}
				if _, err := records.Begin(t.Context(), store, records.Start{Source: "台账"}); !errors.As(err, &incomplete) {
					t.Errorf("a collection gave %v", err)
				}
				done, err := storage.Repair(t.Context(), store)
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(done.Sources, test.sources) || done.Loads != test.loads {
					t.Errorf("repaired: sources %v, %d loads", done.Sources, done.Loads)
				}
				if err := errors.Join(store.Complete(), storage.Check(t.Context(), store, -1)); err != nil {
					t.Errorf("after the repair: %v", err)
				}
				if again, err := storage.Repair(t.Context(), store); err != nil || len(again.Faults) > 0 {
					t.Errorf("a second repair found %v, %v", again.Faults, err)
				}
			})
		})
	}
}

// Tables that were not counted by the program that filled them are counted when it is replaced, as they are then.
func TestStockIsTakenAtAnUpgrade(t *testing.T) {
	directory := storedDirectory(t)
	inDirectory(t, directory, func(store *clickhouse.Store) {
		querytest.Execute(t, store, "ALTER TABLE holdings DELETE WHERE table_name IN ('looked_rows', 'disputed_units') SETTINGS mutations_sync = 2")
		querytest.Execute(t, store, "ALTER TABLE schema_migrations DELETE WHERE file = 'holdings' AND statement = 2 SETTINGS mutations_sync = 2")
		for range 2 {
			if err := errors.Join(storage.Migrate(t.Context(), store), storage.Check(t.Context(), store, -1)); err != nil {
				t.Fatal(err)
			}
		}
		querytest.Execute(t, store, "TRUNCATE TABLE looked_rows", "TRUNCATE TABLE disputed_units")
		err := storage.Check(t.Context(), store, -1)
		for _, table := range []string{"looked_rows", "disputed_units"} {
			var incomplete *clickhouse.IncompleteError
			if !errors.As(err, &incomplete) || !slices.ContainsFunc(incomplete.Faults, func(f clickhouse.StorageFault) bool { return f.Table == table }) {
				t.Errorf("%s emptied: %v", table, err)
			}
		}
	})
}

// A source that has lost what rows it had is compared with none: nothing is withdrawn for want of them; and one that has lost which units it left
// out has not looked.
func TestRepairedLooksProveNothing(t *testing.T) {
	directory := storedDirectory(t)
	inDirectory(t, directory, func(store *clickhouse.Store) {
		var last uint64
		if err := store.Conn().QueryRow(t.Context(), "SELECT max(collection_id) FROM collections").Scan(&last); err != nil {
			t.Fatal(err)
		}
		querytest.Execute(t, store, fmt.Sprintf("ALTER TABLE disputed_units DELETE WHERE collection_id = %d SETTINGS mutations_sync = 2", last))
		if _, err := storage.Repair(t.Context(), store); err != nil {
			t.Fatal(err)
		}
		if got := querytest.Number(t, store, "SELECT toInt64(countIf(outcome = 'success') * 10 + countIf(slot > 0)) FROM collections FINAL"); got != 20 {
			t.Errorf("looks and slots left: %d, want 2 and none", got)
		}
	})
}
