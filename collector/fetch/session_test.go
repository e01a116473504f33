package fetch

import (
	"net/http"
	"strings"
	"testing"

	"yangguang/collector/online"
)

// TestCookiesOfACollection asks a site that first sets a cookie and leads back to the same address.
func TestCookiesOfACollection(t *testing.T) {
	visits := 0
	url, network, _ := local(t, Policy{IgnoreRobots: true}, func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("sid"); err != nil {
			visits++
			http.SetCookie(w, &http.Cookie{Name: "sid", Value: "1"})
			http.Redirect(w, r, r.URL.RequestURI(), http.StatusFound)
			return
		}
		if own, err := r.Cookie("own"); err != nil || own.Value != "x" {
			t.Errorf("the configured cookie is not sent: %v", r.Header["Cookie"])
		}
		_, _ = w.Write([]byte("list"))
	})
	request := online.Request{URL: url + "/list?page=1", Header: http.Header{"Cookie": {"own=x"}}}
	for range 2 {
		session := online.Session(network)
		for range 2 {
			answer, err := session.Fetch(t.Context(), request)
			if err != nil || string(answer.Body) != "list" {
				t.Fatalf("%q, %v", answer.Body, err)
			}
		}
	}
	if visits != 2 {
		t.Errorf("%d visits without the cookie; want one each collection", visits)
	}
	if _, err := network.Fetch(t.Context(), request); err == nil || !strings.Contains(err.Error(), "redirects in a circle") {
		t.Errorf("without cookies: %v", err)
	}
}

// TestCookiesThatLeadNowhere: a site that sets the same cookie again and again redirects in a circle; one that sets new ones does not end.
func TestCookiesThatLeadNowhere(t *testing.T) {
	number := 0
	url, network, _ := local(t, Policy{IgnoreRobots: true}, func(w http.ResponseWriter, r *http.Request) {
		number++
		value := "same"
		if r.URL.Path == "/new" {
			value += strings.Repeat("x", number)
		}
		http.SetCookie(w, &http.Cookie{Name: "sid", Value: value, Path: "/"})
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	})
	for path, want := range map[string]string{"/same": "redirects in a circle", "/new": "more than 5 redirects"} {
		_, err := online.Session(network).Fetch(t.Context(), online.Request{URL: url + path})
		isRefused(t, err, want)
	}
}

func TestPagesThatLeadOnKeepToTheRulesOfRedirects(t *testing.T) {
	other := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Key") != "" {
			t.Error("a header went to another host")
		}
	})
	url, network, _ := local(t, Policy{IgnoreRobots: true}, func(http.ResponseWriter, *http.Request) {})
	header := http.Header{"X-Key": {"secret"}}
	_, err := network.Fetch(t.Context(), online.Request{URL: abroad(other), LedFrom: url + "/list", Header: header})
	isRefused(t, err, "leads to another host")
	if _, err := network.Fetch(t.Context(), online.Request{URL: other.URL, LedFrom: url + "/list", Header: header}); err != nil {
		t.Error(err)
	}
}
