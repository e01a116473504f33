package commands

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/filetest"
	"yangguang/collector"
)

// TestSourcesAskAsTheySay asks a server whose robots.txt fails: an interface is read, a feed that minds it is not, and one that may not reach
// this machine does not.
func TestSourcesAskAsTheySay(t *testing.T) {
	var mutex sync.Mutex
	agents := map[string]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mutex.Lock()
		agents[r.URL.Path] = r.UserAgent()
		mutex.Unlock()
		switch r.URL.Path {
		case "/robots.txt":
			w.WriteHeader(http.StatusInternalServerError)
		case "/api":
			fmt.Fprint(w, `[{"t": "一季度党费", "at": "2026-07-01"}]`)
		default:
			fmt.Fprint(w, `<rss version="2.0"><channel><item><title>一季度党费</title><pubDate>Wed, 01 Jul 2026 17:00:00 GMT</pubDate></item></channel></rss>`)
		}
	}))
	defer server.Close()
	directory := t.TempDir()
	if err := os.CopyFS(directory, os.DirFS("../testdata/district")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(directory, "network.yaml")
	filetest.Write(t, path, strings.ReplaceAll(`registry: {units: units.csv, catalogue: catalogue.csv}
network: {allow_private: true, retries: 0, rate_per_second: 1000}
sources:
  - {name: interface, kind: api, covers: all, url: SERVER/api, fields: {title: .t, published_on: .at}, network: {user_agent: Interface/1}}
  - {name: feed, kind: feed, covers: all, url: SERVER/feed, network: {robots: false}}
  - {name: minding feed, kind: feed, covers: all, url: SERVER/minding}
  - {name: public feed, kind: feed, covers: all, url: SERVER/public, network: {robots: false, allow_private: false}}
  - {name: small feed, kind: feed, covers: all, url: SERVER/small, network: {robots: false, max_body: 10}}
`, "SERVER", server.URL))
	c, err := config.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	a := application.New(c, os.Stderr)
	defer a.Close()
	if a.Sources, err = c.OpenSources(a.Network); err != nil {
		t.Fatal(err)
	}
	if err := registryToTry(t.Context(), a, os.Stderr); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "", "robots.txt cannot be read", "it is a private address", "more than 10 bytes (network.max_body)"} {
		rows := 0
		_, err := collector.Try(t.Context(), tryOptions(a, a.Registry), a.Sources[i], func(collector.Tried) error {
			rows++
			return nil
		})
		switch name := a.Sources[i].Name(); {
		case want == "" && (err != nil || rows != 1):
			t.Errorf("%s: %d rows, %v", name, rows, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v; want %s", name, err, want)
		}
	}
	if got := agents["/api"]; got != "Interface/1" {
		t.Errorf("the interface was asked by %q", got)
	}
	if got := agents["/feed"]; !strings.HasPrefix(got, "Yangguang/") {
		t.Errorf("the feed was asked by %q", got)
	}
}
