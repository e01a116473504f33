package queries_test

import (
	"testing"
	"time"

	"yangguang/queries/facts"
	"yangguang/queries/querytest"
)

// What is remembered of a load's beginning goes with the first look that comes after it was asked: nobody is accused from a day on that was only true
// before anybody looked.
func TestBeginningFollowsTheFirstLook(t *testing.T) {
	store := querytest.Store(t)
	loadVillage(t, store)
	question := querytest.Question()
	load, err := facts.LoadInForce(t.Context(), store.Store, question)
	if err != nil {
		t.Fatal(err)
	}
	check := func(when string, want time.Time) {
		t.Helper()
		for range 2 { // asked, and remembered
			got, err := store.Facts.Beginning(t.Context(), load)
			if err != nil {
				t.Fatal(err)
			}
			if !got.On.Equal(want) || got.Configured {
				t.Errorf("%s: the beginning is %v, want %v, of no configuration", when, got, want)
			}
		}
	}
	check("before any look", day(1970, 1, 1))
	looked := time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)
	collection := beginCollection(t, store, looked)
	check("while the first look is under way", day(1970, 1, 1))
	publish(t, collection)
	finish(t, collection, looked.Add(time.Minute))
	check("after the first look", day(2025, 1, 1))
	collection = beginCollection(t, store, looked.AddDate(1, 0, 0))
	publish(t, collection)
	finish(t, collection, looked.AddDate(1, 0, 0).Add(time.Minute))
	check("after another", day(2025, 1, 1))
}
