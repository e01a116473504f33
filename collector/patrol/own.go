package patrol

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"sync"

	"golang.org/x/sync/errgroup"

	"yangguang/collector/fetch"
	"yangguang/collector/online"
)

// own tells whether our own network is up: by hosts that are asked for their front pages.
type own struct {
	network online.Network
	hosts   []string // addresses of front pages, of different hosts
}

// mostTellers is how many hosts are asked at a time.
const mostTellers = 5

// condition is which of the hosts answered as themselves.
type condition map[string]bool

// begin asks the hosts for the first time. Of two that show the same, under two names perhaps, only one can tell.
func (o *own) begin(ctx context.Context) condition {
	answered, alike := o.ask(ctx)
	if alike && len(o.hosts) > 2 {
		return condition{}
	}
	if alike {
		o.hosts = o.hosts[:1]
		answered = condition{hostOf(o.hosts[0]): true}
	}
	return answered
}

// look asks the hosts again. Where all show the same now, something between us and them answers.
func (o *own) look(ctx context.Context) condition {
	answered, alike := o.ask(ctx)
	if alike {
		return condition{}
	}
	return answered
}

// ask says which hosts answer, and whether all that do, several, show the same.
func (o *own) ask(ctx context.Context) (answers condition, alike bool) {
	var mutex sync.Mutex // guards the following
	answered, shown := condition{}, map[string]print{}
	var group errgroup.Group
	for _, address := range o.hosts {
		group.Go(func() error {
			answer, err := o.network.Fetch(ctx, online.Request{Method: http.MethodGet, URL: address})
			mutex.Lock()
			defer mutex.Unlock()
			answered[hostOf(address)] = isAnswer(address, err)
			if err == nil && isHTML(answer.Header.Get("Content-Type"), answer.Body) {
				if page := readPage(answer.URL, answer.Header.Get("Content-Type"), answer.Body); page != nil {
					shown[hostOf(address)] = page.print
				}
			}
			return nil
		})
	}
	_ = group.Wait() // answered says it
	return answered, len(shown) > 1 && allAlike(shown)
}

// isAnswer reports whether a host has answered as itself: what leads away from its site may be said by something between us and it. A robots.txt that forbids
// to ask is remembered for a day, and tells nothing of now.
func isAnswer(address string, err error) bool {
	switch fetch.CauseOf(err) {
	case fetch.Answered, fetch.TooLarge:
		return true
	case fetch.LeadsElsewhere:
		return siteOf(fetch.LeadsTo(err)) == siteOf(address)
	}
	return err == nil
}

func allAlike(shown map[string]print) bool {
	var first print
	for _, print := range shown {
		if first == nil {
			first = print
		} else if !first.like(print) {
			return false
		}
	}
	return true
}

// verdict is what can be said of our own network.
type verdict int

const (
	up verdict = iota
	down
	untold // no host that could tell was asked
)

// says is whether our own network is up as far as others than the host of an address tell: two thirds of those that answered at first.
func (c condition) says(first condition, address string) verdict {
	before, now := 0, 0
	for host, answered := range first {
		if !answered || host == hostOf(address) {
			continue
		}
		before++
		if c[host] {
			now++
		}
	}
	switch {
	case before == 0:
		return untold
	case now*3 < before*2:
		return down
	}
	return up
}

// any reports whether any host answers.
func (c condition) any() bool {
	for _, answered := range c {
		if answered {
			return true
		}
	}
	return false
}

// tellers are the front pages of hosts of different sites, as many as are asked.
func tellers(addresses []string) (fronts []string) {
	known := map[string]bool{}
	for _, address := range addresses {
		parsed, err := url.Parse(address)
		if err != nil || parsed.Host == "" {
			continue
		}
		site := siteOf(address)
		if _, err := netip.ParseAddr(site); err == nil {
			site = hostOf(address)
		}
		if known[site] {
			continue
		}
		known[site] = true
		if fronts = append(fronts, (&url.URL{Scheme: parsed.Scheme, Host: parsed.Host, Path: "/"}).String()); len(fronts) == mostTellers {
			break
		}
	}
	return fronts
}

// others counts the hosts that answer and are none of those of which nothing has answered.
func (c condition) others(silent map[string]bool) (count int) {
	for host, answered := range c {
		if answered && !silent[host] {
			count++
		}
	}
	return count
}
