package fetch

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yangguang/collector/online"
	"yangguang/queries"
)

// naps records how long would have been waited, without waiting.
type naps struct {
	mutex sync.Mutex
	taken []time.Duration
}

func (n *naps) sleep(ctx context.Context, duration time.Duration) error {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	n.taken = append(n.taken, duration)
	return ctx.Err()
}

// local is a server on loopback and a fetcher that may ask it, without waiting.
func local(t *testing.T, options Options, handler http.HandlerFunc) (string, *Fetcher, *naps) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	taken := &naps{}
	options.AllowPrivate, options.RatePerSecond, options.Sleep = true, 1000, taken.sleep
	return server.URL, New(options), taken
}

func TestWhatPassesIsAskedAgain(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		header string
		wait   func(time.Duration) bool
	}{
		"busy, with seconds": {http.StatusTooManyRequests, "7", func(d time.Duration) bool { return d == 7*time.Second }},
		"busy, with a time": {
			http.StatusServiceUnavailable, time.Now().Add(time.Minute).UTC().Format(http.TimeFormat),
			func(d time.Duration) bool { return d > 50*time.Second && d <= time.Minute },
		},
		"a gateway, without a word": {http.StatusBadGateway, "", func(d time.Duration) bool { return d >= time.Second/2 && d < time.Second }},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int32
			url, fetcher, naps := local(t, Options{IgnoreRobots: true}, func(w http.ResponseWriter, _ *http.Request) {
				if asked.Add(1) == 1 {
					w.Header().Set("Retry-After", test.header)
					w.WriteHeader(test.status)
					return
				}
				fmt.Fprint(w, "page")
			})
			answer, err := fetcher.Fetch(t.Context(), online.Request{URL: url})
			if err != nil || string(answer.Body) != "page" {
				t.Fatalf("%q, %v", answer.Body, err)
			}
			if len(naps.taken) != 1 || !test.wait(naps.taken[0]) {
				t.Errorf("waited %v", naps.taken)
			}
		})
	}
}

func TestWhatDoesNotPassIsNotAskedAgain(t *testing.T) {
	for name, test := range map[string]struct {
		request online.Request
		status  int
		header  string
		asked   int32
	}{
		"a page that is gone":         {online.Request{}, http.StatusNotFound, "", 1},
		"a POST that does something":  {online.Request{Method: http.MethodPost}, http.StatusBadGateway, "", 1},
		"a POST that only asks":       {online.Request{Method: http.MethodPost, Reads: true}, http.StatusBadGateway, "", 4},
		"a server that wants a day":   {online.Request{}, http.StatusTooManyRequests, "86400", 1},
		"one that never gets better":  {online.Request{}, http.StatusServiceUnavailable, "", 4},
		"one that forbids altogether": {online.Request{}, http.StatusForbidden, "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int32
			url, fetcher, _ := local(t, Options{IgnoreRobots: true}, func(w http.ResponseWriter, _ *http.Request) {
				asked.Add(1)
				w.Header().Set("Retry-After", test.header)
				w.WriteHeader(test.status)
			})
			test.request.URL = url
			_, err := fetcher.Fetch(t.Context(), test.request)
			if status, answered := online.StatusOf(err); !answered || status != test.status {
				t.Errorf("error %v", err)
			}
			if asked.Load() != test.asked {
				t.Errorf("asked %d times, want %d", asked.Load(), test.asked)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "elsewhere") }))
	defer other.Close()
	elsewhere := strings.Replace(other.URL, "127.0.0.1", "localhost", 1)
	url, fetcher, _ := local(t, Options{MaxBody: 1000}, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /secret\n")
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/away":
			http.Redirect(w, r, elsewhere, http.StatusFound)
		case "/large":
			fmt.Fprint(w, strings.Repeat("x", 1001))
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			zipped := gzip.NewWriter(w)
			fmt.Fprint(zipped, strings.Repeat("0", 1<<20))
			zipped.Close()
		}
	})
	for path, want := range map[string]string{
		"/secret/list": "robots.txt does not allow it", "/loop": "more than 5 redirects", "/away": "redirects to another host",
		"/large": "more than 1000 bytes", "/bomb": "more than 1000 bytes",
	} {
		_, err := fetcher.Fetch(t.Context(), online.Request{URL: url + path})
		var refused *RefusedError
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %s", path, err, want)
		}
	}
	strict := New(Options{IgnoreRobots: true, Retries: -1})
	var refused *RefusedError
	if _, err := strict.Fetch(t.Context(), online.Request{URL: url}); !errors.As(err, &refused) {
		t.Errorf("loopback: %v", err)
	}
	if _, err := strict.Fetch(t.Context(), online.Request{URL: "file:///etc/passwd"}); !errors.As(err, &refused) {
		t.Errorf("a file: %v", err)
	}
}

