package fetch

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
	"golang.org/x/time/rate"
)

// hosts are the limits of each host that is asked.
type hosts struct {
	rate        float64
	concurrency int
	mutex       sync.Mutex
	known       map[string]*host
}

type host struct {
	limiter    *rate.Limiter
	slots      chan struct{}
	asking     chan struct{}         // of capacity 1: one asks for robots.txt
	robots     *robotstxt.RobotsData // nil: not asked yet
	robotsRead time.Time
}

func (h *hosts) of(name string) *host {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.known[name] == nil {
		h.known[name] = &host{
			limiter: rate.NewLimiter(rate.Limit(h.rate), 1), slots: make(chan struct{}, h.concurrency), asking: make(chan struct{}, 1),
		}
	}
	return h.known[name]
}

// enter waits until the host may be asked; leave gives the place to the next.
func (h *hosts) enter(ctx context.Context, name string) (leave func(), err error) {
	host := h.of(name)
	select {
	case host.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := host.limiter.Wait(ctx); err != nil {
		<-host.slots
		return nil, fmt.Errorf("wait for %s: %w", name, err)
	}
	return func() { <-host.slots }, nil
}
