package metrics

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/singleflight"

	"yangguang/queries"
)

// longest is how long one computation may take; scrapes give up much earlier and find its result the next time.
const longest = 5 * time.Minute

var errClosed = errors.New("the metrics are closed")

// cache keeps the last figures while they are true: until the data or the day change. Scrapes that come while figures
// are being computed share the computation.
type cache struct {
	options Options
	flights singleflight.Group
	ctx     context.Context // of computations, which outlive the scrape that began them
	stop    context.CancelFunc
	running sync.WaitGroup

	mu     sync.Mutex
	closed bool
	last   *figures // nil before the first computation
}

// figures are the series of one data version on one day.
type figures struct {
	version   string
	day       time.Time
	data      []prometheus.Metric // of units, groups and items
	sources   []prometheus.Metric
	confirmed time.Time // when they were last known to be true
}

func newCache(options Options) *cache {
	ctx, stop := context.WithCancel(context.Background())
	return &cache{options: options, ctx: ctx, stop: stop}
}

func (c *cache) close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.stop()
	c.running.Wait()
}

// current returns figures that are true now, or an error when they cannot be had before ctx ends.
func (c *cache) current(ctx context.Context) (figures, error) {
	now := c.options.Now().In(c.options.Zone)
	day := queries.Today(now)
	version, err := c.options.Store.DataVersion(ctx)
	if err != nil {
		return figures{}, fmt.Errorf("data version: %w", err)
	}
	if kept, ok := c.confirm(version, day, now); ok {
		return kept, nil
	}
	result := c.flights.DoChan(version+" "+day.String(), func() (any, error) { return c.compute(version, day, now) })
	select {
	case <-ctx.Done():
		return figures{}, fmt.Errorf("the figures are still being computed: %w", ctx.Err())
	case answer := <-result:
		if answer.Err != nil {
			return figures{}, answer.Err
		}
		return answer.Val.(figures), nil
	}
}

// confirm returns the kept figures if they are of this version and day.
func (c *cache) confirm(version string, day, now time.Time) (figures, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil || c.last.version != version || !c.last.day.Equal(day) {
		return figures{}, false
	}
	c.last.confirmed = now
	return *c.last, true
}

func (c *cache) compute(version string, day, now time.Time) (figures, error) {
	if !c.begin() {
		return figures{}, errClosed
	}
	defer c.running.Done()
	ctx, cancel := context.WithTimeout(c.ctx, longest)
	defer cancel()
	snapshot, err := c.options.Store.Snapshot(ctx, queries.Question{}.WithDefaults(day), c.options.MaxSeries/fewestSeries)
	if err != nil {
		return figures{}, fmt.Errorf("snapshot: %w", err)
	}
	fresh := figures{
		version: version, day: day, confirmed: now,
		data: bounded(snapshot, c.options.Zone, c.options.MaxSeries), sources: sourceMetrics(snapshot.Sources),
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = &fresh
	return fresh, nil
}

// begin counts a computation in unless the cache is closed.
func (c *cache) begin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false
	}
	c.running.Add(1)
	return true
}

// known returns what stays true when ClickHouse does not answer: what the sources did last, and since when nothing newer
// is known. The second result is false before the first figures.
func (c *cache) known() (figures, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil {
		return figures{}, false
	}
	return figures{sources: c.last.sources, confirmed: c.last.confirmed}, true
}
