package tests

import (
	"net/http"
	"strings"
	"testing"
)

// testCompareYear: compared with the year before, figures are those of a question about the same days a year before, and the pages say so.
func testCompareYear(t *testing.T, handler http.Handler) {
	const window = "from=2027-07-01&to=2027-09-30&as_of=2027-09-30" // of the year before there is everything
	previous := func(asked string, column int) map[string]string {
		values := map[string]string{}
		for _, row := range csvOf(t, handler, "/export/ranking.csv?lang=en&group=organs&"+asked)[1:] {
			values[row[2]] = row[column]
		}
		return values
	}
	const rank, previousRank, score, previousScore = 0, 1, 6, 7
	before := "from=2026-07-01&to=2026-09-30&as_of=2026-09-30"
	for name, of := range map[string][2]int{"rank": {rank, previousRank}, "score": {score, previousScore}} {
		want, got := previous(before, of[0]), previous(window+"&compare=year", of[1])
		if got["O05"] == "" {
			t.Errorf("%s: nothing is compared", name)
		}
		for unit, value := range got {
			if value != want[unit] {
				t.Errorf("%s of %s a year before: %q, want %q", name, unit, value, want[unit])
			}
		}
	}
	for _, address := range []string{"/?", "/ranking/organs?", "/unit/O05?", "/lapsed?"} {
		_, _, plain := get(t, handler, address+window)
		status, _, year := get(t, handler, address+window+"&compare=year")
		if status != http.StatusOK || !strings.Contains(year, "同比上年") || strings.Contains(year, "与上期持平") || strings.Contains(year, "上期无数值") {
			t.Errorf("%s: status %d, does not say that it compares with a year before", address, status)
		}
		if strings.Contains(plain, "上年同期无数值") {
			t.Errorf("%s: compares with a year before without being asked", address)
		}
	}
	_, _, ranking := get(t, handler, "/ranking/organs?"+window+"&compare=year")
	if !strings.Contains(ranking, "同比，对比上年同期 2026-07-01 至 2026-09-30") {
		t.Error("the ranking does not say with which days it compares")
	}
	if header := csvOf(t, handler, "/export/ranking.csv?group=organs&"+window+"&compare=year")[0]; header[previousScore] != "上年同期得分" {
		t.Errorf("the export calls it %q", header[previousScore])
	}
	if status, _, _ := get(t, handler, "/?compare=month"); status != http.StatusBadRequest {
		t.Errorf("a comparison that is none: status %d", status)
	}
}
