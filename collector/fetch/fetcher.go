package fetch

import (
	"crypto/x509"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/idna"

	"yangguang/collector/online"
)

// Fetcher fetches pages for all sources, so that limits hold for each host however many sources ask it. It may be used by many
// goroutines. Close it.
type Fetcher struct {
	options Options
	issuers issuers

	mutex   sync.Mutex // guards the following
	clients map[clientKind]*http.Client
	hosts   map[string]*host
	robots  map[string]*robots
}

// New makes a fetcher.
func New(options Options) *Fetcher {
	return &Fetcher{
		options: options.withDefaults(), issuers: issuers{known: map[string]*x509.Certificate{}},
		clients: map[clientKind]*http.Client{}, hosts: map[string]*host{}, robots: map[string]*robots{},
	}
}

// For is the network as the named source may use it.
func (f *Fetcher) For(source string, policy Policy) online.Network {
	return &network{fetcher: f, source: source, policy: policy.withDefaults()}
}

// Close closes connections that are kept for further requests.
func (f *Fetcher) Close() {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for _, client := range f.clients {
		client.CloseIdleConnections()
	}
}

// clientKind tells apart clients that must not share connections.
type clientKind struct {
	private bool      // private addresses may be reached
	roots   string    // file of certificates that are trusted besides
	written time.Time // when that was changed last
}

// client is the client for a policy. It is made again when the file of certificates has changed.
func (f *Fetcher) client(policy Policy) (*http.Client, error) {
	kind := clientKind{private: policy.AllowPrivate, roots: policy.CAFile}
	if kind.roots != "" {
		state, err := os.Stat(kind.roots)
		if err != nil {
			return nil, fmt.Errorf("network.ca_file: %w", err)
		}
		kind.written = state.ModTime()
	}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if client := f.clients[kind]; client != nil {
		return client, nil
	}
	var roots *x509.CertPool
	if kind.roots != "" {
		var err error
		if roots, err = Roots(kind.roots); err != nil {
			return nil, fmt.Errorf("network.ca_file: %w", err)
		}
	}
	allowed := refusePrivate
	if kind.private {
		allowed = nil
	}
	f.clients[kind] = newClient(allowed, roots, &f.issuers)
	return f.clients[kind], nil
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
