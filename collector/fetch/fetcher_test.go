package fetch

import (
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
	"yangguang/queries/records"
)

// clock is a time that passes only by sleeping.
type clock struct {
	mutex sync.Mutex
	now   time.Time
	slept []time.Duration
}

func newClock() *clock { return &clock{now: time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, duration time.Duration) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.now = c.now.Add(duration)
	c.slept = append(c.slept, duration)
	return ctx.Err()
}

// loopback makes a fetcher that waits by a clock of its own.
func loopback(t *testing.T, memory Memory) (*Fetcher, *clock) {
	t.Helper()
	by := newClock()
	fetcher := New(Options{Memory: memory, Now: by.Now, Sleep: by.Sleep})
	t.Cleanup(fetcher.Close)
	return fetcher, by
}

// serve is a server on loopback.
func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// abroad is the address of a server under another name than other servers have.
func abroad(server *httptest.Server) string {
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
}

// local is a server on loopback and a network that may ask it, without waiting.
func local(t *testing.T, policy Policy, handler http.HandlerFunc) (string, online.Network, *clock) {
	t.Helper()
	fetcher, by := loopback(t, nil)
	policy.AllowPrivate = true
	return serve(t, handler).URL, fetcher.For("source", policy), by
}

// isRefused checks that err refuses, for this reason.
func isRefused(t *testing.T, err error, reason string) {
	t.Helper()
	var refused *RefusedError
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), reason) {
		t.Errorf("%v; want a refusal: %s", err, reason)
	}
}

func TestWhatPassesIsAskedAgain(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		header string
		wait   func(time.Duration) bool
	}{
		"busy, with seconds":             {http.StatusTooManyRequests, "7", func(d time.Duration) bool { return d == 7*time.Second }},
		"unavailable, with seconds":      {http.StatusServiceUnavailable, "3", func(d time.Duration) bool { return d == 3*time.Second }},
		"busy, with a time that is past": {http.StatusTooManyRequests, newClock().now.Add(-time.Hour).Format(http.TimeFormat), func(d time.Duration) bool { return d >= time.Second/2 && d < time.Second }},
		"unavailable, with a time": {
			http.StatusServiceUnavailable, newClock().now.Add(time.Minute).Format(http.TimeFormat),
			func(d time.Duration) bool { return d == time.Minute },
		},
		"a gateway, without a word": {http.StatusBadGateway, "", func(d time.Duration) bool { return d >= time.Second/2 && d < time.Second }},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int32
			url, network, clock := local(t, Policy{IgnoreRobots: true}, func(w http.ResponseWriter, _ *http.Request) {
				if asked.Add(1) == 1 {
					w.Header().Set("Retry-After", test.header)
					w.WriteHeader(test.status)
					return
				}
				fmt.Fprint(w, "page")
			})
			answer, err := network.Fetch(t.Context(), online.Request{URL: url})
			if err != nil || string(answer.Body) != "page" {
				t.Fatalf("%q, %v", answer.Body, err)
			}
			if len(clock.slept) != 1 || !test.wait(clock.slept[0]) {
				t.Errorf("waited %v", clock.slept)
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
			url, network, _ := local(t, Policy{IgnoreRobots: true}, func(w http.ResponseWriter, _ *http.Request) {
				asked.Add(1)
				w.Header().Set("Retry-After", test.header)
				w.WriteHeader(test.status)
			})
			test.request.URL = url
			_, err := network.Fetch(t.Context(), test.request)
			if status, answered := online.StatusOf(err); !answered || status != test.status {
				t.Errorf("error %v", err)
			}
			if asked.Load() != test.asked {
				t.Errorf("asked %d times, want %d", asked.Load(), test.asked)
			}
		})
	}
}

