package district

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func rows(t *testing.T, file string) []row {
	t.Helper()
	var all []row
	err := readRows(os.DirFS("../registry"), file, func(r row) error {
		all = append(all, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func countBy(all []row, key string) map[string]int {
	counts := map[string]int{}
	for _, r := range all {
		counts[r[key]]++
	}
	return counts
}

func TestUnits(t *testing.T) {
	units := rows(t, "units.csv")
	ids := countBy(units, "unit_id")
	for _, u := range units {
		if ids[u["unit_id"]] != 1 {
			t.Errorf("unit_id %s occurs %d times", u["unit_id"], ids[u["unit_id"]])
		}
		if u["parent_id"] != "" && ids[u["parent_id"]] != 1 {
			t.Errorf("%s: parent %s is not registered", u["name"], u["parent_id"])
		}
		if u["members"] == "" || u["contact"] == "" {
			t.Errorf("%s has no members or contact", u["name"])
		}
	}
	want := map[string]int{
		"committee": 1, "discipline": 1, "organ": 66, "town": 7, "subdistrict": 3, "village": 155, "community": 43,
	}
	if diff := cmp.Diff(want, countBy(units, "tier")); diff != "" {
		t.Error(diff)
	}
	var sites []string
	for _, u := range units {
		if u["demonstration_since"] != "" {
			sites = append(sites, u["name"])
		}
	}
	if diff := cmp.Diff([]string{
		"区司法局", "区交通运输局", "区卫生健康委员会", "龙塔街道", "孟庙镇", "商桥镇", "陵园路社区居民委员会",
	}, sites); diff != "" {
		t.Error(diff)
	}
}

func TestCatalogue(t *testing.T) {
	items := rows(t, "catalogue.csv")
	party := slices.DeleteFunc(slices.Clone(items), func(r row) bool { return r["programme"] != "party" })
	if diff := cmp.Diff(map[string]int{"committee": 7, "grassroots": 8, "discipline": 7}, countBy(party, "catalogue")); diff != "" {
		t.Errorf("6+1, 7+1 and 7 items: %s", diff)
	}
	for _, key := range []string{"programme", "cadence", "class", "focus", "day_kind"} {
		if len(countBy(items, key)) < 2 {
			t.Errorf("every item has the same %s", key)
		}
	}
	for id, count := range countBy(items, "item_id") {
		if count != 1 {
			t.Errorf("item_id %s occurs %d times", id, count)
		}
	}
	for _, r := range items {
		if r["cadence"] == "standing" && r["valid_from"] == "" {
			t.Errorf("standing item %s has no valid_from", r["item_id"])
		}
		isStatute := r["item_id"] == "ZW2" // its day is the law's own
		if !isStatute && !strings.Contains(r["legal_basis"], "示例") {
			t.Errorf("%s: the limit is not marked as a sample value", r["item_id"])
		}
	}
}

func TestReferences(t *testing.T) {
	units, items := countBy(rows(t, "units.csv"), "unit_id"), countBy(rows(t, "catalogue.csv"), "item_id")
	units["*"], items["*"], items[""] = 1, 1, 1
	cases := []struct {
		file        string
		unit, other string // keys of unit ids
		item        string
		least       int
	}{
		{"exemptions.csv", "unit_id", "", "item_id", 10},
		{"notices.csv", "单位编号", "", "事项编号", 20},
		{"site_scores.csv", "示范点编号", "", "", 28},
		{"observations.csv", "site_id", "visitor_id", "", 40},
		{"institutions.csv", "unit_id", "", "", 1000},
	}
	for _, c := range cases {
		t.Run(c.file, func(t *testing.T) {
			all := rows(t, c.file)
			if len(all) < c.least {
				t.Errorf("%d rows, want at least %d", len(all), c.least)
			}
			for n, r := range all {
				if units[r[c.unit]] == 0 || c.other != "" && units[r[c.other]] == 0 {
					t.Errorf("line %d names an unknown unit: %v", n+2, r)
				}
				if c.item != "" && items[r[c.item]] == 0 {
					t.Errorf("line %d names an unknown item: %v", n+2, r)
				}
			}
		})
	}
}

func TestCalendar(t *testing.T) {
	days := rows(t, "calendar.csv")
	for on, count := range countBy(days, "date") {
		if count != 1 || on < "2025-01-01" || on > "2026-12-31" {
			t.Errorf("%s occurs %d times", on, count)
		}
	}
	if diff := cmp.Diff(map[string]int{"holiday": 61, "workday": 11}, countBy(days, "kind")); diff != "" {
		t.Error(diff)
	}
}
