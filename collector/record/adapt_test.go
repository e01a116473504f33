package record

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/model"
)

func sampleRegistry() model.Registry {
	return model.Registry{
		Units: []model.Unit{
			{ID: "C1", Name: "区委", Tier: "committee"},
			{ID: "T1", Name: "孟庙镇", Tier: "town", ParentID: "C1", Aliases: []string{"孟庙"}},
			{ID: "T2", Name: "商桥镇", Tier: "town", ParentID: "C1"},
			{ID: "V1", Name: "张庄村民委员会", Tier: "village", ParentID: "T1", Aliases: []string{"老张庄"}},
			{ID: "V2", Name: "张庄村委会", Tier: "village", ParentID: "T2"},
			{ID: "V3", Name: "陵园路社区居民委员会", Tier: "community", ParentID: "T2", Aliases: []string{"陵园路"}},
			{ID: "V4", Name: "龙塔社区居委会", Tier: "community", ParentID: "T2"},
		},
		Items: []model.Item{
			{ID: "G1", Name: "党费收缴", Cadence: "quarterly", Aliases: []string{"党费"}},
			{ID: "G2", Name: "发展党员", Cadence: "event"},
		},
	}
}

func TestUnit(t *testing.T) {
	tests := []struct{ name, text, parent, within, want, problem string }{
		{"id", "V1", "", "", "V1", ""},
		{"full-width id", "Ｖ１ ", "", "", "V1", ""},
		{"name", "孟庙镇", "", "", "T1", ""},
		{"alias", "孟庙", "", "", "T1", ""},
		{"ending folded", "陵园路社区居委会", "", "", "V3", ""},
		{"ending folded the other way", "龙塔社区居民委员会", "", "", "V4", ""},
		{"shared name", "张庄村委会", "", "", "", "is the name of 2 units: V1 张庄村民委员会 (孟庙镇), V2 张庄村委会 (商桥镇)"},
		{"shared name, parent by id", "张庄村委会", "T2", "", "V2", ""},
		{"shared name, parent by name", "张庄村委会", "孟庙镇", "", "V1", ""},
		{"shared name, parent by alias", "张庄村民委员会", " 孟庙", "", "V1", ""},
		{"shared name, both below the grandparent", "张庄村委会", "区委", "", "", "is the name of 2 units under \"区委\""},
		{"shared name within a subtree", "张庄村委会", "", "T2", "V2", ""},
		{"shared name within a subtree, its parent elsewhere", "张庄村委会", "T1", "T2", "", "is not above any unit named"},
		{"outside the subtree", "老张庄", "", "T2", "", "outside T2, to which the source is restricted"},
		{"root of the subtree", "商桥镇", "", "T2", "T2", ""},
		{"unknown", "陵园社区居委会", "", "", "", "the nearest names are V3 陵园路社区居民委员会"},
		{"two letters of a name", "龙塔", "", "", "", "the nearest names are V4 龙塔社区居委会"},
		{"a name without its last letter", "商桥", "", "", "", "the nearest names are T2 商桥镇"},
		{"a part of an alias", "陵园", "", "", "", "the nearest names are V3 陵园路社区居民委员会"},
		{"unknown without neighbours", "水利局", "", "", "", "is not a unit of the registry"},
		{"empty", " ", "", "", "", "a unit is required"},
	}
	resolver := NewResolver(sampleRegistry())
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for range 2 { // the second answer comes from memory
				got, problem := resolver.Unit(test.text, test.parent, test.within)
				checkProblem(t, problem, test.problem)
				if got != test.want {
					t.Fatalf("Unit(%q, %q, %q) = %q, want %q", test.text, test.parent, test.within, got, test.want)
				}
			}
		})
	}
}

func checkProblem(t *testing.T, problem *Problem, want string) {
	t.Helper()
	switch {
	case want == "" && problem != nil:
		t.Fatalf("unexpected problem: %v", problem)
	case want != "" && problem == nil:
		t.Fatalf("no problem, want %q", want)
	case want != "" && !strings.Contains(problem.Error(), want):
		t.Fatalf("problem %q, want %q in it", problem, want)
	}
}

