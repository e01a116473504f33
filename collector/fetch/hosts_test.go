package fetch

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/online"
)

func TestStrictestRateCounts(t *testing.T) {
	fetcher, by := loopback(t, nil)
	begun := by.Now()
	var asked []time.Duration // one request at a time
	server := serve(t, func(http.ResponseWriter, *http.Request) { asked = append(asked, by.Now().Sub(begun)) })
	loose := fetcher.For("loose", Policy{IgnoreRobots: true, AllowPrivate: true, RatePerSecond: 10})
	strict := fetcher.For("strict", Policy{IgnoreRobots: true, AllowPrivate: true, RatePerSecond: 0.5})
	ask := func(network online.Network) {
		t.Helper()
		if _, err := network.Fetch(t.Context(), online.Request{URL: server.URL}); err != nil {
			t.Fatal(err)
		}
	}
	for _, network := range []online.Network{loose, loose, strict, loose, strict} {
		ask(network)
	}
	if err := by.Sleep(t.Context(), 25*time.Hour); err != nil {
		t.Fatal(err)
	}
	ask(loose)
	ask(loose) // the strict one no longer asks
	later := 6100*time.Millisecond + 25*time.Hour
	want := []time.Duration{
		0, 100 * time.Millisecond, 2100 * time.Millisecond, 4100 * time.Millisecond, 6100 * time.Millisecond, later, later + 100*time.Millisecond,
	}
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Errorf("asked at (-want +got):\n%s", diff)
	}
	ask(fetcher.For("strict", Policy{IgnoreRobots: true, AllowPrivate: true, RatePerSecond: 10})) // configured again
	ask(loose)
	if got := asked[8] - asked[7]; got != 100*time.Millisecond {
		t.Errorf("after its limits were loosened, the host was asked after %s", got)
	}
}

func TestStrictestConcurrencyCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		host, clock := newHost(), Options{}.withDefaults()
		var mutex sync.Mutex
		var inside []string
		release := make(chan struct{})
		var asking sync.WaitGroup
		ask := func(source string, concurrency int) {
			asking.Go(func() {
				leave, err := host.enter(t.Context(), clock, source, limits{concurrency: concurrency})
				if err != nil {
					t.Error(err)
					return
				}
				mutex.Lock()
				inside = append(inside, source)
				mutex.Unlock()
				<-release
				leave()
			})
			synctest.Wait()
		}
		entered := func(want ...string) {
			t.Helper()
			if diff := cmp.Diff(want, inside); diff != "" {
				t.Errorf("asked by (-want +got):\n%s", diff)
			}
		}
		end := func() {
			release <- struct{}{}
			synctest.Wait()
		}
		for range 4 {
			ask("loose", 3)
		}
		entered("loose", "loose", "loose")
		ask("strict", 1)
		end()
		end()
		entered("loose", "loose", "loose") // the fourth waits, too, until none asks
		end()
		entered("loose", "loose", "loose", "loose")
		end()
		entered("loose", "loose", "loose", "loose", "strict")
		ask("loose", 3)
		entered("loose", "loose", "loose", "loose", "strict")
		end()
		end()
		asking.Wait()
		entered("loose", "loose", "loose", "loose", "strict", "loose")
	})
}

func TestWaitingForAHostEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, own := range map[string]limits{
			"a place": {concurrency: 1}, "its time": {concurrency: 2, interval: time.Hour},
		} {
			host, clock := newHost(), Options{}.withDefaults()
			leave, err := host.enter(t.Context(), clock, "first", own)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			var ended sync.WaitGroup
			for range 2 { // one has the next turn, one waits for that
				ended.Go(func() {
					if _, err := host.enter(ctx, clock, "second", own); !errors.Is(err, context.Canceled) {
						t.Errorf("waiting for %s: %v", name, err)
					}
				})
			}
			synctest.Wait()
			cancel()
			ended.Wait()
			leave()
			if leave, err = host.enter(t.Context(), clock, "third", own); err != nil {
				t.Fatal(err)
			}
			leave()
		}
	})
}

func TestHostOf(t *testing.T) {
	for address, want := range map[string]string{
		"http://A.example.cn/x": "a.example.cn", "https://a.example.cn:443": "a.example.cn", "http://a.example.cn:80/": "a.example.cn",
		"https://a.example.cn:80/": "a.example.cn:80", "http://a.example.cn.:8080/": "a.example.cn:8080", "http://网站.中国/": "xn--5tzm5g.xn--fiqs8s",
		"http://xn--5tzm5g.xn--fiqs8s/": "xn--5tzm5g.xn--fiqs8s", "http://[::1]:8080/": "::1:8080",
	} {
		if got := hostOf(parsed(t, address)); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
