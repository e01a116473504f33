package queries_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/patrol"
	"yangguang/queries/querytest"
	"yangguang/queries/retention"
	"yangguang/queries/storage"
)

// Of what patrol read of a page the first and the last stay, however old, and the first that was understood; what is younger than the policy says stays too.
func TestExpireTexts(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	read := func(record, place, fault, text string, year int) {
		t.Helper()
		err := patrol.NoteTexts(ctx, store.Store, []patrol.Text{{
			Source: "web", RecordID: record, Version: 1, Place: place, UnitID: "V1", ItemID: "G1", FetchedAt: time.Date(year, 7, 1, 0, 0, 0, 0, time.UTC), Kind: "html", Fault: fault, Text: text,
			Figures: []uint64{}, Days: []uint64{},
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	for n, fault := range []string{"too_slow", "too_slow", "", "", "damaged", ""} {
		read("a", "https://x/a", fault, fmt.Sprint("浏览 ", n), 2021)
	}
	read("a", "https://x/a", "", "浏览 6", 2025)
	read("a", "https://x/a", "", "浏览 7", 2025)
	read("b", "", "", "正文", 2021)
	read("c", "https://x/c", "", "正文", 2021)
	read("c", "https://x/c", patrol.NotShown, "", 2021)

	policy := retention.Policy{Texts: retention.Period{Years: 1}}
	now := time.Date(2026, 1, 10, 0, 0, 0, 0, time.UTC)
	for _, want := range []uint64{4, 0} { // what is left is found to be the same when it is looked for again
		querytest.Execute(t, store, "TRUNCATE TABLE removals")
		removed, err := retention.Expire(ctx, store.Store, policy, now)
		if err != nil {
			t.Fatal(err)
		}
		if last := removed[len(removed)-1]; last.Kind != "texts" || last.Rows != want || !last.Done {
			t.Errorf("removed %+v, want %d", last, want)
		}
	}
	var left []string
	if err := store.Conn().QueryRow(ctx, "SELECT arraySort(groupArray(record_id || ' ' || text)) FROM patrol_texts").Scan(&left); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a 浏览 0", "a 浏览 2", "a 浏览 6", "a 浏览 7", "b 正文", "c ", "c 正文"}, left); diff != "" {
		t.Error(diff)
	}
	if err := storage.Check(ctx, store.Store, -1); err != nil {
		t.Error(err)
	}
}