func TestServerThatWantsLongIsLeftAlone(t *testing.T) {
	var asked atomic.Int32
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			w.Header().Set("Retry-After", "600")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	fetcher, by := loopback(t, nil)
	policy := Policy{IgnoreRobots: true, AllowPrivate: true}
	ask := func(source string) error {
		_, err := fetcher.For(source, policy).Fetch(t.Context(), online.Request{URL: server.URL})
		return err
	}
	later := func(duration time.Duration) {
		t.Helper()
		if err := by.Sleep(t.Context(), duration); err != nil {
			t.Fatal(err)
		}
	}
	for _, wait := range []string{"10m0s", "7m0s", "4m0s"} {
		err := ask("hasty")
		if status, _ := online.StatusOf(err); status != http.StatusTooManyRequests || !strings.Contains(err.Error(), "asks to wait "+wait) {
			t.Errorf("%v; want to wait %s", err, wait)
		}
		later(3 * time.Minute)
	}
	if asked.Load() != 1 {
		t.Errorf("asked %d times", asked.Load())
	}
	if err := ask("other"); err != nil || asked.Load() != 2 {
		t.Errorf("another source: %v, asked %d times", err, asked.Load())
	}
	if err := ask("hasty"); err != nil || asked.Load() != 3 { // the last minute is waited for
		t.Errorf("%v, asked %d times", err, asked.Load())
	}
	if slept := by.slept[len(by.slept)-1]; slept > time.Minute || slept < 50*time.Second {
		t.Errorf("waited %v", by.slept)
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	server := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a private address was asked") })
	fetcher, by := loopback(t, nil)
	network := fetcher.For("source", Policy{IgnoreRobots: true})
	_, err := network.Fetch(t.Context(), online.Request{URL: server.URL})
	isRefused(t, err, "it is a private address; network.allow_private lets it be asked")
	_, err = network.Fetch(t.Context(), online.Request{URL: abroad(server)})
	isRefused(t, err, "it is a private address")
	_, err = network.Fetch(t.Context(), online.Request{URL: "file:///etc/passwd"})
	isRefused(t, err, "not an http or https address")
	if len(by.slept) > 0 {
		t.Errorf("waited %v, as if that could pass", by.slept)
	}
}

func TestCancellingEndsASlowBody(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	url, network, _ := local(t, Policy{IgnoreRobots: true}, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "first part")
		w.(http.Flusher).Flush()
		cancel()
		<-r.Context().Done()
	})
	if _, err := network.Fetch(ctx, online.Request{URL: url}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// shelf is a memory of pages.
type shelf map[string]records.Page

func (s shelf) Page(_ context.Context, address string) (records.Page, bool, error) {
	page, found := s[address]
	return page, found, nil
}

func (s shelf) KeepPage(_ context.Context, page records.Page) error {
	s[page.Address] = page
	return nil
}

func TestUnchangedPageIsNotSentAgain(t *testing.T) {
	var bodies atomic.Int32
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/moved" {
			http.Redirect(w, r, "/list", http.StatusFound)
			return
		}
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Content-Type", "text/html; charset=gbk")
		w.Header().Add("Link", `</list?page=2>; rel="next"`)
		w.Header().Add("Link", `</>; rel="home"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		bodies.Add(1)
		fmt.Fprint(w, "\xd2\xb3")
	})
	fetcher, _ := loopback(t, shelf{})
	network := fetcher.For("source", Policy{IgnoreRobots: true, AllowPrivate: true})
	for i, want := range []struct {
		path  string
		bytes int64
	}{{"/list", 2}, {"/list", 0}, {"/list", 0}, {"/moved", 2}, {"/moved", 0}} {
		answer, err := network.Fetch(t.Context(), online.Request{URL: server.URL + want.path, Keep: true})
		if err != nil || string(answer.Body) != "\xd2\xb3" || answer.Bytes != want.bytes || answer.URL != server.URL+"/list" {
			t.Errorf("%d: %q, %d bytes from %s, %v", i, answer.Body, answer.Bytes, answer.URL, err)
		}
		if got := answer.Header.Get("Content-Type"); got != "text/html; charset=gbk" {
			t.Errorf("%d: Content-Type %q", i, got)
		}
		if got := strings.Join(answer.Header.Values("Link"), ", "); got != `</list?page=2>; rel="next", </>; rel="home"` {
			t.Errorf("%d: Link %q", i, got)
		}
	}
	if bodies.Load() != 2 {
		t.Errorf("%d bodies were sent", bodies.Load())
	}
	strict := fetcher.For("strict", Policy{IgnoreRobots: true, AllowPrivate: true, MaxBody: 1})
	_, err := strict.Fetch(t.Context(), online.Request{URL: server.URL + "/list", Keep: true})
	isRefused(t, err, "more than 1 bytes") // whatever another source has been allowed to keep
}

func TestIsPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "2001:4860:4860::8888": true, "240e:1::1": true, "::ffff:8.8.8.8": true, "2001:200::1": true,
		"127.0.0.1": false, "127.9.9.9": false, "10.1.2.3": false, "192.168.1.1": false, "172.16.0.1": false, "169.254.169.254": false, "100.64.0.1": false,
		"0.0.0.0": false, "224.0.0.1": false, "198.18.0.1": false, "192.88.99.1": false, "255.255.255.255": false,
		"::": false, "::1": false, "fe80::1": false, "fe80::1%lo": false, "fec0::1": false, "fc00::1": false, "ff02::1": false, "100::1": false, "5f00::1": false, "2001:db8::1": false, "3fff::1": false,
		"::ffff:10.0.0.1": false, "::127.0.0.1": false, "::ffff:0:127.0.0.1": false, "::ffff:0:8.8.8.8": false, "64:ff9b::a00:1": false, "64:ff9b:1::7f00:1": false,
		"2002:a00:1::": false, "2002:7f00:1::1%lo": false, "2001:0:7f00:1::": false, "2001:4860::5efe:127.0.0.1": false, "2001:4860::200:5efe:10.0.0.1": false,
	} {
		if got := isPublic(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
}
