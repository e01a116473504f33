package ask_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/ask"
	"yangguang/queries/querytest"
)

// Parts, groups and totals of the lapses are those of the report.
func testLapsesInParts(t *testing.T, store *ask.Asker) {
	asked := querytest.Question()
	all, err := ask.Run(t.Context(), store, ask.Lapsed, asked)
	if err != nil {
		t.Fatal(err)
	}
	part, err := ask.Run(t.Context(), store, ask.LapsedPart(7, 3), asked)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(all[3:10], part); diff != "" {
		t.Error(diff)
	}
	totals, err := ask.Run(t.Context(), store, ask.LapseTotals, asked)
	if err != nil {
		t.Fatal(err)
	}
	sum := map[string]uint64{}
	for _, band := range totals {
		sum[band.Band] = band.Lapsed
	}
	if got := sum["to_7"] + sum["to_30"] + sum["to_90"] + sum["over_90"]; got != uint64(len(all)) || sum["all"] != got {
		t.Errorf("totals %v, want %d", sum, len(all))
	}
	for _, by := range []string{"unit", "item"} {
		groups, err := ask.Run(t.Context(), store, ask.LapsedGroups(by, 2, 10, 0), asked)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]uint64{}
		for _, group := range groups {
			got[group.ID] = group.Lapsed
			if len(group.Others) > 2 || group.OtherSum < uint64(len(group.Others)) || group.Found != uint64(len(groups)) {
				t.Errorf("%+v", group)
			}
		}
		want := map[string]uint64{}
		for _, lapse := range all {
			want[map[string]string{"unit": lapse.UnitID, "item": lapse.ItemID}[by]]++
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("by %s: %s", by, diff)
		}
	}
}
