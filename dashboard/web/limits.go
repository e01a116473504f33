package web

import (
	"context"
	"fmt"
	"math"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
)

// limitedClients is how many clients are told apart; of more, those not seen for the longest are forgotten.
const limitedClients = 10_000

// limiter counts by client, and lets so many computations run at once.
type limiter struct {
	limits    page.Limits
	clients   *lru.Cache[string, *rate.Limiter]
	questions *semaphore.Weighted
	whole     *semaphore.Weighted // exports and packs, of which a slow reader holds one for long
}

func newLimiter(limits page.Limits) (*limiter, error) {
	clients, err := lru.New[string, *rate.Limiter](limitedClients)
	if err != nil {
		return nil, fmt.Errorf("limits: %w", err)
	}
	if limits.Wait == 0 {
		limits.Wait = 10 * time.Second
	}
	atOnce := int64(limits.AtOnce)
	if atOnce == 0 {
		atOnce = math.MaxInt64
	}
	return &limiter{limits, clients, semaphore.NewWeighted(atOnce), semaphore.NewWeighted(max(1, atOnce/4))}, nil
}

// limited gives every request an admission: its first computation counts as one for its client, and each waits until there is room.
func (l *limiter) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		counted := sync.OnceValue(func() error { return l.count(r, time.Now()) })
		admission := func(ctx context.Context) (func(), error) {
			if err := counted(); err != nil {
				return nil, err
			}
			return l.enter(ctx, l.questions)
		}
		next.ServeHTTP(w, r.WithContext(ask.WithAdmission(r.Context(), admission)))
	})
}

// asWhole limits what is computed whole for every request: exports and packs.
func (s *server) asWhole(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := s.limiter.count(r, time.Now())
		if err != nil {
			s.fail(w, page.New(s.Options, r), err)
			return
		}
		done, err := s.limiter.enter(r.Context(), s.limiter.whole)
		if err != nil {
			s.fail(w, page.New(s.Options, r), err)
			return
		}
		defer done()
		next.ServeHTTP(w, r)
	})
}

// count counts a request for its client. What the program asks itself has no address, and is not counted.
func (l *limiter) count(r *http.Request, now time.Time) error {
	if l.limits.PerMinute == 0 || r.RemoteAddr == "" {
		return nil
	}
	fresh := rate.NewLimiter(rate.Limit(l.limits.PerMinute)/60, max(1, l.limits.PerMinute/2))
	client, known, _ := l.clients.PeekOrAdd(l.client(r), fresh)
	if !known {
		client = fresh
	} else {
		l.clients.Get(l.client(r)) // seen again
	}
	reserved := client.ReserveN(now, 1)
	if wait := reserved.DelayFrom(now); wait > 0 {
		reserved.CancelAt(now)
		return &page.RefusedError{Status: http.StatusTooManyRequests, After: wait}
	}
	return nil
}

// client is who asks: an address, of IPv6 the network of a household (/64). What a request says of itself counts only behind a proxy, here
// or before this machine, which puts the address that it saw last.
func (l *limiter) client(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	peer, err := netip.ParseAddr(host)
	behind := l.limits.Forwarded || err == nil && peer.IsLoopback()
	if told := r.Header.Values("X-Forwarded-For"); behind && len(told) > 0 {
		last := told[len(told)-1]
		host = strings.TrimSpace(last[strings.LastIndex(last, ",")+1:])
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	address = address.Unmap().WithZone("")
	if address.Is6() {
		if network, err := address.Prefix(64); err == nil {
			return network.String()
		}
	}
	return address.String()
}

// enter waits a while for room.
func (l *limiter) enter(ctx context.Context, room *semaphore.Weighted) (leave func(), err error) {
	waiting, cancel := context.WithTimeout(ctx, l.limits.Wait)
	defer cancel()
	if err := room.Acquire(waiting, 1); err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("wait for other computations: %w", ctx.Err())
		}
		return nil, &page.RefusedError{Status: http.StatusServiceUnavailable, After: l.limits.Wait}
	}
	return func() { room.Release(1) }, nil
}
