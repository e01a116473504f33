package serve

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"yangguang/cmd/yangguang/programtest"
)

// TestReloadedNetwork changes how a source asks while the program serves: the next collection asks so.
func TestReloadedNetwork(t *testing.T) {
	var mutex sync.Mutex
	agents := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mutex.Lock()
		agents[r.UserAgent()] = true
		mutex.Unlock()
		fmt.Fprint(w, `<rss version="2.0"><channel><item><title>一季度党费</title><pubDate>Wed, 01 Jul 2026 17:00:00 GMT</pubDate></item></channel></rss>`)
	}))
	defer server.Close()
	p := programtest.New(t)
	write := func(agent string) {
		t.Helper()
		text := fmt.Sprintf(`clickhouse: {data_dir: data}
registry: {units: units.csv, catalogue: catalogue.csv}
network: {allow_private: true}
sources:
  - {name: 订阅, kind: feed, schedule: "@every 1s", covers: all, url: %s, network: {robots: false, user_agent: %s}}
`, server.URL, agent)
		if err := os.WriteFile(filepath.Join(p.Directory, "yangguang.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("First/1")
	s := p.Serve(t)
	write("Second/1")
	programtest.Send(t, s.Process, syscall.SIGHUP)
	programtest.WaitUntil(t, "the source asks anew", func() bool {
		mutex.Lock()
		defer mutex.Unlock()
		return agents["Second/1"]
	})
	s.End()
	for agent := range agents {
		if !strings.HasPrefix(agent, "First/") && !strings.HasPrefix(agent, "Second/") {
			t.Errorf("asked by %q", agent)
		}
	}
}
