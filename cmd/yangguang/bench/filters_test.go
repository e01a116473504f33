package bench

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/cmd/yangguang/programtest"
)

// benchedFilters is with how many filters nobody asked before each page is opened.
const benchedFilters = 10

// benchedPages are those that a window changes.
func benchedPages() []string {
	return []string{"/", "/ranking/all", "/ranking/villages", "/unit/UNIT", "/procedure", "/placement", "/lapsed", "/evidence", "/supervision"}
}

// BenchmarkFilters opens every page of simulated districts with windows, groups, programmes and focuses that nobody asked before, and each once more
// at once: 275 units, which are one district, and 4,950, a city, or as many as YANGGUANG_BENCH_UNITS says.
func BenchmarkFilters(b *testing.B) {
	b.Setenv("YANGGUANG_ENGINE_LIBRARY", programtest.EngineLibrary(b))
	sizes := strings.Split(cmp.Or(os.Getenv("YANGGUANG_BENCH_UNITS"), "275,4950"), ",")
	today := time.Now()
	for _, units := range sizes {
		b.Run("units="+units, func(b *testing.B) {
			p := programtest.New(b)
			fmt.Fprintf(os.Stderr, "simulating %s units …\n", units)
			p.Succeed(b, "simulate", "--dir", "simulated", "--direct", "--units", units, "--seed", "1", "--records-per-unit", "141",
				"--from", today.AddDate(-2, 0, 0).Format(time.DateOnly), "--to", today.Format(time.DateOnly))
			site, end := openSite(b, p.Directory+"/simulated/yangguang.yaml")
			defer end()
			_, ranking := answer(b, site, "/export/ranking.csv?lang=en&group=villages")
			unit := strings.Split(strings.Split(ranking, "\n")[1], ",")[2]
			for b.Loop() {
				benchFilters(b, site, unit)
			}
		})
	}
}

// benchFilters reports what pages take the first and the second time, each page's median and the 95th percentile of all.
func benchFilters(b *testing.B, site http.Handler, unit string) {
	b.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	var first, second, waited []time.Duration
	for _, page := range benchedPages() {
		var fresh, remembered []time.Duration
		for range benchedFilters {
			path := strings.Replace(page, "UNIT", unit, 1) + "?" + drawnFilters(random)
			took, prepared := openedPage(b, site, path)
			again, _ := answer(b, site, path)
			if prepared {
				waited = append(waited, took)
				continue
			}
			fresh, remembered = append(fresh, took), append(remembered, again)
		}
		if len(fresh) == 0 {
			continue
		}
		b.Logf("%-18s %.3f s, again %.3f s (medians)", page, percentile(fresh, 50).Seconds(), percentile(remembered, 50).Seconds())
		first, second = append(first, fresh...), append(second, remembered...)
	}
	if len(waited) > 0 {
		b.Logf("%d pages waited for a day's facts, at most %.1f s", len(waited), slices.Max(waited).Seconds())
	}
	b.Logf("95th percentile %.3f s, again %.3f s, ratio of medians %.1f", percentile(first, 95).Seconds(), percentile(second, 95).Seconds(),
		percentile(first, 50).Seconds()/percentile(second, 50).Seconds())
	b.ReportMetric(percentile(first, 95).Seconds(), "page-p95-s")
	b.ReportMetric(percentile(first, 50).Seconds()/percentile(second, 50).Seconds(), "page-ratio")
}

// openedPage is how long a page takes to open, and whether the facts of a day had to be prepared first, which of very many units the page says.
func openedPage(b *testing.B, site http.Handler, path string) (took time.Duration, prepared bool) {
	b.Helper()
	for started := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		recorder := httptest.NewRecorder()
		site.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, nil))
		switch {
		case recorder.Code == http.StatusOK:
			return time.Since(started), prepared
		case recorder.Code != http.StatusServiceUnavailable || time.Since(started) > 5*time.Minute:
			b.Fatalf("%s: status %d: %s", path, recorder.Code, recorder.Body)
		}
		prepared = true
	}
}

// drawnFilters is a window of this year and, at times, a programme or a focus.
func drawnFilters(random *rand.Rand) string {
	year, last := time.Now().Year(), time.Now().YearDay()
	from, to := random.IntN(last), random.IntN(last)
	filters := url.Values{
		"from": {time.Date(year, time.January, 1+min(from, to), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)},
		"to":   {time.Date(year, time.January, 1+max(from, to), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)},
	}
	switch random.IntN(4) {
	case 0:
		filters.Set("programme", "party")
	case 1:
		filters.Set("focus", "personnel")
	}
	return filters.Encode()
}

// percentile is the smallest that so many of a hundred do not exceed.
func percentile(of []time.Duration, percent int) time.Duration {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[(len(sorted)*percent-1)/100]
}
