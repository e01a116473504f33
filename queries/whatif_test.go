package queries_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/reference"
	"yangguang/queries/registry"
	"yangguang/queries/whatif"
)

// What a registry would change is what putting it in force changes, cell by cell; and nothing is stored before. -rapid.checks tries more.
func TestWhatIfIsWhatLoadingGives(t *testing.T) {
	checks(t, 3)
	store := querytest.Store(t)
	rapid.Check(t, func(rt *rapid.T) {
		ctx, district := t.Context(), drawDistrict(rt)
		saveDistrict(ctx, rt, store, district)
		question := drawQuestion(rt, district)
		question.Unit, question.Scope = "", "own"
		if rapid.Bool().Draw(rt, "facts are stored") {
			streamRows(ctx, rt, store, "obligations", question)
		}
		load := drawChanged(rt, district)
		if !slices.ContainsFunc(load.Registry.Units, func(unit model.Unit) bool { return unit.ID == question.Within }) {
			question.Within = ""
		}
		stored := rowCounts(ctx, rt, store)
		draft, err := whatif.Open(ctx, store.Facts, load, question)
		if err != nil {
			rt.Fatal(err)
		}
		draft.AtOnce = uint64(between(1, 100).Draw(rt, "units at once"))
		result, err := draft.Compare(ctx, 1_000_000, nil, nil)
		if err != nil {
			rt.Fatal(err)
		}
		tried := map[string][2][]reference.Row{}
		for _, report := range []string{"obligations", "lapsed", "ranking", "items", "summary", "sites", "notices"} {
			asked := draft.Question()
			tried[report] = [2][]reference.Row{
				streamRows(draft.Before(ctx), rt, draft.Asker(), report, asked), streamRows(draft.After(ctx), rt, draft.Asker(), report, asked),
			}
		}
		if err := draft.Close(); err != nil {
			rt.Fatal(err)
		}
		if now := rowCounts(ctx, rt, store); !maps.Equal(stored, now) {
			rt.Fatalf("rows before %v, after %v", stored, now)
		}
		loaded := map[string][2][]reference.Row{}
		for side := range 2 {
			if side == 1 {
				if _, _, err := registry.Save(ctx, store.Store, load); err != nil {
					rt.Fatal(err)
				}
			}
			for report := range tried {
				sides := loaded[report]
				sides[side] = streamRows(ctx, rt, store, report, question)
				loaded[report] = sides
			}
		}
		for report, sides := range tried {
			compareRows(rt, report, question, loaded[report][0], sides[0])
			compareRows(rt, report, question, loaded[report][1], sides[1])
		}
		compareMovedUnits(rt, result, loaded["ranking"])
		compareMovedObligations(rt, result, loaded["obligations"], loaded["lapsed"])
		compareMovedGroups(rt, result, loaded["summary"])
	})
}

// drawChanged is another registry of about the same units and items, or the same with another assessment.
func drawChanged(t *rapid.T, district reference.District) registry.Load {
	load := registry.Load{
		Registry: district.Registry, Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai", Since: district.Since,
		BackdatingToleranceDays: uint16(district.Tolerance), Covers: district.Covers, Program: "test",
	}
	if !chance(t, 3) {
		other := drawDistrict(t)
		switch between(0, 3).Draw(t, "what changes") {
		case 0:
			load.Registry, load.Covers = other.Registry, other.Covers
		case 1:
			load.Registry.Items = other.Registry.Items
			load.Registry.Exemptions, load.Registry.Notices = nil, nil
		case 2:
			load.Registry.Calendar = other.Registry.Calendar
		case 3:
			load.Covers, load.Since, load.BackdatingToleranceDays = nil, other.Since, uint16(other.Tolerance)
		}
	}
	a := &load.Assessment
	if chance(t, 2) {
		a.Score.Coverage, a.Score.Timeliness = model.Whole(int64(between(0, 9).Draw(t, "coverage"))), model.Whole(int64(between(1, 9).Draw(t, "timeliness")))
		a.Classes.Essential, a.MinAssessed = model.Whole(int64(between(1, 9).Draw(t, "essential"))), uint32(between(0, 3).Draw(t, "min_assessed"))
		a.Ratings.Pass = model.Hundredths(int64(between(3000, 8000).Draw(t, "pass")))
	}
	return load
}

