package fetch

import (
	"net/http"
	"net/url"
	"strings"
	"sync"

	"golang.org/x/net/idna"

	"yangguang/collector/online"
)

// Fetcher fetches pages for all sources, so that limits hold for each host however many sources ask it. It may be used by many
// goroutines. Close it.
type Fetcher struct {
	options       Options
	guarded, open *http.Client // open reaches private addresses too; the two share no connections

	mutex  sync.Mutex // guards the following
	hosts  map[string]*host
	robots map[string]*robots
}

// New makes a fetcher.
func New(options Options) *Fetcher {
	return &Fetcher{
		options: options.withDefaults(), guarded: newClient(refusePrivate), open: newClient(nil),
		hosts: map[string]*host{}, robots: map[string]*robots{},
	}
}

// For is the network as the named source may use it.
func (f *Fetcher) For(source string, policy Policy) online.Network {
	return &network{fetcher: f, source: source, policy: policy.withDefaults()}
}

// Close closes connections that are kept for further requests.
func (f *Fetcher) Close() {
	f.guarded.CloseIdleConnections()
	f.open.CloseIdleConnections()
}

func (f *Fetcher) host(address *url.URL) *host {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	name := hostOf(address)
	if f.hosts[name] == nil {
		f.hosts[name] = newHost()
	}
	return f.hosts[name]
}

func (f *Fetcher) robotsOf(address *url.URL) *robots {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	origin := originOf(address)
	if f.robots[origin] == nil {
		f.robots[origin] = &robots{asking: make(chan struct{}, 1)}
	}
	return f.robots[origin]
}

// hostOf names the host of an address, with its port if that is not the usual one.
func hostOf(address *url.URL) string {
	port := address.Port()
	if port == "" || address.Scheme == "http" && port == "80" || address.Scheme == "https" && port == "443" {
		return nameOf(address)
	}
	return nameOf(address) + ":" + port
}

// nameOf is the name of a host as name servers know it: 网站.中国 has another one.
func nameOf(address *url.URL) string {
	name := strings.ToLower(strings.TrimSuffix(address.Hostname(), "."))
	if ascii, err := idna.Lookup.ToASCII(name); err == nil {
		return ascii
	}
	return name
}

// originOf tells apart what may see the same headers (RFC 6454).
func originOf(address *url.URL) string { return address.Scheme + "://" + hostOf(address) }
