package metrics

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"yangguang/queries/model"
)

// StaleAfter is how old the series of units and groups may be and still be served; DisclosureSnapshotStale tells the operators beyond it.
const StaleAfter = 15 * time.Minute

// longest is how long one computation may take; scrapes give up much earlier and find its result the next time.
const longest = 5 * time.Minute

var errClosed = errors.New("the metrics are closed")

// cache holds the newest whole figures. A scrape has them looked at again, and computed if the data or the day have changed; scrapes that come
// meanwhile share the refresh, which goes on when they give up.
type cache struct {
	options Options
	ctx     context.Context // of refreshes, which outlive the scrape that began them
	stop    context.CancelFunc
	running sync.WaitGroup

	mu      sync.Mutex
	closed  bool
	last    *figures // nil before the first computation
	current *refresh // under way; nil without one
}

// refresh makes sure that the figures are those of the moment at which it began.
type refresh struct {
	begun time.Time
	done  chan struct{} // closed at the end; then err is known
	err   error
}

// figures are the series of one data version on one day.
type figures struct {
	version   string
	day       time.Time
	data      []prometheus.Metric // of units, groups and items
	sources   []prometheus.Metric
	patrolled string              // of which version of what patrol has found
	patrol    []prometheus.Metric // which changes more often than the data do
	confirmed time.Time           // when they were last known to be true
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

// newest returns figures that are true now or, where they cannot be had before ctx ends, the newest there are with the reason.
// Without figures that may be served it waits as long as ctx lasts, else a third of it: an answer must not be late for figures that are hardly newer.
func (c *cache) newest(ctx context.Context) (figures, error) {
	asked := c.options.Now()
	if deadline, limited := ctx.Deadline(); limited && c.known(asked).data != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(deadline)/3)
		defer cancel()
	}
	for {
		flight, err := c.refresh()
		if err != nil {
			return c.known(asked), err
		}
		select {
		case <-ctx.Done():
			return c.known(asked), fmt.Errorf("the figures are still being computed: %w", ctx.Err())
		case <-flight.done:
		}
		if flight.begun.Before(asked) {
			continue // it may not know what this scrape must
		}
		return c.known(asked), flight.err
	}
}

// refresh begins a refresh, or returns the one under way.
func (c *cache) refresh() (*refresh, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil, errClosed
	}
	if c.current != nil {
		return c.current, nil
	}
	flight := &refresh{begun: c.options.Now(), done: make(chan struct{})}
	c.current = flight
	c.running.Go(func() {
		flight.err = c.renew(flight.begun)
		c.mu.Lock()
		c.current = nil
		c.mu.Unlock()
		close(flight.done)
	})
	return flight, nil
}

// renew computes the figures unless those at hand are still true.
func (c *cache) renew(now time.Time) error {
	ctx, cancel := context.WithTimeout(c.ctx, longest)
	defer cancel()
	day := model.Today(now.In(c.options.Zone))
	version, err := c.options.Store.DataVersion(ctx)
	if err != nil {
		return fmt.Errorf("data version: %w", err)
	}
	patrolled, patrol, err := c.patrol(ctx, day, now)
	if err != nil {
		return err
	}
	if c.confirm(version, day, now, patrolled, patrol) {
		return nil
	}
	snapshot, err := c.options.Store.Snapshot(ctx, model.Question{}.WithDefaults(day), c.options.MaxSeries/fewestSeries)
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	fresh := figures{
		version: version, day: day, confirmed: now,
		data: bounded(snapshot, c.options.Zone, c.options.MaxSeries), sources: sourceMetrics(snapshot.Sources),
		patrolled: patrolled, patrol: patrol,
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = &fresh
	return nil
}

// patrol are the series of what patrol has found, computed if that has changed; within an hour visits do not become old.
func (c *cache) patrol(ctx context.Context, day, now time.Time) (version string, patrol []prometheus.Metric, err error) {
	if version, err = c.options.Store.PatrolVersion(ctx); err != nil {
		return "", nil, fmt.Errorf("version of the patrol: %w", err)
	}
	version += " " + now.UTC().Format("2006-01-02 15")
	c.mu.Lock()
	last := c.last
	c.mu.Unlock()
	if last != nil && last.patrolled == version {
		return version, last.patrol, nil
	}
	groups, err := c.options.Store.PatrolSnapshot(ctx, model.Question{}.WithDefaults(day))
	if err != nil {
		return "", nil, fmt.Errorf("snapshot of the patrol: %w", err)
	}
	return version, patrolMetrics(groups), nil
}

// confirm notes that the figures at hand are true now if they are of this version and day, with what patrol has found by now.
func (c *cache) confirm(version string, day, now time.Time, patrolled string, patrol []prometheus.Metric) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil || c.last.version != version || !c.last.day.Equal(day) {
		return false
	}
	c.last.confirmed, c.last.patrolled, c.last.patrol = now, patrolled, patrol
	return true
}

// known are the newest figures. Of those that are older than StaleAfter only what stays true is left: what the sources did last, and since when
// nothing newer is known.
func (c *cache) known(now time.Time) figures {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil {
		return figures{}
	}
	known := *c.last
	if now.Sub(known.confirmed) > StaleAfter {
		known.data, known.patrol = nil, nil
	}
	return known
}
