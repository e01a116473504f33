package queries_test

import (
	"strings"
	"testing"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
)

// TestFind seeks units and items by all that they are called, the nearest first.
func TestFind(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	unit := func(id, name, tier, parent string, aliases ...string) model.Unit {
		return model.Unit{ID: id, Name: name, Tier: tier, ParentID: parent, Aliases: aliases}
	}
	old := unit("V9", "旧徐村民委员会", "village", "T1")
	old.ActiveTo = day(2025, 12, 31)
	load := registry.Load{
		Registry: model.Registry{
			Units: []model.Unit{
				unit("T1", "龙城镇", "town", ""), unit("T2", "龙塔街道", "subdistrict", ""), unit("V1", "小徐村民委员会", "village", "T1"), unit("V2", "徐庄村", "village", "T1"),
				unit("V3", "滨河社区", "community", "T2", "水岸花园"), unit("V10", "第V1号村", "village", "T2"), old,
			},
			Items: []model.Item{
				{ID: "JC1", Name: "组织生活会", Programme: "party", Catalogue: "grassroots", Tiers: []string{"village"}, Class: "essential", Cadence: "monthly", DayKind: "natural", NotBefore: "any"},
				{ID: "JC2", Name: "党费", Aliases: []string{"党费收缴"}, Programme: "party", Catalogue: "grassroots", Tiers: []string{"village"}, Class: "essential", Cadence: "monthly", DayKind: "natural", NotBefore: "any"},
			},
		},
		Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai",
	}
	id, _, err := registry.Save(ctx, store.Store, load)
	if err != nil {
		t.Fatal(err)
	}
	question := model.Question{}.WithDefaults(day(2026, 7, 31))
	check := func(t *testing.T) {
		for sought, want := range map[string]string{
			"小徐村委会": "V1", "小徐村村民委员会": "V1", "小徐": "V1", "xxc": "V1", "xcw": "V1", "XXCMWYH": "V1", "徐": "V2 V1", "v1": "V1 V10", "Ｖ１": "V1 V10", "龙城镇小徐村": "V1", "龙城 小徐": "V1",
			"龙城镇": "T1 V1 V2", "水岸": "V3", "sahy": "V3", "滨河社区居委会": "V3", "龙塔街道办事处": "T2 V3 V10", "ltjdbsc": "T2", "无": "", "' OR 1=1": "", " ": "",
		} {
			units, err := ask.Run(ctx, store, ask.FindUnits(sought, 10), question)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, unit := range units {
				got = append(got, unit.UnitID)
				if unit.Found != uint64(len(units)) {
					t.Errorf("%s: %d are found, %d are listed", sought, unit.Found, len(units))
				}
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%q finds the units %v, want %s", sought, got, want)
			}
		}
		for sought, want := range map[string]string{"组织生活": "JC1", "zzsh": "JC1", "jc": "JC2 JC1", "收缴": "JC2", "dfsj": "JC2", "无": ""} {
			items, err := ask.Run(ctx, store, ask.FindItems(sought, 10), question)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, item := range items {
				got = append(got, item.ItemID)
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%q finds the items %v, want %s", sought, got, want)
			}
		}
		one, err := ask.Run(ctx, store, ask.FindUnits("村", 1), question)
		if err != nil || len(one) != 1 || one[0].Found != 3 {
			t.Errorf("the first of all villages: %+v, %v", one, err)
		}
		part, err := ask.Run(ctx, store, ask.RankingPart(model.RankingPart{Search: "xxcwh", Limit: 10}), question)
		if err != nil || len(part) != 1 || part[0].UnitID != "V1" {
			t.Errorf("the ranking finds %+v, %v", part, err)
		}
	}
	t.Run("of a new load", check)
	if err := store.Conn().Exec(ctx, "DELETE FROM sought WHERE id != 'V1'"); err != nil {
		t.Fatal(err)
	}
	if again, saved, err := registry.Save(ctx, store.Store, load); err != nil || saved || again != id {
		t.Fatalf("the same load is %d, saved %t, %v", again, saved, err)
	}
	t.Run("of a load that had not all", check)
}
