package patrol_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	links "yangguang/collector/patrol"
	"yangguang/queries/model"
	"yangguang/queries/patrol"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

// However many records a site has lost, what was found of those that are withdrawn is mended, and of no other.
func TestFindingsOfWithdrawnRecordsAreMended(t *testing.T) {
	store := querytest.Store(t)
	if _, _, err := registry.Save(t.Context(), store.Store, querytest.SampleLoad()); err != nil {
		t.Fatal(err)
	}
	const many = 1500 // their ids together are more than a question may be given
	var versions []records.RecordVersion
	var checks []patrol.Check
	begin := querytest.Noon(2)
	for n := range many {
		version := records.RecordVersion{
			RecordID: fmt.Sprintf("%d-%s", n, strings.Repeat("x", 120)), UnitID: "V1", ItemID: "G1", Title: fmt.Sprint("财务公开", n), Period: "2026Q2", PublishedOn: querytest.Day(2026, 7, 1),
			Scope: "society", Channel: "website", URL: fmt.Sprintf("http://site.test/%d/%s", n, strings.Repeat("y", 120)), Hash: uint64(n) + 1,
		}
		if n > 0 {
			version.WithdrawnOn = querytest.Day(2026, 7, 4)
		}
		versions = append(versions, version)
		checks = append(checks, patrol.Check{
			Record: patrol.Record{Source: "web", RecordID: version.RecordID, UnitID: "V1", ItemID: "G1"}, URL: version.URL, Outcome: patrol.Gone, Status: 404,
		})
	}
	querytest.Collect(t, store, "web", begin, versions, nil, nil, nil)
	for _, at := range []time.Time{begin, begin.Add(4 * time.Hour)} {
		for i := range checks {
			checks[i].CheckedAt = at
		}
		if err := patrol.NoteLooks(t.Context(), store.Store, at, patrol.Rules{Again: 3 * time.Hour, Zone: time.UTC}, checks); err != nil {
			t.Fatal(err)
		}
	}
	standing := func() []patrol.Finding {
		t.Helper()
		found, err := patrol.Standing(t.Context(), store.Store, model.LinkFindings()...)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if found := standing(); len(found) != many {
		t.Fatalf("%d of %d addresses that are gone are found", len(found), many)
	}
	for _, on := range []int{3, 4} {
		at := querytest.Noon(on)
		if err := links.MendWithdrawn(t.Context(), store, model.Question{}.WithDefaults(model.Today(at)), at); err != nil {
			t.Fatal(err)
		}
		found := standing()
		if want := map[int]int{3: many, 4: 1}[on]; len(found) != want {
			t.Errorf("on 7-%d %d findings stand, want %d", on, len(found), want)
		}
	}
	if found := standing(); len(found) == 1 && found[0].RecordID != versions[0].RecordID {
		t.Errorf("%s stands, which is withdrawn", found[0].RecordID)
	}
}
