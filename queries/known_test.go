package queries_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/ask"
	"yangguang/queries/civil"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

// What a collection reads becomes known when it ends, all at once, however early it began: a question about an instant before has the same
// answer ever after.
func TestKnownAtWhileACollectionRuns(t *testing.T) {
	store := querytest.Store(t)
	loadVillage(t, store)
	begin := time.Now().Add(-time.Hour).Truncate(time.Millisecond)
	minute := func(n int) time.Time { return begin.Add(time.Duration(n) * time.Minute) }

	first := beginCollection(t, store, minute(0))
	stage(t, first, "A", "B")
	publish(t, first)
	published := knowledge(t, store, minute(1))
	finish(t, first, minute(2))

	second := beginCollection(t, store, minute(4))
	stage(t, second, "B", "C")
	stageReject(t, second, "row 9")
	whileRunning := knowledge(t, store, minute(5))
	publish(t, second)
	whilePublished := knowledge(t, store, minute(5))
	finish(t, second, minute(6))

	interrupted := beginCollection(t, store, minute(8))
	stage(t, interrupted, "D")
	publish(t, interrupted)
	leftRunning := knowledge(t, store, minute(9))
	third := beginCollection(t, store, minute(10)) // takes over from the one that never ended
	stage(t, third, "D", "E")
	noticed := knowledge(t, store, minute(11))
	publish(t, third)
	finish(t, third, minute(12))

	none := known{LastOutcome: "-"}
	two := known{Records: "AB", LastOutcome: "success", Lapses: 1}
	three := known{Records: "ABC", Rejects: "row 9", LastOutcome: "success", Lapses: 1}
	for name, test := range map[string]struct {
		then known // asked at that time
		at   int   // minute, asked again now
		want known
	}{
		"published, not ended":          {published, 1, none},
		"running":                       {whileRunning, 5, two},
		"published anew, not ended":     {whilePublished, 5, two},
		"interrupted, not yet noticed":  {leftRunning, 9, three},
		"interrupted, the next running": {noticed, 11, known{Records: "ABC", Rejects: "row 9", LastOutcome: "interrupted", Lapses: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			if difference := cmp.Diff(test.want, test.then); difference != "" {
				t.Errorf("then (-want +got):\n%s", difference)
			}
			if difference := cmp.Diff(test.want, knowledge(t, store, minute(test.at))); difference != "" {
				t.Errorf("asked again (-want +got):\n%s", difference)
			}
		})
	}
	want := known{Records: "ABCDE", LastOutcome: "success", Lapses: 1}
	if difference := cmp.Diff(want, knowledge(t, store, time.Time{})); difference != "" {
		t.Errorf("now (-want +got):\n%s", difference)
	}
}

// known is what the reports tell of one source: the ids of its records, the places of its rejects, how it last ended, and how many
// obligations have lapsed, which takes that it has been looked at.
type known struct {
	Records, Rejects, LastOutcome string
	Lapses                        int
}

func knowledge(t *testing.T, store *ask.Asker, at time.Time) known {
	t.Helper()
	question := model.Question{KnownAt: at}.WithDefaults(day(2026, 6, 1))
	k := known{LastOutcome: "-"}
	for name, each := range map[string]func(row []any){
		"records": func(row []any) { k.Records += row[0].(string) },
		"rejects": func(row []any) { k.Rejects += row[1].(string) },
		"sources": func(row []any) {
			if outcome, _ := row[3].(string); outcome != "" {
				k.LastOutcome = outcome
			}
		},
		"lapsed": func([]any) { k.Lapses++ },
	} {
		report, _ := model.ReportNamed(name)
		if err := store.Stream(t.Context(), report, question, func(row []any) error { each(row); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	return k
}

// loadVillage puts a registry in force long ago: one village that owes minutes of the first quarter of 2026, covered by the source ledger.
func loadVillage(t *testing.T, store *ask.Asker) {
	t.Helper()
	_, _, err := registry.Save(t.Context(), store.Store, registry.Load{
		Registry: model.Registry{
			Units: []model.Unit{{ID: "V", Name: "何庄村", Tier: "village"}},
			Items: []model.Item{
				{ID: "M", Name: "村务", Programme: "village", Class: "essential", Cadence: "event", Tiers: []string{"village"}},
				{ID: "Q", Name: "季报", Programme: "village", Class: "essential", Cadence: "quarterly", Tiers: []string{"village"}, ValidFrom: day(2026, 1, 1), ValidTo: day(2026, 4, 1)},
			},
		},
		Assessment: model.DefaultAssessment(), Timezone: "UTC", Covers: []model.Cover{{Source: "ledger", UnitID: "*", ItemID: "*"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Conn().Exec(t.Context(), `ALTER TABLE loads UPDATE loaded_at = '2026-01-01 00:00:00' WHERE true SETTINGS mutations_sync = 2`); err != nil {
		t.Fatal(err)
	}
}

func beginCollection(t *testing.T, store *ask.Asker, started time.Time) *records.Collection {
	t.Helper()
	collection, err := records.Begin(t.Context(), store.Store, records.Start{Source: "ledger", Kind: "ledger", Started: started, Day: civil.From(started, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return collection
}

// stage gives the collection one event a record id, published on its day.
func stage(t *testing.T, collection *records.Collection, ids ...string) {
	t.Helper()
	batch := records.NewBatch(len(ids))
	for i, id := range ids {
		batch.Add(&records.RecordVersion{
			Version: collection.FirstVersion + uint64(i), RecordID: id, UnitID: "V", ItemID: "M", Title: id, EventKey: id,
			OccurredOn: day(2026, 1, 5), PublishedOn: day(2026, 1, 5), Hash: uint64(id[0]),
		})
	}
	if err := collection.StageRecords(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
}

func stageReject(t *testing.T, collection *records.Collection, place string) {
	t.Helper()
	if err := collection.StageRejects(t.Context(), []records.RejectedRow{{Place: place, Reason: "no unit", Content: "{}"}}); err != nil {
		t.Fatal(err)
	}
}

func publish(t *testing.T, collection *records.Collection) {
	t.Helper()
	if _, err := collection.Publish(t.Context(), records.Publication{Whole: true}); err != nil {
		t.Fatal(err)
	}
}

func finish(t *testing.T, collection *records.Collection, ended time.Time) {
	t.Helper()
	if err := collection.Finish(t.Context(), ended, records.Counts{}, records.Ending{Outcome: model.Look}); err != nil {
		t.Fatal(err)
	}
}