// rowCounts are of all tables of the database.
func rowCounts(ctx context.Context, t rapid.TB, store *ask.Asker) map[string]uint64 {
	var tables []struct {
		Name string `ch:"name"`
	}
	counts := map[string]uint64{}
	err := store.Conn().Select(ctx, &tables, "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'")
	for _, table := range tables {
		var rows uint64
		if err == nil {
			err = store.Conn().QueryRow(ctx, "SELECT count() FROM "+table.Name+" SETTINGS final = 1").Scan(&rows) // merges take rows away that count no more
		}
		counts[table.Name] = rows
	}
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

func by(rows []reference.Row, key string) map[string]reference.Row {
	found := map[string]reference.Row{}
	for _, row := range rows {
		found[row[key]] = row
	}
	return found
}

func compareMovedUnits(t rapid.TB, result whatif.Result, ranking [2][]reference.Row) {
	before, after := by(ranking[0], "unit_id"), by(ranking[1], "unit_id")
	moved := map[string]model.MovedUnit{}
	for _, unit := range result.Units {
		moved[unit.UnitID] = unit
		for key, sides := range map[string][2]string{
			"score": {written(unit.ScoreBefore, model.Score), written(unit.ScoreAfter, model.Score)}, "rating": {unit.RatingBefore, unit.RatingAfter},
			"coverage": {written(unit.CoverageBefore, model.Ratio), written(unit.CoverageAfter, model.Ratio)}, "timeliness": {written(unit.TimelinessBefore, model.Ratio), written(unit.TimelinessAfter, model.Ratio)},
			"assessed": {written(unit.AssessedBefore, model.Count), written(unit.AssessedAfter, model.Count)}, "lapsed": {written(unit.LapsedBefore, model.Count), written(unit.LapsedAfter, model.Count)},
			"carried_lapsed": {written(unit.CarriedLapsedBefore, model.Count), written(unit.CarriedLapsedAfter, model.Count)}, "unverified": {written(unit.UnverifiedBefore, model.Count), written(unit.UnverifiedAfter, model.Count)},
		} {
			if before[unit.UnitID][key] != sides[0] || after[unit.UnitID][key] != sides[1] {
				t.Fatalf("%s of %s: %q; want %q, %q", key, unit.UnitID, sides, before[unit.UnitID][key], after[unit.UnitID][key])
			}
		}
	}
	for _, id := range slices.Compact(slices.Sorted(maps.Keys(before))) {
		x, y := before[id], after[id]
		for _, key := range []string{"score", "rating", "coverage", "timeliness", "verified", "assessed", "on_time", "late", "lapsed", "carried_lapsed", "pending", "unverified", "exempt"} {
			if _, told := moved[id]; x[key] != y[key] && !told {
				t.Fatalf("%s of %s moves from %q to %q and is not told", key, id, x[key], y[key])
			}
		}
	}
	for id := range after {
		if before[id] == nil && moved[id].Change != "appears" {
			t.Fatalf("%s appears and is told as %q", id, moved[id].Change)
		}
	}
}

func written[V any](value *V, kind model.Kind) string {
	if value == nil {
		return ""
	}
	return writtenCell(*value, kind)
}

// compareMovedObligations takes from those of before what moves, adds what it becomes, and has those of after.
func compareMovedObligations(t rapid.TB, result whatif.Result, obligations, lapsed [2][]reference.Row) {
	var sides [2]map[string]int
	for side := range sides {
		sides[side] = map[string]int{}
		counted := map[string]int{} // those of the window that are lapsed are in both reports
		for _, row := range obligations[side] {
			sides[side][obligationOf(row)]++
			counted[obligationOf(row)]++
		}
		for _, row := range lapsed[side] {
			if key := obligationOf(row); counted[key] > 0 {
				counted[key]--
			} else {
				sides[side][key]++
			}
		}
	}
	for _, row := range result.Obligations {
		key := func(due, state, delay string) string {
			return fmt.Sprint(row.UnitID, " ", row.ItemID, " ", row.Period, " ", due, " ", state, " ", delay)
		}
		if row.Change != "appears" {
			sides[0][key(written(row.DueOnBefore, model.Date), row.StateBefore, written(row.DelayDaysBefore, model.Days))]--
		}
		if row.Change != "vanishes" {
			sides[0][key(written(row.DueOnAfter, model.Date), row.StateAfter, written(row.DelayDaysAfter, model.Days))]++
		}
	}
	maps.DeleteFunc(sides[0], func(_ string, count int) bool { return count == 0 })
	if !maps.Equal(sides[0], sides[1]) {
		t.Fatalf("obligations: got %v\nwant %v\nmoved %v", sides[0], sides[1], result.Obligations)
	}
}

func obligationOf(row reference.Row) string {
	return fmt.Sprint(row["unit_id"], " ", row["item_id"], " ", row["period"], " ", row["due_on"], " ", row["state"], " ", row["delay_days"])
}

func compareMovedGroups(t rapid.TB, result whatif.Result, summary [2][]reference.Row) {
	before, after := by(summary[0], "group"), by(summary[1], "group")
	for _, group := range result.Groups {
		name := group.After.Group
		for side, row := range []model.SummaryRow{group.Before, group.After} {
			want := []reference.Row{before[name], after[name]}[side]
			got := reference.Row{"units": fmt.Sprint(row.Units), "coverage": written(row.Coverage, model.Ratio), "lapsed": fmt.Sprint(row.Lapsed), "clear_units": written(row.ClearUnits, model.Ratio)}
			for key, value := range got {
				if want[key] != value {
					t.Fatalf("%s of %s: %q, want %q", key, name, value, want[key])
				}
			}
		}
	}
}
