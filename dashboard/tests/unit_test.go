package tests

import (
	"net/http"
	"strings"
	"testing"

	"yangguang/queries"
)

// testScoreApart: of every unit the score taken apart is the score of the report, and its parts are on the page.
func testScoreApart(t *testing.T, store *queries.Store, handler http.Handler) {
	question := queries.Question{}.WithDefaults(queries.Today(clock()))
	units, err := store.Ranking(t.Context(), question)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := store.Obligations(t.Context(), question)
	if err != nil {
		t.Fatal(err)
	}
	obligations := map[string][]queries.ObligationRow{}
	for _, o := range rows {
		obligations[o.UnitID] = append(obligations[o.UnitID], o)
	}
	for _, unit := range units {
		apart := queries.ScoreOf(queries.DefaultAssessment(), obligations[unit.UnitID], unit.YellowCards, unit.OverdueRectifications)
		if (unit.Score == nil) != (apart.Score == nil) || unit.Score != nil && unit.Score.StringFixed(2) != apart.Score.FloatString(2) {
			t.Errorf("%s: the report has the score %v, its parts make %v", unit.UnitID, unit.Score, apart.Score)
		}
		if unit.UnitID != "O01" && unit.UnitID != "O40" {
			continue
		}
		_, _, page := get(t, handler, "/unit/"+unit.UnitID)
		if want := "最高可得 " + apart.Best.FloatString(2) + " 分"; !strings.Contains(page, want) {
			t.Errorf("the page of %s lacks %q", unit.UnitID, want)
		}
		if got := cellsOf(page, "chances"); len(got) != len(apart.Chances) || !strings.HasSuffix(got[0], "|+"+apart.Chances[0].Gain.FloatString(2)) {
			t.Errorf("%s has %d chances, the page says %q", unit.UnitID, len(apart.Chances), got)
		}
		if got := cellsOf(page, "losses"); len(got) != len(apart.Items) || unit.UnitID == "O40" && !strings.Contains(got[0], "|−"+apart.Items[0].TotalLost().FloatString(2)+"|") {
			t.Errorf("%s lost points for %d items, the page says %q", unit.UnitID, len(apart.Items), got)
		}
	}
}
