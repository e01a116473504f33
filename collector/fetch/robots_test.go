package fetch

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"yangguang/collector/online"
)

func TestRobotsRules(t *testing.T) {
	for name, test := range map[string]struct{ text, allowed, forbidden string }{
		"none":                          {"", "/ /a?b", ""},
		"everything":                    {"User-agent: *\nDisallow: /", "", "/ /a"},
		"nothing":                       {"User-agent: *\nDisallow:", "/ /a", ""},
		"a page of HTML":                {"<!doctype html><html><head><title>404: not found</title>", "/", ""},
		"rules of nobody":               {"Disallow: /\nUser-agent: *\n", "/", ""},
		"what is no rule":               {"User-agent: *\nCrawl-delay: abc\nDisallow /a\nDisallow: /b\n: /c\nNoindex: /d", "/a /c /d", "/b"},
		"mark of the byte order":        {"\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/b", "/a"},
		"comments":                      {"# User-agent: *\nUser-agent: * # all\nDisallow: /a # not this", "/b", "/a"},
		"the name goes before all":      {"User-agent: *\nDisallow: /\nUser-agent: YangGuang/9\nDisallow: /a", "/b", "/a"},
		"another's name":                {"User-agent: Yang\nDisallow: /\nUser-agent: Yangguangbot\nDisallow: /", "/a", ""},
		"several names, sitemap within": {"User-agent: other\nSitemap: /s\nUser-agent: yangguang\nDisallow: /a", "/b", "/a"},
		"two groups of a name are one":  {"User-agent: yangguang\nDisallow: /a\nUser-agent: x\nDisallow: /c\nUser-agent: yangguang\nDisallow: /b", "/c", "/a /b"},
		"the longer rule counts":        {"User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c", "/a/b /a/bx", "/a /ab /a/b/c"},
		"of two as long, what allows":   {"User-agent: *\nDisallow: /a\nAllow: /a\nAllow: /b\nDisallow: /b", "/a /b", ""},
		"anything in between":           {"User-agent: *\nDisallow: /*/private/\nDisallow: /x*y*z", "/private/ /xzy", "/a/private/b /xaybzc"},
		"the end":                       {"User-agent: *\nDisallow: /*.pdf$\nDisallow: /exact$\nDisallow: /a*$", "/x.pdf?y /exactly", "/x.pdf /exact /abc"},
		"queries":                       {"User-agent: *\nDisallow: /*?page=", "/list", "/list?page=2"},
		"ways to write an octet":        {"User-agent: *\nDisallow: /公开/%7Euser\nDisallow: /a%2fb", "/a/b", "/%E5%85%AC%e5%bc%80/~user /a%2Fb"},
		"old ends of lines":             {"User-agent: *\rDisallow: /a\r", "/b", "/a"},
	} {
		t.Run(name, func(t *testing.T) {
			group := readRobots([]byte(test.text)).group("Yangguang")
			for want, paths := range map[bool]string{true: test.allowed, false: test.forbidden} {
				for _, path := range strings.Fields(paths) {
					if got := group.allows(path); got != want {
						t.Errorf("%s: %t", path, got)
					}
				}
			}
		})
	}
}

func TestCrawlDelay(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"2": 2 * time.Second, "0.5": 500 * time.Millisecond, "86400": 30 * time.Second, "inf": 30 * time.Second, "1e300": 30 * time.Second,
		"-1": 0, "NaN": 0, "": 0, "soon": 0,
	} {
		if got := readRobots([]byte("User-agent: *\nCrawl-delay: " + text)).group("a").delay(); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// expression is another way to say what a pattern says.
func expression(pattern string) *regexp.Regexp {
	pattern, whole := strings.CutSuffix(pattern, "$")
	text := strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*")
	if whole {
		text += "$"
	}
	return regexp.MustCompile("(?s)^" + text)
}

func FuzzRobots(f *testing.F) {
	for _, text := range []string{
		"", "\ufeffUser-agent: *\nDisallow: /a*b$\nCrawl-delay: 5", "<html>", "User-agent: yangguang\nAllow: *\nDisallow: /%e5%2\n", "Crawl-delay: -1", "\xb9\xab",
	} {
		f.Add([]byte(text), "/list?page=2")
	}
	f.Fuzz(func(t *testing.T, text []byte, path string) {
		group := readRobots(text).group("Yangguang")
		if delay := group.delay(); delay < 0 || delay > longestCrawlDelay {
			t.Errorf("Crawl-delay %s", delay)
		}
		if normal := normalPath(path); normalPath(normal) != normal {
			t.Errorf("%q became %q, and that %q", path, normal, normalPath(normal))
		}
		allowed := group.allows(path)
		if group.allows(normalPath(path)) != allowed {
			t.Errorf("%q depends on how it is written", path)
		}
		if len(readRobots(nil).groups) != 0 || !readRobots(nil).group("Yangguang").allows(path) {
			t.Error("no robots.txt forbids something")
		}
		if group == nil {
			return
		}
		for _, rule := range group.rules {
			if got, want := fits(normalPath(path), rule.pattern), expression(rule.pattern).MatchString(normalPath(path)); got != want {
				t.Errorf("%q fits %q: %t", path, rule.pattern, got)
			}
		}
	})
}

func TestRobotsIsAskedOnceADay(t *testing.T) {
	var asked atomic.Int32
	var status atomic.Int32
	status.Store(http.StatusOK)
	url, network, clock := local(t, Policy{Retries: -1}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked.Add(1)
			w.WriteHeader(int(status.Load()))
			fmt.Fprint(w, "User-agent: *\nDisallow: /secret\n")
		}
	})
	expect := func(what, path, refused string, times int32) {
		t.Helper()
		_, err := network.Fetch(t.Context(), online.Request{URL: url + path})
		if refused != "" {
			isRefused(t, err, refused)
		} else if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if asked.Load() != times {
			t.Errorf("%s: robots.txt was asked for %d times, want %d", what, asked.Load(), times)
		}
	}
	later := func(duration time.Duration) {
		t.Helper()
		if err := clock.Sleep(t.Context(), duration); err != nil {
			t.Fatal(err)
		}
	}
	expect("first", "/list", "", 1)
	expect("forbidden", "/secret", "robots.txt does not allow it", 1)
	later(25 * time.Hour)
	status.Store(http.StatusServiceUnavailable)
	expect("the one before stands in", "/list", "", 2)
	expect("and forbids", "/secret", "robots.txt does not allow it", 2)
	later(2 * time.Minute)
	status.Store(http.StatusNotFound)
	expect("there is none any more", "/secret", "", 3)
}

