package figures

import (
	"fmt"
	"net/http/httptest"
	"testing"
	"time"

	"yangguang/dashboard/language"
	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// A city is many squares: then each town is one, and its units are counted.
func TestTilesOfMany(t *testing.T) {
	bundle, err := language.Load()
	if err != nil {
		t.Fatal(err)
	}
	if err := bundle.Add(page.Files); err != nil {
		t.Fatal(err)
	}
	a := New(page.New(page.Options{Bundle: bundle, Location: time.UTC, Language: "zh", Clock: time.Now}, httptest.NewRequest("GET", "/", nil)))
	units := []model.RankingRow{}
	for town := range 25 {
		county := fmt.Sprintf("C%d", town%2)
		id := fmt.Sprintf("T%02d", town)
		units = append(units, model.RankingRow{UnitID: id, Unit: "镇", Group: "towns", Tier: "town", ParentID: county, Parent: "县" + county, Assessed: 1})
		for village := range 30 {
			units = append(units, model.RankingRow{UnitID: fmt.Sprintf("%s-%d", id, village), Unit: "村", Group: "villages", ParentID: id, Parent: "镇", Assessed: 1, Lapsed: int64(village % 2 * (town % 2)), Unverified: int64(town % 2)})
		}
	}
	units = append(units, model.RankingRow{UnitID: "O1", Unit: "局", Group: "organs", ParentID: "C0", Parent: "县C0", Assessed: 1}, model.RankingRow{UnitID: "O2", Unit: "局", Group: "organs", ParentID: "C1", Parent: "县C1"})
	tiles := a.Tiles(&page.Answer[tiled]{Value: tiled{units: units}})
	if len(tiles.Places) != 27 {
		t.Fatalf("%d places", len(tiles.Places))
	}
	if got := tiles.Places[2]; got.Name.ID+" "+got.Name.Note+" "+got.Mark.Mark+" "+got.About != "T01 县C1 逾 15 / 31 有逾期、15 个未能核实" || got.Name.Href != "/?within=T01" || len(got.Tiles) > 0 {
		t.Errorf("the place with most lapses is %+v", got)
	}
	if first, second := tiles.Places[0].Name, tiles.Places[1].Name; first.Note != "县C0" || second.Note != "县C1" || first.Href != "/?within=C0" {
		t.Errorf("the organs of two counties stand at %+v, %+v", first, second)
	}
	counts := map[string]string{}
	for _, one := range tiles.Legend {
		counts[one.Mark] = one.Note
	}
	if counts["逾"] != "180" || counts["?"] != "180" || counts["–"] != "1" || counts["✓"] != "416" {
		t.Errorf("the legend counts %v", counts)
	}
}
