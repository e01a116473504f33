package bench

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/programtest"
	"yangguang/cmd/yangguang/serve"
	"yangguang/queries/model"
)

// warmRounds is how often what is warm is measured; the best counts, because other programs disturb.
const warmRounds = 5

// BenchmarkSampleDistrict prints how long the sample district takes: to rank it, how many readers of its ranking it
// answers beside a static file of the same size, and to scrape it beside a bare promhttp handler with as many series.
// The collection of a million rows beside a bare insert is in collector/ledger.
func BenchmarkSampleDistrict(b *testing.B) {
	b.Setenv("YANGGUANG_ENGINE_LIBRARY", programtest.EngineLibrary(b))
	p := programtest.New(b)
	fmt.Fprintln(os.Stderr, "collecting the sample district …")
	p.Succeed(b, "demo", "--once", "--dir", "sample", "--listen", "127.0.0.1:0")
	site, end := openSite(b, p.Directory+"/sample/yangguang.yaml")
	defer end()
	for b.Loop() {
		cold, rows := answer(b, site, "/export/ranking.csv?lang=en")
		warm := best(b, site, "/export/ranking.csv?lang=en")
		b.Logf("rank %d units: %.3f s cold, %.3f s warm", strings.Count(rows, "\n")-1, cold.Seconds(), warm.Seconds())
		b.ReportMetric(warm.Seconds(), "rank-s")

		benchPage(b, site)
		benchScrape(b, site)
	}
}

// BenchmarkScrapeOfManyUnits scrapes simulated districts with ClickHouse, from scratch and again, beside a bare promhttp handler with as many series:
// 275 units, which are one district, and 5,000, or as many as YANGGUANG_BENCH_UNITS says (60000 takes a while). Without ClickHouse: dashboard/metrics.
func BenchmarkScrapeOfManyUnits(b *testing.B) {
	b.Setenv("YANGGUANG_ENGINE_LIBRARY", programtest.EngineLibrary(b))
	sizes := []string{"275", "5000"}
	if asked := os.Getenv("YANGGUANG_BENCH_UNITS"); asked != "" {
		sizes = strings.Split(asked, ",")
	}
	today := time.Now()
	for _, units := range sizes {
		b.Run("units="+units, func(b *testing.B) {
			p := programtest.New(b)
			fmt.Fprintf(os.Stderr, "simulating %s units …\n", units)
			p.Succeed(b, "simulate", "--dir", "simulated", "--direct", "--units", units, "--seed", "1",
				"--from", today.AddDate(0, -6, 0).Format(time.DateOnly), "--to", today.Format(time.DateOnly))
			site, end := openSite(b, p.Directory+"/simulated/yangguang.yaml")
			defer end()
			for b.Loop() {
				benchScrape(b, site)
			}
		})
	}
}

// benchScrape scrapes a site once without and then with what is remembered, beside a bare promhttp handler.
func benchScrape(b *testing.B, site http.Handler) {
	b.Helper()
	cold, page := answer(b, site, "/metrics")
	cached := best(b, site, "/metrics")
	series := 0
	for line := range strings.Lines(page) {
		if !strings.HasPrefix(line, "#") {
			series++
		}
	}
	if !strings.Contains(page, "\ndisclosure_metrics_truncated ") {
		b.Fatal("the scrape ran out of time")
	}
	bare := best(b, bareMetrics(series), "/metrics")
	b.Logf("scrape %d series: %.3f s cold, %.3f s cached; bare promhttp %.3f s, ratio of cached to bare %.2f",
		series, cold.Seconds(), cached.Seconds(), bare.Seconds(), cached.Seconds()/bare.Seconds())
	b.ReportMetric(float64(series), "series")
	b.ReportMetric(cold.Seconds(), "cold-scrape-s")
	b.ReportMetric(cached.Seconds(), "scrape-s")
	b.ReportMetric(cached.Seconds()/bare.Seconds(), "scrape-ratio")
}

// openSite is what is served with a configuration, and what ends it.
func openSite(b *testing.B, path string) (site http.Handler, end func()) {
	b.Helper()
	config, err := config.Read(path)
	if err != nil {
		b.Fatal(err)
	}
	a, err := application.Open(b.Context(), config, io.Discard)
	if err != nil {
		b.Fatal(err)
	}
	sites, err := serve.NewSites(a, false)
	if err != nil {
		b.Fatal(err)
	}
	ranking, _ := model.ReportNamed("ranking") // of very many units a snapshot is read, which a server would have made
	if err := a.Asker.Prepare(b.Context(), ranking, model.Question{}.WithDefaults(model.Today(time.Now().In(config.Location))), nil); err != nil {
		b.Fatal(err)
	}
	return sites.All, func() {
		sites.Close()
		if err := a.Close(); err != nil {
			b.Error(err)
		}
	}
}

// answer measures one request.
func answer(b *testing.B, handler http.Handler, path string) (time.Duration, string) {
	b.Helper()
	recorder := httptest.NewRecorder()
	started := time.Now()
	request := httptest.NewRequest(http.MethodGet, path, nil)
	request.Header.Set("X-Prometheus-Scrape-Timeout-Seconds", "1800") // a first scrape computes everything, however long it takes
	handler.ServeHTTP(recorder, request)
	took := time.Since(started)
	if recorder.Code != http.StatusOK {
		b.Fatalf("%s: status %d: %s", path, recorder.Code, recorder.Body)
	}
	return took, recorder.Body.String()
}

func best(b *testing.B, handler http.Handler, path string) time.Duration {
	b.Helper()
	least := time.Hour
	for range warmRounds {
		took, _ := answer(b, handler, path)
		least = min(least, took)
	}
	return least
}

// bareMetrics serves as many series as client_golang keeps them, computing nothing.
func bareMetrics(series int) http.Handler {
	registry := prometheus.NewRegistry()
	gauge := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "bare", Help: "A series."}, []string{"unit", "item", "period"})
	for i := range series {
		gauge.WithLabelValues(fmt.Sprintf("YC-%05d", i), "G1", "2026Q1").Set(float64(i))
	}
	registry.MustRegister(gauge)
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}
