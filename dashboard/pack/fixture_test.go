package pack_test

import (
	"fmt"
	"testing"
	"time"

	"yangguang/dashboard/language"
	"yangguang/dashboard/pack"
	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

func day(text string) time.Time {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return at
}

// town is a registry of one town with that many villages; each owes a report every quarter of 2026, and its first is due on 10 April.
func town(villages int) model.Registry {
	listed := model.Registry{
		Units: []model.Unit{{ID: "T", Name: "龙城镇", Tier: "town", Members: 20}},
		Items: []model.Item{{
			ID: "Q", Name: "季度党费", Programme: "party", Class: "essential", Cadence: "quarterly", Tiers: []string{"town", "village"}, DueDays: 10,
			ValidFrom: day("2026-01-01"),
		}},
		Notices: []model.Notice{{ID: "N1", IssueNo: "1", IssuedOn: day("2026-04-20"), UnitID: "T", ItemID: "Q", Problem: "=1+1", RectifyBy: day("2026-05-01"), YellowCard: true}},
	}
	for i := range villages {
		listed.Units = append(listed.Units, model.Unit{ID: fmt.Sprintf("V%02d", i), Name: fmt.Sprintf("第%d村</script>", i), Tier: "village", ParentID: "T", Members: 5})
	}
	return listed
}

// district is a store with that town, of whose villages every third has published nothing, collected on 1 May, and its packs.
func district(t *testing.T, villages int) (*ask.Asker, *pack.Packs) {
	t.Helper()
	store := querytest.Store(t)
	save(t, store, town(villages), model.DefaultAssessment())
	collection := begin(t, store)
	batch := records.NewBatch(villages)
	for i := range villages {
		if i%3 == 0 {
			continue
		}
		add(batch, collection, uint64(i), fmt.Sprintf("R%02d", i), fmt.Sprintf("V%02d", i), day("2026-04-02").AddDate(0, 0, i%13))
	}
	if err := collection.StageRejects(t.Context(), []records.RejectedRow{{Place: "a.csv:9", Reason: "unit: unknown", Content: `{"单位":"?"}`}}); err != nil {
		t.Fatal(err)
	}
	finish(t, collection, batch)
	return store, packs(t, store)
}

func packs(t *testing.T, store *ask.Asker) *pack.Packs {
	t.Helper()
	bundle, err := language.Load()
	if err != nil {
		t.Fatal(err)
	}
	made, err := pack.New(store, bundle, time.FixedZone("CST", 8*3600), "test")
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func save(t *testing.T, store *ask.Asker, listed model.Registry, assessment model.Assessment) {
	t.Helper()
	_, _, err := registry.Save(t.Context(), store.Store, registry.Load{
		Registry: listed, Assessment: assessment, Timezone: "Asia/Shanghai", BackdatingToleranceDays: 3, Program: "test",
		Covers: []model.Cover{{Source: "台账", UnitID: "*", ItemID: "*"}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func begin(t *testing.T, store *ask.Asker) *records.Collection {
	t.Helper()
	collection, err := records.Begin(t.Context(), store.Store, records.Start{Source: "台账", Kind: "ledger", Started: time.Now(), Day: civil.Date(2026, 5, 1)})
	if err != nil {
		t.Fatal(err)
	}
	return collection
}

func add(batch *records.Batch, collection *records.Collection, n uint64, id, unit string, published time.Time) {
	batch.Add(&records.RecordVersion{
		Version: collection.FirstVersion + n, RecordID: id, UnitID: unit, ItemID: "Q", Title: "一季度", EventKey: id, Period: "2026Q1",
		PeriodFrom: day("2026-01-01"), PeriodTo: day("2026-03-31"), PublishedOn: published, Scope: "society", Channel: "board", Hash: uint64(published.Unix()),
	})
}

func finish(t *testing.T, collection *records.Collection, batch *records.Batch) {
	t.Helper()
	if batch.Len() > 0 {
		if err := collection.StageRecords(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	counts, err := collection.Publish(t.Context(), records.Publication{Whole: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := collection.Finish(t.Context(), time.Now(), counts, records.Ending{Outcome: model.Look}); err != nil {
		t.Fatal(err)
	}
}

func order(name string) pack.Order {
	return pack.Order{Name: name, Question: model.Question{}.WithDefaults(day("2026-05-31")), Language: "zh", District: "甲区"}
}

func freeze(t *testing.T, packs *pack.Packs, order pack.Order) pack.Manifest {
	t.Helper()
	made, err := packs.Freeze(t.Context(), order)
	if err != nil {
		t.Fatal(err)
	}
	return made
}
