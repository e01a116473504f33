package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector"
	"yangguang/collector/record"
	"yangguang/collector/web"
	"yangguang/queries/querytest"
)

// TestCollectedAgain collects a list for days: the same list adds nothing, a row that two looks of different days at a complete list
// have not got is withdrawn, and a failure withdraws nothing.
func TestCollectedAgain(t *testing.T) {
	store := querytest.Store(t)
	site := pages{}
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	source, err := web.New(Decode(t, head+listed+"complete: true\nurl: "+server.URL+"/1\npaging: {address: '{page}'}"), plain{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 8, 1, 4, 0, 0, 0, time.UTC)
	c := collector.New(collector.Options{Store: store.Store, Resolver: record.NewResolver(district()), Clock: func() time.Time { return now }})
	for _, day := range []struct {
		name       string
		one, two   string
		want       [5]uint64 // read, new, changed, unchanged, withdrawn
		wantFailed bool
	}{
		{"first", list(9, 8, 7), list(6, 5), [5]uint64{5, 5, 0, 0, 0}, false},
		{"the same", list(9, 8, 7), list(6, 5), [5]uint64{5, 0, 0, 5, 0}, false},
		{"one more, the second page fails", list(10, 9, 8), "500", [5]uint64{3, 1, 0, 2, 0}, true},
		{"whole again", list(10, 9, 8), list(7, 6, 5), [5]uint64{6, 0, 0, 6, 0}, false},
		{"one is gone", list(10, 9), list(7, 6, 5), [5]uint64{5, 0, 0, 5, 0}, false},
		{"and comes back at once", list(10, 9, 8), list(7, 6, 5), [5]uint64{6, 0, 0, 6, 0}, false},
		{"is gone again", list(10, 9), list(7, 6, 5), [5]uint64{5, 0, 0, 5, 0}, false},
		{"a failure between", list(10, 9), "500", [5]uint64{2, 0, 0, 2, 0}, true},
		{"is still gone", list(10, 9), list(7, 6, 5), [5]uint64{5, 0, 0, 5, 1}, false},
		{"and comes back", list(10, 9, 8), list(7, 6, 5), [5]uint64{6, 0, 1, 5, 0}, false},
	} {
		site["/1"], site["/2"] = day.one, day.two
		summary, err := c.Collect(t.Context(), source, nil)
		if (err != nil) != day.wantFailed || day.wantFailed && !strings.Contains(err.Error(), "page 2, ") {
			t.Errorf("%s: %v", day.name, err)
		}
		got := [5]uint64{summary.Read, summary.New, summary.Changed, summary.Unchanged, summary.Withdrawn}
		if diff := cmp.Diff(day.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", day.name, diff)
		}
		now = now.AddDate(0, 0, 1)
	}
}
