package fetch

import (
	"context"
	"sync"
	"time"
)

// host is one host, and who asks it.
type host struct {
	turn  chan struct{} // of capacity 1: who holds it is let in next; others wait in order
	freed chan struct{} // of capacity 1: a request has ended

	mutex    sync.Mutex // guards the following
	sources  map[string]limits
	busy     map[string]busy // by source: the server has asked it to wait long
	underWay int
	begun    time.Time // the last request
}

// limits are what one source allows itself to ask of a host.
type limits struct {
	interval    time.Duration // from the beginning of one request to that of the next
	concurrency int           // requests at a time
	asked       time.Time     // last
}

// sourceAge is how long after its last request a source still counts among those that ask a host.
const sourceAge = 24 * time.Hour

func newHost() *host {
	return &host{turn: make(chan struct{}, 1), freed: make(chan struct{}, 1), sources: map[string]limits{}, busy: map[string]busy{}}
}

// enter waits until the strictest of the sources that ask the host lets it be asked; leave gives the place to the next.
func (h *host) enter(ctx context.Context, clock Options, source string, own limits) (leave func(), err error) {
	own.asked = clock.Now()
	h.counts(source, own) // while it waits, too
	select {
	case h.turn <- struct{}{}:
		defer func() { <-h.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for {
		wait, full := h.begin(clock.Now())
		switch {
		case full:
			select {
			case <-h.freed:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		case wait > 0:
			if err := clock.Sleep(ctx, wait); err != nil {
				return nil, err
			}
		default:
			return h.end, nil
		}
	}
}

func (h *host) counts(source string, own limits) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.sources[source] = own
}

// begin takes a place if there is one, or else says how long to wait for it, or that all are taken.
func (h *host) begin(now time.Time) (wait time.Duration, full bool) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	strictest := h.strictest(now)
	if h.underWay >= strictest.concurrency {
		return 0, true
	}
	if wait := h.begun.Add(strictest.interval).Sub(now); wait > 0 && !h.begun.IsZero() {
		return wait, false
	}
	h.underWay++
	h.begun = now
	return 0, false
}

func (h *host) strictest(now time.Time) limits {
	strictest := limits{}
	for source, own := range h.sources {
		if now.Sub(own.asked) > sourceAge {
			delete(h.sources, source)
			continue
		}
		strictest.interval = max(strictest.interval, own.interval)
		if strictest.concurrency == 0 || own.concurrency < strictest.concurrency {
			strictest.concurrency = own.concurrency
		}
	}
	return strictest
}

func (h *host) end() {
	h.mutex.Lock()
	h.underWay--
	h.mutex.Unlock()
	select {
	case h.freed <- struct{}{}:
	default:
	}
}
