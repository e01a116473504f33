package metrics

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"yangguang/queries/model"
)

// benchRounds is how often a scrape is measured; the best counts, because other programs disturb.
const benchRounds = 5

// itemsOfAUnit is how many items a unit owes here: half of them lapsed, half due soon, which is the most series that there can be.
const itemsOfAUnit = 8

// BenchmarkScrape prints how long scrapes of large districts take beside a bare promhttp handler with as many series, without ClickHouse; with it they are
// in cmd/yangguang. What 60,000 units have is stated once whole and once up to metrics.max_series.
func BenchmarkScrape(b *testing.B) {
	for _, size := range []struct{ units, limit int }{{260, DefaultMaxSeries}, {5000, DefaultMaxSeries}, {60_000, DefaultMaxSeries}, {60_000, 10_000_000}} {
		b.Run(fmt.Sprintf("units=%d/max_series=%d", size.units, size.limit), func(b *testing.B) {
			h := NewHandler(Options{
				Store: &answers{snapshot: district(size.units)}, Zone: shanghai(), MaxSeries: size.limit, Log: slog.New(slog.DiscardHandler),
				Now: func() time.Time { return civil(2026, 11, 22) },
			})
			defer h.Close()
			for b.Loop() {
				first, page := scraped(h)
				cached, allocated := bestScrape(h)
				series := strings.Count(page, "\ndisclosure_")
				bare, bareAllocated := bestScrape(bareHandler(series))
				b.Logf("%d units, %d series, %.1f MB: first scrape %.3f s, cached %.3f s and %.0f MB; bare promhttp %.3f s and %.0f MB, ratio %.2f",
					size.units, series, float64(len(page))/1e6, first.Seconds(), cached.Seconds(), allocated, bare.Seconds(), bareAllocated, cached.Seconds()/bare.Seconds())
				b.ReportMetric(float64(series), "series")
				b.ReportMetric(cached.Seconds(), "scrape-s")
				b.ReportMetric(cached.Seconds()/bare.Seconds(), "scrape-ratio")
			}
		})
	}
}

// district is a snapshot of so many units, each with all its items lapsed or due.
func district(units int) model.Snapshot {
	snapshot := model.Snapshot{Groups: sample().Groups, Sources: sample().Sources}
	for item := range itemsOfAUnit {
		snapshot.Items = append(snapshot.Items, model.SnapshotItem{ItemID: fmt.Sprintf("JC%d", item), Item: "事项", Class: "obligatory", Programme: "party"})
	}
	for i := range units {
		unit := model.SnapshotUnit{
			UnitID: fmt.Sprintf("411103%06d", i), Unit: fmt.Sprintf("第%d村", i), Tier: "village", Group: "villages", Parent: "411103102", Contact: "村党支部",
			Coverage: ratio(int64(i % 10000)), Timeliness: ratio(5000), Score: points(int64(i % 10000)), Lapsed: itemsOfAUnit / 2, Pending: itemsOfAUnit / 2,
		}
		snapshot.Units = append(snapshot.Units, unit)
		for _, item := range snapshot.Items[:itemsOfAUnit/2] {
			snapshot.Lapses = append(snapshot.Lapses, model.SnapshotLapse{UnitID: unit.UnitID, ItemID: item.ItemID, Period: "2026Q2", LapsedAfter: civil(2026, 7, 10), WorkingDays: 90})
		}
		for _, item := range snapshot.Items[itemsOfAUnit/2:] {
			snapshot.Dues = append(snapshot.Dues, model.SnapshotDue{UnitID: unit.UnitID, ItemID: item.ItemID, Period: "2026-11", DueOn: civil(2026, 12, 10), WorkingDays: 14})
		}
	}
	return snapshot
}

func scraped(handler http.Handler) (time.Duration, string) {
	response := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	request.Header.Set("X-Prometheus-Scrape-Timeout-Seconds", "300")
	begun := time.Now()
	handler.ServeHTTP(response, request)
	return time.Since(begun), response.Body.String()
}

// bestScrape is the shortest of some scrapes, and the memory in MB that one allocates.
func bestScrape(handler http.Handler) (best time.Duration, allocated float64) {
	best = time.Hour
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range benchRounds {
		took, _ := scraped(handler)
		best = min(best, took)
	}
	runtime.ReadMemStats(&after)
	return best, float64(after.TotalAlloc-before.TotalAlloc) / benchRounds / 1e6
}

// bareHandler serves as many series as client_golang keeps them, computing nothing.
func bareHandler(series int) http.Handler {
	registry := prometheus.NewRegistry()
	gauge := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "disclosure_bare", Help: "A series."}, []string{"unit", "item", "period"})
	for i := range series {
		gauge.WithLabelValues(fmt.Sprintf("411103%06d", i), "JC1", "2026Q1").Set(float64(i))
	}
	registry.MustRegister(gauge)
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{EnableOpenMetrics: true})
}
