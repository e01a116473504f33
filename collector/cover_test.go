package collector_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/queries/model"
)

func TestCoverage(t *testing.T) {
	registry := model.Registry{
		Units: []model.Unit{
			{ID: "C1", Name: "区委", Tier: "committee"},
			{ID: "T1", Name: "龙城镇", Tier: "town", ParentID: "C1", Aliases: []string{"龙城"}},
			{ID: "T2", Name: "新店镇", Tier: "town", ParentID: "C1"},
			{ID: "V1", Name: "大张村", Tier: "village", ParentID: "T1"},
		},
		Items: []model.Item{{ID: "G1", Name: "党费收缴"}, {ID: "G2", Name: "发展党员"}},
	}
	for _, test := range []struct {
		name, covers string
		want         []string // unit/item
		problem      string
	}{
		{name: "all", covers: "all", want: []string{"*/*"}},
		{name: "tiers", covers: "{tiers: [town, village]}", want: []string{"T1/*", "T2/*", "V1/*"}},
		{name: "a tier within a subtree", covers: "{tiers: town, within: T1}", want: []string{"T1/*"}},
		{name: "units by name and alias, items by name", covers: "{units: [龙城, 大张村], items: [党费收缴, G2, G1]}", want: []string{"T1/G1", "T1/G2", "V1/G1", "V1/G2"}},
		{name: "items only", covers: "{items: G2}", want: []string{"*/G2"}},
		{name: "nothing", covers: "{}", problem: "an online source must say what it reports"},
		{name: "another word", covers: "everything", problem: "expected all"},
		{name: "unknown key", covers: "{tier: town}", problem: `unknown key "tier"`},
		{name: "empty list", covers: "{tiers: }", problem: "expected a value or a list"},
		{name: "unknown tier", covers: "{tiers: [county]}", problem: `"county" is unknown; one of committee`},
		{name: "unknown subtree", covers: "{within: T9}", problem: `"T9" is not a unit_id`},
		{name: "unknown unit and item", covers: "{units: 龙城县, items: 党费}", problem: `items: item: "党费"`},
		{name: "no unit left", covers: "{tiers: organ}", problem: "no unit of the registry"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var coverage collector.Coverage
			err := yaml.Unmarshal([]byte(test.covers), &coverage)
			var covers []model.Cover
			if err == nil {
				covers, err = coverage.Of("site", registry)
			}
			if test.problem != "" {
				if err == nil || !strings.Contains(err.Error(), test.problem) {
					t.Fatalf("error %v, want one with %q", err, test.problem)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, cover := range covers {
				if cover.Source != "site" {
					t.Errorf("source %q", cover.Source)
				}
				got = append(got, cover.UnitID+"/"+cover.ItemID)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("covers (-want +got):\n%s", diff)
			}
		})
	}
}
