package patrol

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"yangguang/collector/fetch"
	"yangguang/collector/online"
)

// places are what hosts show where there is nothing, and on their front pages, as seen in one round.
type places struct {
	mutex sync.Mutex // guards the map
	known map[string]*place
}

// place is one such page, asked for by whoever needs it first.
type place struct {
	mutex sync.Mutex // held while it is asked for; guards the following
	print print      // nil: it is none that could be taken for another
	known bool       // false: it could not be found out
	tries int
}

// mostTries is how often a page that could not be had is asked for.
const mostTries = 3

// mostPlaces bounds what is remembered of hosts.
const mostPlaces = 5_000

func (p *places) of(key string) *place {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.known == nil || len(p.known) >= mostPlaces {
		p.known = map[string]*place{}
	}
	if p.known[key] == nil {
		p.known[key] = &place{}
	}
	return p.known[key]
}

func (p *place) ask(ctx context.Context, network online.Network, address string) (print, bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.known || p.tries == mostTries {
		return p.print, p.known
	}
	p.tries++
	answer, err := network.Fetch(ctx, online.Request{Method: http.MethodGet, URL: address})
	switch cause := fetch.CauseOf(err); {
	case err == nil:
		p.known = true
		if isHTML(answer.Header.Get("Content-Type"), answer.Body) {
			if page := readPage(answer.URL, answer.Header.Get("Content-Type"), answer.Body); page != nil {
				p.print = page.print
			}
		}
	case cause == fetch.Answered || cause == fetch.LeadsElsewhere || cause == fetch.ByRobots:
		p.known = true // whoever is answered with success was answered something else
	}
	return p.print, p.known
}

// front is what the front page of an address's host shows; nil: it cannot be told.
func (r *round) front(ctx context.Context, network online.Network, address string) print {
	parsed, err := url.Parse(address)
	if err != nil {
		return nil
	}
	root := url.URL{Scheme: parsed.Scheme, Host: parsed.Host, Path: "/"}
	shown, _ := r.places.of(root.String()).ask(ctx, network, root.String())
	return shown
}

// nowhere is what the host of an address shows where there is nothing.
func (r *round) nowhere(ctx context.Context, network online.Network, address string) (print, bool) {
	family, at := nonsense(address, strings.ToLower("x"+rand.Text()[:11]))
	if family == "" {
		return nil, false
	}
	return r.places.of(family).ask(ctx, network, at)
}
