package queries_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
)

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// An item is read as it was written, what only items of some cadences have included.
func TestSaveEventItem(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	load := querytest.SampleLoad()
	event := load.Registry.Items[0]
	event.ID, event.Name, event.Aliases, event.Cadence, event.NilReturn = "E1", "干部任免", []string{}, "event", "quarterly"
	load.Registry.Items = append(load.Registry.Items, event)
	if _, _, err := registry.Save(ctx, store.Store, load); err != nil {
		t.Fatal(err)
	}
	items, err := registry.ItemsInForce(ctx, store.Store)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(load.Registry.Items, func(a, b model.Item) int { return strings.Compare(a.ID, b.ID) })
	if diff := cmp.Diff(load.Registry.Items, items); diff != "" {
		t.Errorf("items in force (-want +got):\n%s", diff)
	}
}

func TestSaveLoad(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	if _, err := registry.InForce(ctx, store.Store); !errors.Is(err, model.ErrNoRegistry) {
		t.Fatalf("before any load: %v, want ErrNoRegistry", err)
	}
	load := querytest.SampleLoad()
	first, saved, err := registry.Save(ctx, store.Store, load)
	if err != nil || !saved {
		t.Fatalf("first load: saved %t, %v", saved, err)
	}
	got, err := registry.InForce(ctx, store.Store)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(load.Registry, got); diff != "" {
		t.Errorf("registry in force (-want +got):\n%s", diff)
	}
	again, saved, err := registry.Save(ctx, store.Store, querytest.SampleLoad())
	if err != nil || saved || again != first {
		t.Errorf("the same again: load %d, saved %t, %v; want %d, not saved", again, saved, err, first)
	}
	load.Registry.Units[2].Name, load.BackdatingToleranceDays = "李庄村委会", 5
	second, saved, err := registry.Save(ctx, store.Store, load)
	if err != nil || !saved || second <= first {
		t.Fatalf("changed load: %d after %d, saved %t, %v", second, first, saved, err)
	}
	if got, err = registry.InForce(ctx, store.Store); err != nil || got.Units[2].Name != "李庄村委会" {
		t.Errorf("changed unit: %v, %v", got.Units, err)
	}
	checkRules(t, store)

	var ancestors []string
	if err := store.Conn().QueryRow(ctx, `SELECT ancestors FROM units WHERE unit_id = 'V1' AND name = '李庄村委会'`).Scan(&ancestors); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"V1", "T1", "C1"}, ancestors); diff != "" {
		t.Errorf("ancestors (-want +got):\n%s", diff)
	}
	var weights []uint32
	if err := store.Conn().QueryRow(ctx, `SELECT [coverage_weight, timeliness_weight, procedure_weight, placement_weight, essential_weight, obligatory_weight,
		recommended_weight, yellow_card_deduction, overdue_deduction, deduction_limit, excellent_from, good_from, pass_from, verified_from, min_assessed,
		venue_weight, publicity_weight] FROM loads LIMIT 1`).Scan(&weights); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]uint32{8, 6, 3, 3, 3, 2, 1, 500, 200, 2000, 9500, 8500, 6000, 9000, 1, 1, 1}, weights); diff != "" {
		t.Errorf("assessment (-want +got):\n%s", diff)
	}
	var duties, periods uint64
	if err := store.Conn().QueryRow(ctx, `SELECT (SELECT count() FROM duties), (SELECT countIf(period = '2026Q3' AND due_on = '2026-10-15') FROM item_periods)`).Scan(&duties, &periods); err != nil {
		t.Fatal(err)
	}
	if duties != 4 || periods != 2 {
		t.Errorf("%d duties and %d periods, want 4 and 2 (two loads)", duties, periods)
	}
}

// checkRules asks for the settings of two loads, the second with another tolerance, by when they were known.
func checkRules(t *testing.T, store *ask.Asker) {
	t.Helper()
	var loads []time.Time
	if err := store.Conn().QueryRow(t.Context(), `SELECT arraySort(groupArray(loaded_at)) FROM loads`).Scan(&loads); err != nil || len(loads) != 2 {
		t.Fatalf("loads %v, %v", loads, err)
	}
	question := model.Question{}.WithDefaults(day(2026, 11, 1))
	for name, test := range map[string]struct {
		knownAt   time.Time
		tolerance uint16
		loaded    time.Time
	}{"now": {time.Time{}, 5, loads[1]}, "then": {loads[0], 3, loads[0]}, "since": {loads[1], 5, loads[1]}} {
		question.KnownAt = test.knownAt
		rules, err := ask.Run(t.Context(), store, ask.RulesInForce, question)
		if err != nil || rules.ToleranceDays != test.tolerance || !rules.LoadedAt.Equal(test.loaded) || rules.Timezone != "Asia/Shanghai" {
			t.Errorf("%s: %+v, %v", name, rules, err)
			continue
		}
		rest := uint64(5) // 1 October is a holiday; two weekends
		want := &model.DueExample{
			ItemID: "G1", Item: "党费收缴", Cadence: "quarterly", DueDays: 10, DayKind: "working", Period: "2026Q3", EndOn: day(2026, 9, 30), DueOn: day(2026, 10, 15), RestDays: &rest,
		}
		if diff := cmp.Diff(want, rules.Example); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if diff := cmp.Diff("8", rules.Assessment.Score.Coverage.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	question.KnownAt = loads[0].Add(-time.Hour)
	var user *model.UserError
	if _, err := ask.Run(t.Context(), store, ask.RulesInForce, question); !errors.As(err, &user) {
		t.Errorf("before the first load: %v", err)
	}
}

func TestInterruptedLoadIsRemoved(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	underWay := uint64(time.Now().UnixMilli())
	for _, id := range []uint64{1, underWay} {
		if err := store.Conn().Exec(ctx, `INSERT INTO covers VALUES (?, 'ledgers', '*', '*')`, id); err != nil {
			t.Fatal(err)
		}
	}
	saved, _, err := registry.Save(ctx, store.Store, querytest.SampleLoad())
	if err != nil {
		t.Fatal(err)
	}
	var left []uint64
	if err := store.Conn().QueryRow(ctx, `SELECT arraySort(groupArray(load_id)) FROM covers`).Scan(&left); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]uint64{underWay, saved}, left); diff != "" {
		t.Errorf("loads with covers (-want +got): the interrupted one must be gone, the one under way must stay\n%s", diff)
	}
}

func TestSaveLoadRefuses(t *testing.T) {
	store := querytest.Store(t)
	for name, change := range map[string]func(*registry.Load){
		"an unknown parent": func(l *registry.Load) { l.Registry.Units[1].ParentID = "X" },
		"a circle":          func(l *registry.Load) { l.Registry.Units[0].ParentID = "V1" },
		"an invalid assessment": func(l *registry.Load) {
			l.Assessment.Ratings.Pass = l.Assessment.Score.Coverage
			l.Assessment.Ratings.Good = l.Assessment.Score.Procedure
		},
	} {
		t.Run(name, func(t *testing.T) {
			load := querytest.SampleLoad()
			change(&load)
			if _, saved, err := registry.Save(t.Context(), store.Store, load); err == nil || saved {
				t.Errorf("saved %t, error %v; want an error", saved, err)
			}
		})
	}
	if _, err := registry.InForce(t.Context(), store.Store); !errors.Is(err, model.ErrNoRegistry) {
		t.Errorf("a refused load is in force: %v", err)
	}
}
