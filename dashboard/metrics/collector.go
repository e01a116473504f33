package metrics

import (
	"context"
	"log/slog"
	"strconv"

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
	c.collectShards(out)
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

// collectShards tells of a cluster's shards, also while figures cannot be had without one of them.
func (c *collector) collectShards(out chan<- prometheus.Metric) {
	shards, err := c.cache.options.Store.Shards(c.ctx)
	if err != nil {
		c.log.WarnContext(c.ctx, "scrape without the shards", "error", err)
		return
	}
	for _, shard := range shards {
		up := 0.0
		if shard.Reachable {
			up = 1
		}
		out <- gauge(shardUp, up, strconv.Itoa(int(shard.Number)))
	}
}
