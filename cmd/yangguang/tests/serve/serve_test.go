package serve

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"yangguang/cmd/yangguang/programtest"
)

func TestServe(t *testing.T) {
	t.Parallel()
	p := programtest.New(t)
	p.Append(t, "public: {listen: '127.0.0.1:0'}\n")
	s := p.Serve(t)
	if body := s.Get(t, "/-/healthy"); body != "healthy\n" {
		t.Errorf("/-/healthy says %q", body)
	}
	if body := s.Get(t, "/-/ready"); body != "ready\n" {
		t.Errorf("/-/ready says %q", body)
	}
	if page := s.Get(t, "/sources?lang=en"); !strings.Contains(page, "No schedule") {
		t.Errorf("the page of the sources does not tell that there is no schedule:\n%s", page)
	}
	exported := s.Get(t, "/export/ranking.csv?lang=en&as_of=2026-05-01")
	summary := s.Get(t, "/export/summary.csv?lang=en")
	scrape(t, s, summary)
	for path, expected := range map[string]int{"/export/summary.csv?lang=en": http.StatusOK, "/unit/V1": http.StatusOK, "/metrics": http.StatusNotFound, "/freezes": http.StatusNotFound} {
		if status, body := programtest.GetWhenFree(t, s.Public+path); status != expected || strings.HasPrefix(path, "/export") && body != summary {
			t.Errorf("to everyone %s answers %d\n%s", path, status, body)
		}
	}
	s.End()
	if want := p.Succeed(t, "export", "ranking", "--config", "yangguang.yaml", "--lang", "en", "--as-of", "2026-05-01"); exported != want {
		t.Errorf("over HTTP:\n%s\nby the command:\n%s", exported, want)
	}
}

// scrape lets Prometheus scrape the program and compares a group's coverage with the summary's.
func scrape(t *testing.T, s programtest.Serving, summary string) {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listen := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	directory := t.TempDir()
	configuration := filepath.Join(directory, "prometheus.yml")
	example, err := os.ReadFile("../../../../deploy/prometheus/prometheus.yml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("127.0.0.1:8080", strings.TrimPrefix(s.Address, "http://"), "scrape_interval: 1m", "scrape_interval: 1s",
		"scrape_timeout: 30s", "scrape_timeout: 1s").Replace(string(example))
	if err := os.WriteFile(configuration, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Get(t, "/metrics") // computed once, so that Prometheus is answered within its second
	prometheus := exec.Command("prometheus", "--config.file="+configuration, "--storage.tsdb.path="+directory, "--web.listen-address="+listen,
		"--enable-feature=native-histograms")
	if err := prometheus.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		programtest.Send(t, prometheus.Process.Pid, syscall.SIGTERM)
		_ = prometheus.Wait()
	}()
	ask := func(expression string) (value float64) {
		var answer struct {
			Data struct {
				Result []struct {
					Value []any `json:"value"`
				} `json:"result"`
			} `json:"data"`
		}
		programtest.WaitUntil(t, "Prometheus has scraped "+expression, func() bool {
			_, body := programtest.Get(t, fmt.Sprintf("http://%s/api/v1/query?query=%s", listen, url.QueryEscape(expression)))
			return json.Unmarshal([]byte(body), &answer) == nil && len(answer.Data.Result) == 1
		})
		if _, err := fmt.Sscan(fmt.Sprint(answer.Data.Result[0].Value[1]), &value); err != nil {
			t.Fatal(err)
		}
		return value
	}
	value := ask(`disclosure_coverage_ratio{group="all"}`)
	var want string
	for line := range strings.Lines(summary) {
		if fields := strings.Split(strings.TrimSpace(line), ","); fields[0] == "all" {
			want = fields[3]
		}
	}
	if got := fmt.Sprintf("%.4f", value); got != want {
		t.Errorf("Prometheus has a coverage of %s, the summary %s", got, want)
	}
	if got := ask(`histogram_count(disclosure_source_collection_duration_seconds{source="台账"})`); got != 1 { // of the native histogram
		t.Errorf("Prometheus has %v collections of the source", got)
	}
}

// TestDemo runs the sample district, and lets promtool judge /metrics of the sample district; it may only mention the working days, whose names are fixed.
func TestDemo(t *testing.T) {
	t.Parallel()
	p := programtest.New(t)
	once := p.Succeed(t, "demo", "--once", "--dir", "sample", "--listen", "127.0.0.1:0")
	if !strings.Contains(once, "示例数据") || strings.Contains(once, "失败：") {
		t.Errorf("demo --once said:\n%s", once)
	}
	s := p.Start(t, "shows the sample district", "demo", "--dir", "sample", "--listen", "127.0.0.1:0")
	promtool := exec.Command("promtool", "check", "metrics")
	promtool.Stdin = strings.NewReader(s.Get(t, "/metrics"))
	output, _ := promtool.CombinedOutput() // its status is 3 for the two hints
	for line := range strings.Lines(string(output)) {
		if !strings.Contains(line, "_working_days ") {
			t.Errorf("promtool: %s", line)
		}
	}
	s.End()
}
