// Package metrics serves /metrics (SPEC §8): what the data say, computed when asked, whole, and stated with the time at which it was true.
package metrics

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Store answers what the metrics ask; *ask.Asker is one.
type Store interface {
	// DataVersion changes with every load of the registry and every ended collection. It must be cheap.
	DataVersion(ctx context.Context) (string, error)
	// Shards says which shards of a cluster answer; none without a cluster.
	Shards(ctx context.Context) ([]clickhouse.Shard, error)
	// Complete is nil while the database holds all that was written to it, as far as is known. It asks nothing.
	Complete() error
	// Snapshot answers a question that has its defaults.
	Snapshot(ctx context.Context, question model.Question, most int) (model.Snapshot, error)
	// PatrolVersion changes with all that is noted of what was patrolled. It must be cheap.
	PatrolVersion(ctx context.Context) (string, error)
	// PatrolSnapshot answers a question that has its defaults.
	PatrolSnapshot(ctx context.Context, question model.Question) ([]model.SnapshotPatrol, error)
}

// DefaultMaxSeries is metrics.max_series where the configuration does not say it.
const DefaultMaxSeries = 150_000

// Options is what a Handler needs.
type Options struct {
	Store     Store
	Zone      *time.Location   // in which a day begins
	Now       func() time.Time // the present
	MaxSeries int              // metrics.max_series; 0 is DefaultMaxSeries
	Log       *slog.Logger     // nil: silent
	Own       func() Own       // the program's own state, at once; nil: not stated
}

// Handler answers scrapes. Close it when the server has stopped.
type Handler struct {
	options Options
	cache   *cache
	self    *prometheus.Registry
}

// NewHandler returns a handler that has computed nothing yet.
func NewHandler(options Options) *Handler {
	if options.MaxSeries == 0 {
		options.MaxSeries = DefaultMaxSeries
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	self := prometheus.NewRegistry()
	self.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if options.Own != nil {
		self.MustRegister(ownState(options.Own))
	}
	return &Handler{options, newCache(options), self}
}

// Begin has the figures computed, so that the first scrape need not wait for all of it.
func (h *Handler) Begin() { _, _ = h.cache.refresh() } // only a closed handler refuses, and nobody scrapes that

// Close stops a computation under way and waits for it.
func (h *Handler) Close() { h.cache.close() }

// ServeHTTP answers within the scrape's own deadline, with the newest whole figures and the time at which they were true. Those older than StaleAfter are
// left out: no figure is better than an old one.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), patience(r.Header))
	defer cancel()
	registry := prometheus.NewRegistry()
	registry.MustRegister(&collector{ctx, h.cache, h.options.Log})
	promhttp.HandlerFor(prometheus.Gatherers{h.self, registry}, promhttp.HandlerOpts{
		EnableOpenMetrics: true,
		ErrorHandling:     promhttp.ContinueOnError,
		ErrorLog:          slog.NewLogLogger(h.options.Log.Handler(), slog.LevelError),
	}).ServeHTTP(w, r)
}

// patience is how long a scrape may wait for figures: what Prometheus says that it waits, less a tenth and at least half
// a second for writing the answer; Prometheus' own default of 10 seconds where the header is missing.
func patience(header http.Header) time.Duration {
	seconds, err := strconv.ParseFloat(header.Get("X-Prometheus-Scrape-Timeout-Seconds"), 64)
	if err != nil || !(seconds > 0 && seconds < 3600) {
		seconds = 10
	}
	whole := time.Duration(seconds * float64(time.Second))
	margin := max(whole/10, 500*time.Millisecond)
	return max(whole-margin, whole/2)
}
