package title_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/record"
	"yangguang/queries/model"
)

func TestUnitStandsForTheNamesOfTheRegistry(t *testing.T) {
	resolver := record.NewResolver(model.Registry{Units: []model.Unit{
		{ID: "O1", Name: "沙河区公安局", Aliases: []string{"区公安局", "公安局（本级）"}},
		{ID: "O2", Name: "沙河区公安局交警大队"},
		{ID: "T1", Name: "龙城镇"},
		{ID: "V1", Name: "何庄村村委会", ParentID: "T1"},
	}})
	rules := compile(t, `
- match: ['^{period}?{unit}.*三公经费', '^(?P<y>\d{4}年){unit}(?P<p>.+月)三公经费']
  item: S1
- match: '{parent}{unit}{period}党费'
  item: G1
- match: '^{unit}?公告'
  item: N1
`)
	for _, test := range []struct {
		name, title string
		want        record.Fields
	}{
		{"period before", "2026年三季度沙河区公安局三公经费统计表", record.Fields{Unit: "沙河区公安局", Period: "2026年三季度", Item: "S1"}},
		{"the longest name", "2026年沙河区公安局交警大队三公经费", record.Fields{Unit: "沙河区公安局交警大队", Period: "2026年", Item: "S1"}},
		{"a name, and what follows it", "区公安局关于2026年三公经费的公示", record.Fields{Unit: "区公安局", Item: "S1"}},
		{"a unit unknown to the registry", "2026年三季度沙河区教育局三公经费", record.Fields{}},
		{"no unit", "2026年三季度三公经费", record.Fields{}},
		{"brackets in a name", "公安局（本级）2026年三公经费", record.Fields{Unit: "公安局（本级）", Item: "S1"}},
		{"parent and unit, written in full", "龙城镇何庄村村民委员会2026年二季度党费", record.Fields{Parent: "龙城镇", Unit: "何庄村村民委员会", Period: "2026年二季度", Item: "G1"}},
		{"a name that may be missing", "公告", record.Fields{Item: "N1"}},
		{"full width", "２０２６年三季度沙河区公安局三公经费", record.Fields{Unit: "沙河区公安局", Period: "2026年三季度", Item: "S1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for range 2 { // the second time remembered
				got, _, _ := rules.Apply(test.title, resolver)
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	}
}
