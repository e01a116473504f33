package metrics

import (
	"context"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"
)

// collector gives the series to one scrape.
type collector struct {
	ctx   context.Context // the scrape's, with its deadline
	cache *cache
	log   *slog.Logger
}

func (c *collector) Describe(out chan<- *prometheus.Desc) {
	for _, described := range descriptions() {
		out <- described
	}
}

func (c *collector) Collect(out chan<- prometheus.Metric) {
	current, err := c.cache.current(c.ctx)
	if err != nil {
		c.log.WarnContext(c.ctx, "scrape without the series of units and groups", "error", err)
		var known bool
		if current, known = c.cache.known(); !known {
			return
		}
	}
	for _, metric := range current.data {
		out <- metric
	}
	for _, metric := range current.sources {
		out <- metric
	}
	out <- gauge(snapshotTimestamp, float64(current.confirmed.UnixMilli())/1000)
}
