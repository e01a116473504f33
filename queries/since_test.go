package queries_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/reference"
)

// What changed since a baseline is in random districts what the reference computes of it, whichever of the two windows is later.
func TestSinceAgreesWithReference(t *testing.T) {
	checks(t, 3)
	store := querytest.Store(t)
	seen := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		district := drawDistrict(rt)
		saveDistrict(t.Context(), rt, store, district)
		for range 12 {
			question, baseline := drawQuestion(rt, district), drawQuestion(rt, district)
			if baseline.AsOf.After(question.AsOf) && !chance(rt, 8) {
				question.AsOf, baseline.AsOf = baseline.AsOf, question.AsOf
			}
			rows, err := ask.Run(t.Context(), store, ask.Since(baseline), question)
			if err != nil {
				rt.Fatal(err)
			}
			var got []reference.Row
			for _, row := range rows {
				seen[row.Change]++
				got = append(got, reference.Row{
					"unit_id": row.UnitID, "item_id": row.ItemID, "period": row.Period, "due_on": writtenDay(row.DueOn), "change": row.Change, "state": row.State,
				})
			}
			if diff := cmp.Diff(district.SinceBaseline(question, baseline), got); diff != "" {
				rt.Fatalf("%+v since %+v (-want +got):\n%s", question, baseline, diff)
			}
		}
	})
	t.Logf("seen: %v", seen)
}

func writtenDay(day *time.Time) string {
	if day == nil {
		return ""
	}
	return day.Format(time.DateOnly)
}

// A baseline is asked of what was known then: a record collected since mends what was lapsed then, whatever day it carries, and what nobody had
// looked for then is new.
func TestSinceWhatWasKnown(t *testing.T) {
	store := querytest.Store(t)
	loadVillage(t, store)
	begin := time.Now().Add(-time.Hour).Truncate(time.Millisecond)
	before := begin.Add(time.Minute)
	question := model.Question{}.WithDefaults(day(2026, 6, 1))
	baseline := model.Question{KnownAt: before}.WithDefaults(day(2026, 6, 1))

	collect := func(at time.Duration, ids ...string) {
		t.Helper()
		collection := beginCollection(t, store, begin.Add(at))
		stage(t, collection, ids...)
		publish(t, collection)
		finish(t, collection, begin.Add(at+time.Second))
	}
	changes := func(question, baseline model.Question) map[string][]string {
		t.Helper()
		rows, err := ask.Run(t.Context(), store, ask.Since(baseline), question)
		if err != nil {
			t.Fatal(err)
		}
		found := map[string][]string{}
		for _, row := range rows {
			found[row.Change] = append(found[row.Change], row.ItemID+" "+row.Period)
		}
		return found
	}
	collect(2*time.Minute, "A")
	if diff := cmp.Diff(map[string][]string{"new": {"Q 2026Q1"}}, changes(question, baseline)); diff != "" {
		t.Errorf("nobody had looked then (-want +got):\n%s", diff)
	}
	looked := baseline
	looked.KnownAt = begin.Add(3 * time.Minute)
	if diff := cmp.Diff(map[string][]string{"open": {"Q 2026Q1"}}, changes(question, looked)); diff != "" {
		t.Errorf("known then and now (-want +got):\n%s", diff)
	}
	mending := beginCollection(t, store, begin.Add(4*time.Minute))
	batch := records.NewBatch(1)
	batch.Add(&records.RecordVersion{
		Version: mending.FirstVersion, RecordID: "Z", UnitID: "V", ItemID: "Q", Title: "季报", Period: "2026Q1", PeriodFrom: day(2026, 1, 1), PeriodTo: day(2026, 3, 31),
		PublishedOn: day(2026, 4, 9), Hash: 9,
	})
	if err := mending.StageRecords(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	publish(t, mending)
	finish(t, mending, begin.Add(5*time.Minute))
	if diff := cmp.Diff(map[string][]string{"mended": {"Q 2026Q1"}}, changes(question, looked)); diff != "" {
		t.Errorf("collected since (-want +got):\n%s", diff)
	}
	then := question
	then.KnownAt = begin.Add(3 * time.Minute)
	if diff := cmp.Diff(map[string][]string{"open": {"Q 2026Q1"}}, changes(then, looked)); diff != "" {
		t.Errorf("asked of then (-want +got):\n%s", diff)
	}
}
