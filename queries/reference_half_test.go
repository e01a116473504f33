package queries_test

import (
	"fmt"
	"testing"
	"time"

	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/reference"
)

// A measure that is exactly a half of what is shown is rounded up, even where it is the sum of shares, 30/61 and 31/61, that are no whole
// number of the parts that ClickHouse computes in: 32 class weights, one of them fulfilled, are 0.03125.
func TestExactHalves(t *testing.T) {
	store := querytest.Store(t)
	asOf := day(2026, 11, 22)
	district := reference.District{Tolerance: 3, Covers: []model.Cover{{Source: "s1", UnitID: "*", ItemID: "*"}}}
	district.Collections = []reference.Collection{{Source: "s1", Day: asOf, Outcome: "success"}}
	district.Registry.Units = []model.Unit{{ID: "U1", Name: "一", Tier: "village"}, {ID: "U2", Name: "二", Tier: "village"}, {ID: "U3", Name: "三", Tier: "town"}}
	events := func(unit, item string, number, met int) {
		for i := range number {
			record := reference.Record{
				Source: "s1", ID: fmt.Sprint(unit, item, i), UnitID: unit, ItemID: item, EventID: fmt.Sprint(i), Occurred: day(2026, 3, 2),
				Proposed: day(2026, 3, 1), Reviewed: day(2026, 3, 1), Approved: day(2026, 3, 1), Steps: true,
			}
			if i < met {
				record.Published = day(2026, time.March, 3)
			}
			district.Records = append(district.Records, record)
		}
	}
	for i := range 12 {
		item := model.Item{
			ID: fmt.Sprintf("I%02d", i), Name: "事项", Programme: "party", Tiers: []string{"village", "town"}, Class: "essential", Cadence: "event", DueDays: 1,
			DayKind: "natural", NotBefore: "any",
		}
		switch i {
		case 0:
			item.Class = "recommended"
			events("U1", item.ID, 61, 30)
			events("U2", item.ID, 67, 33)
			events("U3", item.ID, 160, 5)
		case 1:
			item.Class = "recommended"
			events("U1", item.ID, 61, 31)
			events("U2", item.ID, 67, 34)
		default:
			events("U1", item.ID, 1, 0)
			events("U2", item.ID, 1, min(1, i/10))
		}
		district.Registry.Items = append(district.Registry.Items, item)
	}
	saveDistrict(t.Context(), t, store, district)
	for _, scope := range []string{"own", "subtree"} {
		question := model.Question{Scope: scope}.WithDefaults(asOf)
		want := district.Ranking(question)
		compareRows(t, "ranking", question, want, streamRows(t.Context(), t, store, "ranking", question))
		if coverage := want[len(want)-1]["coverage"]; coverage != "0.0313" {
			t.Errorf("the reference has %s, want 0.0313", coverage)
		}
	}
}
