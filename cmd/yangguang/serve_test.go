package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// startPatience is how long a program may take to start and to collect.
const startPatience = 3 * time.Minute

// serving is a program that serves; it is stopped when the test ends.
type serving struct {
	address string
	public  string // what everyone may see; empty where that is not served
	process int
	engine  int
	end     func() // asks it to end, and checks that it ends with status 0 and leaves no engine behind
}

// serve starts `serve` on a free port and waits until it has collected.
func (p Program) serve(t *testing.T) serving {
	t.Helper()
	return p.start(t, "serves http://", "serve", "--config", "yangguang.yaml", "--listen", "127.0.0.1:0")
}

func (p Program) start(t *testing.T, told string, arguments ...string) serving {
	t.Helper()
	return p.begin(t, told, arguments[0] == "serve", arguments...)
}

// begin is start of a program that collects something first, or nothing.
func (p Program) begin(t *testing.T, told string, collects bool, arguments ...string) serving {
	t.Helper()
	command := p.command(t, arguments...)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill() })
	s := serving{process: command.Process.Pid}
	lines := bufio.NewScanner(out)
	collected := !collects
	late := time.AfterFunc(startPatience, func() { _ = command.Process.Kill() })
	for (s.address == "" || !collected) && lines.Scan() {
		public := strings.HasPrefix(lines.Text(), "and to everyone")
		own := public || strings.HasPrefix(lines.Text(), "Yangguang ") || strings.HasPrefix(lines.Text(), "阳光页面") // sources are told by their addresses too
		if at := strings.Index(lines.Text(), "http"); at >= 0 && own {
			address := &s.address
			if public {
				address = &s.public
			}
			*address = strings.TrimSuffix(strings.Fields(lines.Text()[at:])[0], "/")
		}
		collected = collected || strings.Contains(lines.Text(), ": read ") || strings.Contains(lines.Text(), "：读取 ")
	}
	if !late.Stop() {
		t.Fatalf("%v has not collected and told %q within %s", arguments, told, startPatience)
	}
	if s.address == "" {
		t.Fatalf("%v ended without telling %q", arguments, told)
	}
	s.engine = engineOf(t, s.process)
	s.end = func() {
		send(t, s.process, syscall.SIGTERM)
		rest, _ := io.ReadAll(out)
		if err := command.Wait(); err != nil {
			t.Errorf("after SIGTERM: %v\n%s", err, rest)
		}
		if alive(s.engine) {
			t.Error("the engine is left behind")
		}
	}
	return s
}

func (s serving) get(t *testing.T, path string) string {
	t.Helper()
	status, body := getWhenFree(t, s.address+path)
	if status != http.StatusOK {
		t.Fatalf("%s: status %d: %s", path, status, body)
	}
	return body
}

// getWhenFree asks again, as a reader is told to, while a busy machine takes too long to answer.
func getWhenFree(t *testing.T, address string) (status int, body string) {
	t.Helper()
	waitUntil(t, "there is an answer at "+address, func() bool {
		status, body = get(t, address)
		return status != http.StatusServiceUnavailable
	})
	return status, body
}

func get(t *testing.T, address string) (status int, body string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(content)
}

func TestServe(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.append(t, "public: {listen: '127.0.0.1:0'}\n")
	s := p.serve(t)
	if body := s.get(t, "/-/healthy"); body != "healthy\n" {
		t.Errorf("/-/healthy says %q", body)
	}
	if body := s.get(t, "/-/ready"); body != "ready\n" {
		t.Errorf("/-/ready says %q", body)
	}
	if page := s.get(t, "/sources?lang=en"); !strings.Contains(page, "No schedule") {
		t.Errorf("the page of the sources does not tell that there is no schedule:\n%s", page)
	}
	exported := s.get(t, "/export/ranking.csv?lang=en&as_of=2026-05-01")
	summary := s.get(t, "/export/summary.csv?lang=en")
	scrape(t, s, summary)
	for path, expected := range map[string]int{"/export/summary.csv?lang=en": http.StatusOK, "/unit/V1": http.StatusOK, "/metrics": http.StatusNotFound, "/freezes": http.StatusNotFound} {
		if status, body := getWhenFree(t, s.public+path); status != expected || strings.HasPrefix(path, "/export") && body != summary {
			t.Errorf("to everyone %s answers %d\n%s", path, status, body)
		}
	}
	s.end()
	if want := p.succeed(t, "export", "ranking", "--config", "yangguang.yaml", "--lang", "en", "--as-of", "2026-05-01"); exported != want {
		t.Errorf("over HTTP:\n%s\nby the command:\n%s", exported, want)
	}
}

// scrape lets Prometheus scrape the program and compares a group's coverage with the summary's.
func scrape(t *testing.T, s serving, summary string) {
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
	example, err := os.ReadFile("../../deploy/prometheus/prometheus.yml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("127.0.0.1:8080", strings.TrimPrefix(s.address, "http://"), "scrape_interval: 1m", "scrape_interval: 1s",
		"scrape_timeout: 30s", "scrape_timeout: 1s").Replace(string(example))
	if err := os.WriteFile(configuration, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s.get(t, "/metrics") // computed once, so that Prometheus is answered within its second
	prometheus := exec.Command("prometheus", "--config.file="+configuration, "--storage.tsdb.path="+directory, "--web.listen-address="+listen,
		"--enable-feature=native-histograms")
	if err := prometheus.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		send(t, prometheus.Process.Pid, syscall.SIGTERM)
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
		waitUntil(t, "Prometheus has scraped "+expression, func() bool {
			_, body := get(t, fmt.Sprintf("http://%s/api/v1/query?query=%s", listen, url.QueryEscape(expression)))
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
	p := newProgram(t)
	once := p.succeed(t, "demo", "--once", "--dir", "sample", "--listen", "127.0.0.1:0")
	if !strings.Contains(once, "示例数据") || strings.Contains(once, "失败：") {
		t.Errorf("demo --once said:\n%s", once)
	}
	s := p.start(t, "shows the sample district", "demo", "--dir", "sample", "--listen", "127.0.0.1:0")
	promtool := exec.Command("promtool", "check", "metrics")
	promtool.Stdin = strings.NewReader(s.get(t, "/metrics"))
	output, _ := promtool.CombinedOutput() // its status is 3 for the two hints
	for line := range strings.Lines(string(output)) {
		if !strings.Contains(line, "_working_days ") {
			t.Errorf("promtool: %s", line)
		}
	}
	s.end()
}
