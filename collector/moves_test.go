package collector_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector"
	"yangguang/collector/record"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
)

// A correction may name another unit. Who asks for one unit or subtree alone must see the record where it stands, at every time of knowledge.
func TestRecordThatComesToNameAnotherUnit(t *testing.T) {
	store := querytest.Store(t)
	units := model.Registry{
		Units: []model.Unit{
			{ID: "C", Name: "区委", Tier: "committee"},
			{ID: "T1", Name: "龙城镇", Tier: "town", ParentID: "C"},
			{ID: "T2", Name: "新店镇", Tier: "town", ParentID: "C"},
			{ID: "V1", Name: "何庄村", Tier: "village", ParentID: "T1"},
		},
		Items: []model.Item{{ID: "G2", Name: "发展党员", Programme: "party", Class: "essential", Cadence: "event", Tiers: []string{"town", "village"}}},
	}
	if _, _, err := registry.Save(t.Context(), store.Store, registry.Load{Registry: units, Assessment: model.DefaultAssessment(), Timezone: "UTC"}); err != nil {
		t.Fatal(err)
	}
	source := &page{}
	options := collector.Options{Store: store.Store, Resolver: record.NewResolver(units)}
	var known []time.Time // behind each collection
	for _, units := range [][]string{{"T1", "T1"}, {"T2", "T1"}, {"V1", "T1"}, {"T1", "T2"}, {"T1", "T2"}} {
		source.list = nil
		for i, unit := range units {
			source.list = append(source.list, record.Fields{RecordID: string(rune('A' + i)), Unit: unit, Item: "G2", Title: "接收", OccurredOn: "2026-01-05", PublishedOn: "2026-01-06"})
		}
		if _, err := collector.Collect(t.Context(), options, source, nil); err != nil {
			t.Fatal(err)
		}
		known = append(known, time.Now())
		time.Sleep(2 * time.Millisecond) // instants are kept to the millisecond
	}
	report, _ := model.ReportNamed("records")
	ids := func(question model.Question) (ids string) {
		t.Helper()
		err := store.Stream(t.Context(), report, question.WithDefaults(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)), func(row []any) error {
			ids += row[0].(string)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return ids
	}
	var got []map[string]string
	for _, at := range known {
		got = append(got, map[string]string{
			"all": ids(model.Question{KnownAt: at}), "T1": ids(model.Question{KnownAt: at, Unit: "T1"}), "T2": ids(model.Question{KnownAt: at, Unit: "T2"}),
			"V1": ids(model.Question{KnownAt: at, Unit: "V1"}), "below T1": ids(model.Question{KnownAt: at, Within: "T1"}),
		})
	}
	want := []map[string]string{
		{"all": "AB", "T1": "AB", "T2": "", "V1": "", "below T1": "AB"},
		{"all": "AB", "T1": "B", "T2": "A", "V1": "", "below T1": "B"},
		{"all": "AB", "T1": "B", "T2": "", "V1": "A", "below T1": "AB"},
		{"all": "AB", "T1": "A", "T2": "B", "V1": "", "below T1": "A"},
		{"all": "AB", "T1": "A", "T2": "B", "V1": "", "below T1": "A"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("records by unit (-want +got):\n%s", diff)
	}
}
