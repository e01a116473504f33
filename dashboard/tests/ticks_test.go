package tests

import (
	"cmp"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var rowOfTicks = regexp.MustCompile(`(?s)href="/unit/(\w+)">[^<]*</a>(?:<small>[^<]*</small>)?<div class="ticks" role="img" title="([^"]*)">(.*?)</div>`)

// testTicks holds the rows of ticks in a ranking to the obligations of the same twelve months.
func testTicks(t *testing.T, handler http.Handler) {
	_, _, page := get(t, handler, "/ranking/organs")
	found := rowOfTicks.FindAllStringSubmatch(page, -1)
	if len(found) < 30 || !strings.Contains(page, "2025-11 至 2026-10") || !strings.Contains(page, `<ul class="key"`) {
		t.Fatalf("%d rows of ticks", len(found))
	}
	rows := csvRows(t, handler, "/export/obligations.csv?group=organs&from=2025-11-01&lang=en")
	worst := []string{"lapsed", "late", "unverified", "on_time", "pending", "exempt"}
	states := map[string]map[string]string{} // by unit and month
	for _, row := range rows[1:] {
		unit, due, state := valueIn(t, rows[0], row, "unit_id"), valueIn(t, rows[0], row, "due_on"), valueIn(t, rows[0], row, "state")
		if due == "" || valueIn(t, rows[0], row, "period") == "" { // a standing one
			continue
		}
		if states[unit] == nil {
			states[unit] = map[string]string{}
		}
		before, known := states[unit][due[:7]]
		if !known || slices.Index(worst, state) < slices.Index(worst, before) {
			states[unit][due[:7]] = state
		}
	}
	months := []string{"2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"}
	for _, row := range found {
		var want, lapsed []string
		for _, month := range months {
			state := states[row[1]][month]
			if state == "lapsed" {
				lapsed = append(lapsed, month)
			}
			if state == "" {
				state = "blank"
			}
			want = append(want, state)
		}
		var got []string
		for _, mark := range regexp.MustCompile(`<p(?: class="(\w+)[^"]*")?>`).FindAllStringSubmatch(row[3], -1) {
			got = append(got, cmp.Or(mark[1], "on_time"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s has the ticks %v, want %v", row[1], got, want)
		}
		if label := html.UnescapeString(row[2]); len(lapsed) > 0 && !strings.Contains(label, "逾期未公开："+strings.Join(lapsed, "、")) {
			t.Errorf("%s: %q does not name %v", row[1], label, lapsed)
		}
	}
}
