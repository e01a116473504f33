package ask_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
)

// district is a store with testdata/district: as little as gives every report a row.
func district(t *testing.T) *ask.Asker {
	t.Helper()
	store := querytest.Store(t)
	for _, file := range []string{
		"testdata/district/registry.sql", "../sql/load/days.sql", "../sql/load/item_periods.sql", "../sql/load/duties.sql", "../sql/load/subtrees.sql",
		"testdata/district/records.sql",
	} {
		text, err := os.ReadFile(filepath.FromSlash(file))
		if err != nil {
			t.Fatal(err)
		}
		for _, statement := range strings.Split(string(text), ";\n") {
			err := store.Conn().Exec(t.Context(), statement, clickhouse.Named("load_id", "1"), clickhouse.Named("essential_weight", "3"),
				clickhouse.Named("obligatory_weight", "2"), clickhouse.Named("recommended_weight", "1"))
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
		}
	}
	return store
}

// Every report's query gives just the report's columns, of their kinds, and something of a district that has something of everything.
func TestReportsAnswer(t *testing.T) {
	store := district(t)
	for name, want := range map[string]int{
		"ranking": 2, "obligations": 22, "lapsed": 21, "items": 1, "summary": 5, "sites": 1, "records": 1, "rejects": 1, "notices": 1, "sources": 2,
		"inspections": 1, "observations": 1, "catalogue": 1, "calendar": 1, "exemptions": 1, "audit": 1,
	} {
		t.Run(name, func(t *testing.T) {
			if rows := querytest.Rows(t, store, name, querytest.Question()); len(rows) != want {
				t.Errorf("%d rows, want %d; first %v", len(rows), want, rows[:min(1, len(rows))])
			}
		})
	}
	t.Run("lapses in parts", func(t *testing.T) { testLapsesInParts(t, store) })
}

func TestStreamHoldsItsPromises(t *testing.T) {
	store := district(t)
	t.Run("values are of their kinds", func(t *testing.T) {
		row := querytest.Rows(t, store, "obligations", querytest.Question())[0]
		want := map[string]any{
			"unit": "沙北街道", "class": "essential", "period": "2025-12", "due_on": time.Date(2026, 1, 10, 0, 0, 0, 0, time.UTC),
			"state": "lapsed", "published_on": nil, "backdated": nil, "delay_days": int64(316), "record_id": "",
		}
		got := map[string]any{}
		for key := range want {
			got[key] = row[key]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("an early stop", func(t *testing.T) {
		enough := errors.New("enough")
		report, _ := model.ReportNamed("obligations")
		seen := 0
		err := store.Stream(t.Context(), report, querytest.Question(), func([]any) error { seen++; return enough })
		if !errors.Is(err, enough) || seen != 1 {
			t.Errorf("%v after %d rows", err, seen)
		}
	})
	t.Run("a cancelled context", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		report, _ := model.ReportNamed("obligations")
		if err := store.Stream(ctx, report, querytest.Question(), func([]any) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestWithoutRegistry(t *testing.T) {
	store := querytest.Store(t)
	report, _ := model.ReportNamed("ranking")
	err := store.Stream(t.Context(), report, querytest.Question(), func([]any) error { return nil })
	if !errors.Is(err, model.ErrNoRegistry) {
		t.Errorf("got %v", err)
	}
}

func TestSnapshot(t *testing.T) {
	snapshot, err := district(t).Snapshot(t.Context(), querytest.Question(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	if len(snapshot.Units) != 2 || len(snapshot.Items) != 1 || len(snapshot.Groups) != 5 || len(snapshot.Dues) != 2 {
		t.Fatalf("got %+v", snapshot)
	}
	lapse := model.SnapshotLapse{
		UnitID: "t1", ItemID: "i1", Period: "2025-12", LapsedAfter: time.Date(2026, 1, 10, 0, 0, 0, 0, time.UTC), WorkingDays: 225,
	}
	if diff := cmp.Diff(lapse, snapshot.Lapses[0]); diff != "" {
		t.Error(diff)
	}
	due := model.SnapshotDue{UnitID: "t1", ItemID: "i1", Period: "2026-11", DueOn: time.Date(2026, 12, 10, 0, 0, 0, 0, time.UTC), WorkingDays: 14}
	if diff := cmp.Diff(due, snapshot.Dues[0]); diff != "" {
		t.Error(diff)
	}
	success := time.Date(2026, 11, 21, 22, 0, 7, 5e8, time.UTC)
	sources := []model.SnapshotSource{
		{
			Source: "台账", LastSuccess: &success, LastOutcome: "success", New: 1, Rejected: 1, Collections: 1, DurationSeconds: 7.5,
			DurationCounts: []uint64{0, 0, 1, 1, 1, 1, 1}, DurationBuckets: map[int32]uint64{24: 1},
		},
	} // and not 网站, which was collected once but is not configured
	if diff := cmp.Diff(sources, snapshot.Sources); diff != "" {
		t.Error(diff)
	}
}

func TestCheckUnits(t *testing.T) {
	store := district(t)
	for name, test := range map[string]struct {
		unit, within string
		parameter    string // at fault
	}{
		"none asked":     {"", "", ""},
		"known ones":     {"v1", "t1", ""},
		"unknown unit":   {"v9", "t1", "unit"},
		"unknown within": {"v1", "沙北街道", "within"},
	} {
		t.Run(name, func(t *testing.T) {
			asked := querytest.Question()
			asked.Unit, asked.Within = test.unit, test.within
			var user *model.UserError
			err := store.CheckUnits(t.Context(), asked)
			if errors.As(err, &user) != (test.parameter != "") || user != nil && user.Parameter != test.parameter {
				t.Errorf("got %v", err)
			}
		})
	}
}
