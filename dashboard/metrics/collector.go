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
	incomplete := c.cache.options.Store.Complete() != nil
	if incomplete {
		out <- gauge(storageComplete, 0)
	}
	c.collectShards(out)
	newest, err := c.cache.newest(c.ctx)
	if err != nil && newest.data == nil {
		c.log.WarnContext(c.ctx, "scrape without the series of units and groups", "error", err)
	}
	if incomplete {
		newest.data, newest.patrol = nil, nil // figures that rest on more than is there now
	}
	if newest.confirmed.IsZero() {
		return
	}
	if !incomplete { // of a database that has not answered it is not known
		out <- gauge(storageComplete, 1)
	}
	for _, metric := range newest.data {
		out <- metric
	}
	for _, metric := range newest.patrol {
		out <- metric
	}
	for _, metric := range newest.sources {
		out <- metric
	}
	out <- gauge(snapshotTimestamp, float64(newest.confirmed.UnixMilli())/1000)
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