func TestRobotsThatCannotBeReadForbidsForAMinute(t *testing.T) {
	var asked atomic.Int32
	url, network, clock := local(t, Policy{Retries: -1}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" && asked.Add(1) == 1 {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	for range 2 {
		_, err := network.Fetch(t.Context(), online.Request{URL: url})
		isRefused(t, err, "robots.txt cannot be read, which forbids asking (network.robots: false does not ask it): ask for robots.txt: the server answers 500")
	}
	if err := clock.Sleep(t.Context(), 2*time.Minute); err != nil {
		t.Fatal(err)
	}
	if _, err := network.Fetch(t.Context(), online.Request{URL: url}); err != nil || asked.Load() != 2 {
		t.Errorf("asked %d times: %v", asked.Load(), err)
	}
}

func TestRobotsOfWhoDoesNotAskIt(t *testing.T) {
	url, network, _ := local(t, Policy{IgnoreRobots: true}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			t.Error("robots.txt was asked for")
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	if _, err := network.Fetch(t.Context(), online.Request{URL: url}); err != nil {
		t.Error(err)
	}
}

func TestRobotsThatIsNone(t *testing.T) {
	other := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "User-agent: *\nDisallow: /\n") })
	for name, robots := range map[string]http.HandlerFunc{
		"forbidden to be read": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) },
		"in a circle":          func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/robots.txt", http.StatusFound) },
		"at another host's":    func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, abroad(other), http.StatusFound) },
		"longer than is read, cut within a rule": func(w http.ResponseWriter, _ *http.Request) {
			rule := "User-agent: *\nDisallow: /"
			fmt.Fprintln(w, strings.Repeat("#", robotsLimit-len(rule)-1)+"\n"+rule+"secret")
		},
	} {
		t.Run(name, func(t *testing.T) {
			url, network, _ := local(t, Policy{MaxBody: 100}, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					robots(w, r)
				}
			})
			if _, err := network.Fetch(t.Context(), online.Request{URL: url + "/list"}); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestRobotsIsReadWhereItRedirectsOnItsHost(t *testing.T) {
	url, network, _ := local(t, Policy{}, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			http.Redirect(w, r, "/files/robots.txt", http.StatusFound)
		case "/files/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /files\n")
		}
	})
	_, err := network.Fetch(t.Context(), online.Request{URL: url + "/files/a"})
	isRefused(t, err, "robots.txt does not allow it")
}

func TestCrawlDelayIsKept(t *testing.T) {
	fetcher, by := loopback(t, nil)
	begun := by.Now()
	asked := map[string][]time.Duration{}
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path] = append(asked[r.URL.Path], by.Now().Sub(begun))
		if r.URL.Path == "/robots.txt" {
			fmt.Fprint(w, "User-agent: *\nCrawl-delay: 7\n")
		}
	})
	crawler := fetcher.For("crawler", Policy{AllowPrivate: true})
	caller := fetcher.For("caller", Policy{AllowPrivate: true, IgnoreRobots: true})
	for _, network := range []online.Network{crawler, crawler, caller} {
		if _, err := network.Fetch(t.Context(), online.Request{URL: server.URL + "/list"}); err != nil {
			t.Fatal(err)
		}
	}
	list := asked["/list"]
	if len(list) != 3 || list[1]-list[0] != 7*time.Second || list[2]-list[1] != 7*time.Second {
		t.Errorf("asked at %v", list)
	}
}

func FuzzRetryAfter(f *testing.F) {
	now := newClock().now
	for _, text := range []string{"7", "-7", "99999999999999999999", "Sat, 01 Aug 2026 00:01:00 GMT", "Saturday, 01-Aug-26 00:01:00 GMT", "Sat Aug  1 00:01:00 2026", " 5 ", "1e3", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		wait := retryAfter(http.Header{"Retry-After": {text}}, now)
		if wait < 0 {
			t.Errorf("%q: wait %s", text, wait)
		}
		network := &network{policy: Policy{}.withDefaults()}
		err := statusError(&http.Response{StatusCode: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {text}}}, now)
		before, again := network.waitBefore(0, online.Request{Method: http.MethodGet}, err)
		if again && (before <= 0 || before > longestWait) || !again && wait <= longestWait {
			t.Errorf("%q: asked again %t, after %s", text, again, before)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	now := newClock().now
	for text, want := range map[string]time.Duration{
		"7": 7 * time.Second, " 7 ": 7 * time.Second, "0": 0, "-7": 0, "soon": 0, "": 0, "99999999999999999999": 1 << 31 * time.Second,
		"Sat, 01 Aug 2026 00:01:00 GMT": time.Minute, "Saturday, 01-Aug-26 00:01:00 GMT": time.Minute, "Sat Aug  1 00:01:00 2026": time.Minute,
		"Fri, 31 Jul 2026 00:01:00 GMT": 0,
	} {
		if got := retryAfter(http.Header{"Retry-After": {text}}, now); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