func TestAllowedHostIsFollowed(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "elsewhere") }))
	defer other.Close()
	url, fetcher, _ := local(t, Options{IgnoreRobots: true, AllowHosts: []string{"localhost"}}, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, strings.Replace(other.URL, "127.0.0.1", "localhost", 1), http.StatusFound)
	})
	answer, err := fetcher.Fetch(t.Context(), online.Request{URL: url})
	if err != nil || string(answer.Body) != "elsewhere" || !strings.Contains(answer.URL, "localhost") {
		t.Errorf("%q from %s, %v", answer.Body, answer.URL, err)
	}
}

func TestRobotsThatCannotBeGivenForbids(t *testing.T) {
	url, fetcher, _ := local(t, Options{Retries: -1}, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	var refused *RefusedError
	if _, err := fetcher.Fetch(t.Context(), online.Request{URL: url}); !errors.As(err, &refused) {
		t.Error(err)
	}
}

func TestUnreadableRobotsForbidsNothing(t *testing.T) {
	url, fetcher, _ := local(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			fmt.Fprint(w, "Disallow: /\nUser-agent: *\nCrawl-delay: abc\n")
		}
	})
	if _, err := fetcher.Fetch(t.Context(), online.Request{URL: url}); err != nil {
		t.Error(err)
	}
}

func TestCutBodyIsAnError(t *testing.T) {
	url, fetcher, _ := local(t, Options{IgnoreRobots: true, Retries: -1}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, "short")
	})
	if answer, err := fetcher.Fetch(t.Context(), online.Request{URL: url}); err == nil {
		t.Errorf("got %q", answer.Body)
	}
}

func TestCancellingEndsASlowBody(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	url, fetcher, _ := local(t, Options{IgnoreRobots: true}, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "first part")
		w.(http.Flusher).Flush()
		cancel()
		<-r.Context().Done()
	})
	if _, err := fetcher.Fetch(ctx, online.Request{URL: url}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// shelf is a memory of pages.
type shelf map[string]queries.Page

func (s shelf) Page(_ context.Context, address string) (queries.Page, bool, error) {
	page, found := s[address]
	return page, found, nil
}

func (s shelf) KeepPage(_ context.Context, page queries.Page) error {
	s[page.Address] = page
	return nil
}

func TestUnchangedPageIsNotSentAgain(t *testing.T) {
	var bodies atomic.Int32
	url, fetcher, _ := local(t, Options{IgnoreRobots: true, Memory: shelf{}}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		bodies.Add(1)
		fmt.Fprint(w, "页")
	})
	for range 3 {
		answer, err := fetcher.Fetch(t.Context(), online.Request{URL: url, Keep: true})
		if err != nil || string(answer.Body) != "页" {
			t.Fatalf("%q, %v", answer.Body, err)
		}
	}
	if bodies.Load() != 1 {
		t.Errorf("%d bodies were sent", bodies.Load())
	}
}

func TestIsPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "2001:4860:4860::8888": true, "127.0.0.1": false, "10.1.2.3": false, "192.168.1.1": false, "172.16.0.1": false, "169.254.169.254": false,
		"100.64.0.1": false, "::1": false, "fe80::1": false, "fc00::1": false, "::ffff:10.0.0.1": false, "0.0.0.0": false, "224.0.0.1": false, "64:ff9b::a00:1": false, "2002:a00:1::": false, "198.18.0.1": false,
	} {
		if got := isPublic(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
}