func TestAdapt(t *testing.T) {
	resolver := NewResolver(sampleRegistry())
	rules := Rules{Resolver: resolver, Zone: shanghai(t), Steps: true}
	inferring := rules
	inferring.InferPeriod = true
	online := Rules{Resolver: resolver, Zone: shanghai(t), Online: true, InferPeriod: true, Scope: "society", Channel: "website", Today: day(t, "2026-07-20")}
	tests := []struct {
		name    string
		fields  Fields
		rules   Rules
		want    Record
		problem string
	}{
		{
			"everything", Fields{
				RecordID: " R1 ", Unit: "孟庙", Item: "党费", Title: "党费 收缴", Period: "2026年第二季度", ProposedOn: "2026/7/1", ReviewedOn: "2026.7.2",
				ApprovedOn: "2026年7月3日", PublishedOn: "2026-07-04", UploadedOn: "2026-07-05 10:00", WithdrawnOn: "2026-08-04", Scope: "党内公开", Channel: "公开栏", URL: "http://a/1",
			}, rules, Record{
				RecordID: "R1", UnitID: "T1", ItemID: "G1", Title: "党费 收缴", EventKey: "党费收缴", Period: "2026年第二季度",
				PeriodFrom: day(t, "2026-04-01"), PeriodTo: day(t, "2026-06-30"), ProposedOn: day(t, "2026-07-01"), ReviewedOn: day(t, "2026-07-02"),
				ApprovedOn: day(t, "2026-07-03"), PublishedOn: day(t, "2026-07-04"), UploadedOn: day(t, "2026-07-05"), WithdrawnOn: day(t, "2026-08-04"),
				Scope: "party", Channel: "board", URL: "http://a/1", Steps: true,
			}, "",
		},
		{
			"event",
			Fields{RecordID: "R2", Unit: "T1", Item: "G2", EventID: "E 1", OccurredOn: "2026-07-04"},
			rules,
			Record{RecordID: "R2", UnitID: "T1", ItemID: "G2", EventID: "E 1", EventKey: "E 1", OccurredOn: day(t, "2026-07-04"), Steps: true},
			"",
		},
		{
			"online without a date",
			Fields{RecordID: "R3", Unit: "T1", Item: "G1"},
			online,
			Record{RecordID: "R3", UnitID: "T1", ItemID: "G1", PublishedOn: day(t, "2026-07-20"), Scope: "society", Channel: "website", Online: true, DatedBySight: true},
			"",
		},
		{
			"period inferred",
			Fields{RecordID: "R4", Unit: "T1", Item: "G1", PublishedOn: "2026-07-04"},
			inferring,
			Record{RecordID: "R4", UnitID: "T1", ItemID: "G1", PublishedOn: day(t, "2026-07-04"), Steps: true},
			"",
		},
		{"period not inferred", Fields{RecordID: "R4", Unit: "T1", Item: "G1", PublishedOn: "2026-07-04"}, rules, Record{}, "period: period or occurred_on is required"},
		{"no date", Fields{Unit: "T1", Item: "G1", Period: "2026"}, rules, Record{}, "published_on or occurred_on is required"},
		{"unknown item", Fields{Unit: "T1", Item: "G9", PublishedOn: "2026-07-04"}, rules, Record{}, `item: "G9" is not an item of the catalogue`},
		{"no item", Fields{Unit: "T1", PublishedOn: "2026-07-04"}, rules, Record{}, "an item is required"},
		{"impossible date", Fields{Unit: "T1", Item: "G2", PublishedOn: "2026-02-30"}, rules, Record{}, `published_on: "2026-02-30" is a day that does not exist`},
		{"withdrawn before published", Fields{Unit: "T1", Item: "G2", PublishedOn: "2026-07-04", WithdrawnOn: "2026-07-03"}, rules, Record{}, `withdrawn_on: "2026-07-03" is before published_on, 2026-07-04`},
		{"bad period", Fields{Unit: "T1", Item: "G1", PublishedOn: "2026-07-04", Period: "本季度"}, rules, Record{}, `period: "本季度" is not a period`},
		{"period without year, not published", Fields{Unit: "T1", Item: "G1", OccurredOn: "2026-07-04", Period: "三季度"}, rules, Record{}, "no published_on to take the year from"},
		{"period without year, no day shown", Fields{Unit: "T1", Item: "G1", Period: "二季度"}, online, Record{}, "no published_on to take the year from"},
		{"unknown scope", Fields{Unit: "T1", Item: "G2", PublishedOn: "2026-07-04", Scope: "全体"}, rules, Record{}, `scope: "全体" is unknown; one of society (社会公开)`},
		{"unknown channel", Fields{Unit: "T1", Item: "G2", PublishedOn: "2026-07-04", Channel: "抖音"}, rules, Record{}, `channel: "抖音" is unknown; one of press (报刊)`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, problem := Adapt(test.fields, test.rules)
			checkProblem(t, problem, test.problem)
			if problem == nil && got.Hash == 0 {
				t.Error("no hash")
			}
			got.Hash = 0
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("record (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDerivedID(t *testing.T) {
	rules := Rules{Resolver: NewResolver(sampleRegistry()), InferPeriod: true, Online: true, Today: day(t, "2026-07-20")}
	id := func(fields Fields, rules Rules) string {
		t.Helper()
		record, problem := Adapt(fields, rules)
		if problem != nil {
			t.Fatal(problem)
		}
		if !record.Derived || len(record.RecordID) != len("auto-")+32 {
			t.Fatalf("derived id %q (derived: %t)", record.RecordID, record.Derived)
		}
		return record.RecordID
	}
	base := Fields{Unit: "孟庙镇", Item: "G1", Title: "公开", Period: "2026Q2", PublishedOn: "2026-07-04", URL: "http://a/1"}
	with := func(change func(*Fields)) Fields {
		changed := base
		change(&changed)
		return changed
	}
	same := map[string]Fields{
		"unit by id":               with(func(f *Fields) { f.Unit = "T1" }),
		"item by alias":            with(func(f *Fields) { f.Item = "党费" }),
		"period written otherwise": with(func(f *Fields) { f.Period = "2026年第二季度" }),
		"later published":          with(func(f *Fields) { f.PublishedOn = "2026-07-09" }),
		"other scope":              with(func(f *Fields) { f.Scope = "party" }),
	}
	for name, fields := range same {
		if id(fields, rules) != id(base, rules) {
			t.Errorf("%s: another id", name)
		}
	}
	other := map[string]Fields{
		"other unit":           with(func(f *Fields) { f.Unit = "T2" }),
		"other item":           with(func(f *Fields) { f.Item = "G2" }),
		"other title":          with(func(f *Fields) { f.Title = "公示" }),
		"other address":        with(func(f *Fields) { f.URL = "http://a/2" }),
		"other period":         with(func(f *Fields) { f.Period = "2026Q1" }),
		"day instead":          with(func(f *Fields) { f.Period = "" }),
		"text moved to url":    with(func(f *Fields) { f.Title, f.URL = "公开http://a/1", "" }),
		"occurred, not period": with(func(f *Fields) { f.Period, f.OccurredOn = "", "2026-07-04" }),
	}
	for name, fields := range other {
		if id(fields, rules) == id(base, rules) {
			t.Errorf("%s: the same id", name)
		}
	}
	undated := with(func(f *Fields) { f.Period, f.PublishedOn = "", "" })
	tomorrow := rules
	tomorrow.Today = day(t, "2026-07-21")
	if id(undated, rules) != id(undated, tomorrow) {
		t.Error("an undated record gets another id the next day")
	}
	today, _ := Adapt(undated, rules)
	later, _ := Adapt(undated, tomorrow)
	if today.Hash != later.Hash {
		t.Error("an undated record gets another hash the next day")
	}
}

func TestEventKey(t *testing.T) {
	tests := []struct{ name, id, title, want string }{
		{"id first", "E1", "标题", "E1"},
		{"title folded", "", " Ｎｏ．１ 关于 ABC 的　公示", "no.1关于abc的公示"},
		{"plain title", "", "党费收缴公示", "党费收缴公示"},
		{"nothing", "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := EventKey(test.id, test.title); got != test.want {
				t.Errorf("EventKey(%q, %q) = %q, want %q", test.id, test.title, got, test.want)
			}
		})
	}
}

func TestResolverIsSharedByWorkers(t *testing.T) {
	rules := Rules{Resolver: NewResolver(sampleRegistry()), Zone: time.UTC, InferPeriod: true}
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			for _, unit := range []string{"孟庙", "T2", "陵园路", "无此单位", "老张庄"} {
				record, problem := Adapt(Fields{Unit: unit, Item: "党费", Period: "1-7月", PublishedOn: "2026年7月4日"}, rules)
				if (problem != nil) != (unit == "无此单位") {
					t.Errorf("%s: %v %v", unit, record, problem)
				}
			}
		})
	}
	workers.Wait()
}

func BenchmarkAdapt(b *testing.B) {
	rules := Rules{Resolver: NewResolver(sampleRegistry()), Zone: time.UTC, Steps: true}
	fields := Fields{
		RecordID: "R1", Unit: "孟庙镇", Item: "党费收缴", Title: "党费收缴公开,第1号", Period: "2026年第二季度", ProposedOn: "2026/7/1", ReviewedOn: "2026.7.2",
		ApprovedOn: "2026-07-03", PublishedOn: "2026-07-04", Scope: "society", Channel: "board", URL: "http://127.0.0.1/1",
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, problem := Adapt(fields, rules); problem != nil {
			b.Fatal(problem)
		}
	}
}
