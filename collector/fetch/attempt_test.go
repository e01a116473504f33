package fetch

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"yangguang/collector/online"
)

func parsed(t *testing.T, address string) *url.URL {
	t.Helper()
	made, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestRedirectsThatAreNotFollowed(t *testing.T) {
	other := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the other host was asked") })
	url, network, by := local(t, Policy{IgnoreRobots: true}, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/itself":
			http.Redirect(w, r, "/itself", http.StatusFound)
		case r.URL.Path == "/there":
			http.Redirect(w, r, "/back", http.StatusMovedPermanently)
		case r.URL.Path == "/back":
			http.Redirect(w, r, "/there", http.StatusTemporaryRedirect)
		case strings.HasPrefix(r.URL.Path, "/on"):
			http.Redirect(w, r, r.URL.Path+"n", http.StatusFound)
		case r.URL.Path == "/away":
			http.Redirect(w, r, abroad(other)+"/list?key=hush", http.StatusFound)
		case r.URL.Path == "/file":
			w.Header().Set("Location", "file:///etc/hosts")
			w.WriteHeader(http.StatusFound)
		}
	})
	for path, want := range map[string]string{
		"/itself": "redirects in a circle", "/there": "redirects in a circle, by way of " + url + "/there", "/on": "more than 5 redirects",
		"/away": "redirects to another host; network.allow_hosts lets it be followed", "/file": "not an http or https address",
	} {
		_, err := network.Fetch(t.Context(), online.Request{URL: url + path})
		isRefused(t, err, want)
		if strings.Contains(err.Error(), "hush") {
			t.Errorf("a secret is told: %v", err)
		}
	}
	for _, duration := range by.slept {
		if duration > 500*time.Millisecond {
			t.Errorf("waited %s, as if a redirect could pass", duration)
		}
	}
}

func TestRedirectToAnAllowedHost(t *testing.T) {
	var seen http.Header
	other := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header
		fmt.Fprint(w, "elsewhere")
	})
	url, network, _ := local(t, Policy{IgnoreRobots: true, AllowHosts: []string{"LOCALHOST"}, UserAgent: "Example/2.0"}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/moved" {
			http.Redirect(w, r, "/moved", http.StatusFound)
			return
		}
		if r.Header.Get("Authorization") != "Bearer hush" || r.Header.Get("X-Key") != "hush" {
			t.Error("headers are not sent on to the same host")
		}
		http.Redirect(w, r, abroad(other)+"/list", http.StatusFound)
	})
	answer, err := network.Fetch(t.Context(), online.Request{
		URL: url, Header: http.Header{"Authorization": {"Bearer hush"}, "Cookie": {"session=hush"}, "X-Key": {"hush"}},
	})
	if err != nil || string(answer.Body) != "elsewhere" || answer.URL != abroad(other)+"/list" {
		t.Errorf("%q from %s, %v", answer.Body, answer.URL, err)
	}
	for name := range seen {
		if name != "User-Agent" && name != "Accept-Encoding" {
			t.Errorf("the other host is told %s: %q", name, seen[name])
		}
	}
	if seen.Get("User-Agent") != "Example/2.0" {
		t.Errorf("the other host is asked by %q", seen.Get("User-Agent"))
	}
}

func TestRedirectAsksTheNextHostsRobots(t *testing.T) {
	var robots atomic.Int32
	other := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			robots.Add(1)
			fmt.Fprint(w, "User-agent: yangguang\nDisallow: /secret\n")
		case "/secret":
			t.Error("asked against its robots.txt")
		}
	})
	url, network, _ := local(t, Policy{AllowHosts: []string{"localhost"}}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			http.Redirect(w, r, abroad(other)+r.URL.Path, http.StatusFound)
		}
	})
	_, err := network.Fetch(t.Context(), online.Request{URL: url + "/secret"})
	isRefused(t, err, abroad(other)+"/secret: the site's robots.txt does not allow it")
	if _, err := network.Fetch(t.Context(), online.Request{URL: url + "/list"}); err != nil {
		t.Error(err)
	}
	if robots.Load() != 1 {
		t.Errorf("robots.txt was asked for %d times", robots.Load())
	}
}

func TestRedirectKeepsTheNextHostsRate(t *testing.T) {
	fetcher, by := loopback(t, nil)
	network := fetcher.For("source", Policy{IgnoreRobots: true, AllowPrivate: true, AllowHosts: []string{"localhost"}, RatePerSecond: 0.1})
	begun := by.Now()
	var asked []time.Duration
	other := serve(t, func(http.ResponseWriter, *http.Request) { asked = append(asked, by.Now().Sub(begun)) })
	first := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, abroad(other), http.StatusFound) })
	for _, address := range []string{abroad(other), first.URL} {
		if _, err := network.Fetch(t.Context(), online.Request{URL: address}); err != nil {
			t.Fatal(err)
		}
	}
	if len(asked) != 2 || asked[1]-asked[0] != 10*time.Second {
		t.Errorf("asked at %v", asked)
	}
}

func TestRedirectToAPrivateAddressIsRefused(t *testing.T) {
	private := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a private address was asked") })
	public := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, private.URL, http.StatusFound) })
	fetcher, _ := loopback(t, nil)
	fetcher.clients[clientKind{}] = newClient(func(ctx context.Context, network, address string, connection syscall.RawConn) error {
		if address == public.Listener.Addr().String() {
			return nil // as if it were of the internet
		}
		return refusePrivate(ctx, network, address, connection)
	}, nil, &fetcher.issuers)
	_, err := fetcher.For("source", Policy{IgnoreRobots: true}).Fetch(t.Context(), online.Request{URL: public.URL})
	isRefused(t, err, private.Listener.Addr().String()+": it is a private address")
}

func TestRedirectOfAPost(t *testing.T) {
	other := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("what is posted was sent to another host") })
	url, network, _ := local(t, Policy{IgnoreRobots: true, AllowHosts: []string{"localhost"}}, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch r.URL.Path {
		case "/found":
			http.Redirect(w, r, "/list", http.StatusFound)
		case "/other":
			http.Redirect(w, r, "/list", http.StatusSeeOther)
		case "/again":
			http.Redirect(w, r, "/list", http.StatusTemporaryRedirect)
		case "/away":
			http.Redirect(w, r, abroad(other), http.StatusTemporaryRedirect)
		case "/list":
			fmt.Fprintf(w, "%s %s", r.Method, body)
		}
	})
	for _, test := range []struct{ path, want, refused string }{
		{"/found", "", "what is posted would be lost; write the right address"},
		{"/other", "GET ", ""},
		{"/again", "POST page=2", ""},
		{"/away", "", "what is posted is not sent to another host"},
	} {
		answer, err := network.Fetch(t.Context(), online.Request{Method: http.MethodPost, URL: url + test.path, Body: []byte("page=2"), Reads: true})
		if test.refused != "" {
			isRefused(t, err, test.refused)
		} else if err != nil || string(answer.Body) != test.want {
			t.Errorf("%s: %q, %v", test.path, answer.Body, err)
		}
	}
}
