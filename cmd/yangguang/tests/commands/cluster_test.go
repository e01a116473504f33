package commands

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/commands"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/program"
	"yangguang/cmd/yangguang/programtest"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/dashboard/export"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
)

// clusterDatabase lies on all shards of the test's cluster.
const clusterDatabase = "yangguang_country"

// onCluster makes a simulated country's configuration one for the cluster, in another file beside it.
func onCluster(t *testing.T, p programtest.Program, directory string) (config string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(p.Directory, directory, "yangguang.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	const embedded = "clickhouse: {data_dir: data}"
	if !strings.Contains(string(content), embedded) {
		t.Fatalf("the simulated configuration does not say %s:\n%s", embedded, content)
	}
	spread := strings.Replace(string(content), embedded, "clickhouse: {cluster: "+querytest.ClusterName+", replicated: false}", 1)
	path := filepath.Join(p.Directory, directory, "cluster.yaml")
	if err := os.WriteFile(path, []byte(spread), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// toldOf are all reports as rows of text, without the instants at which rows were first seen and sources collected, and what the last collection of a
// source counted as new: after an interruption less than without.
func toldOf(t *testing.T, config string) map[string][][]string {
	t.Helper()
	a, end := opened(t, config)
	defer end()
	reports := map[string][][]string{}
	for _, report := range model.Reports() {
		if report.Name == "audit" {
			continue // it says when something was done
		}
		text := exportedText(t, a, commands.Export{Report: report.Name, Lang: "en", QuestionFlags: terminal.QuestionFlags{AsOf: "2026-06-30"}})
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, differing := range []string{"first_seen", "seen", "last_success", "new", "changed", "unchanged"} {
			if at := slices.Index(rows[0], differing); at >= 0 {
				for i := range rows {
					rows[i] = slices.Delete(rows[i], at, at+1)
				}
			}
		}
		reports[report.Name] = rows
	}
	return reports
}

// opened is what commands open by a configuration, until it is ended.
func opened(t *testing.T, path string) (a *application.Application, end func()) {
	t.Helper()
	c, err := config.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if a, err = application.Open(t.Context(), c, io.Discard); err != nil {
		t.Fatal(err)
	}
	return a, func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}

// exportedText is what the command export writes, without what it takes to open the district each time.
func exportedText(t *testing.T, a *application.Application, report commands.Export) string {
	t.Helper()
	request, format, err := report.Request(a.Config)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := export.Write(t.Context(), &text, format, a.Asker, request); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// triedOf is every obligation that other due days of the catalogue would move.
func triedOf(t *testing.T, config string) string {
	t.Helper()
	catalogue, err := os.ReadFile(filepath.Join(filepath.Dir(config), "registry", "catalogue.csv"))
	if err != nil {
		t.Fatal(err)
	}
	later := filepath.Join(t.TempDir(), "catalogue.csv")
	if err := os.WriteFile(later, bytes.ReplaceAll(catalogue, []byte(",natural,"), []byte(",working,")), 0o600); err != nil {
		t.Fatal(err)
	}
	return ended(t, 0, "what-if", "--config", config, "--catalogue", later, "--as-of", "2026-06-30", "--lang", "en", "--list", "obligations")
}

// ended runs a command line in this process to the status that it must end with, and returns what it said.
func ended(t *testing.T, want int, arguments ...string) string {
	t.Helper()
	var out, problems bytes.Buffer
	if status := program.Execute(t.Context(), arguments, &out, &problems); status != want {
		t.Fatalf("%v: status %d, want %d\n%s%s", arguments, status, want, &out, &problems)
	}
	if want != 0 {
		return problems.String()
	}
	return out.String()
}

// A country tells the same of one server and of three shards, one of which ends while sources are collected and while questions are asked.
func TestCluster(t *testing.T) {
	t.Setenv("YANGGUANG_ENGINE_LIBRARY", programtest.EngineLibrary(t))
	p, places := programtest.New(t), writePlaces(t)
	country := filepath.Join(p.Directory, "country")
	ended(t, 0, simulateArguments(country, places)...)
	ended(t, 0, "collect", "--config", country+"/yangguang.yaml")
	want, tried := toldOf(t, country+"/yangguang.yaml"), triedOf(t, country+"/yangguang.yaml")

	shards := querytest.NewShards(t, 3, nil)
	spread := onCluster(t, p, "country")
	t.Setenv(config.DSNVariable, shards.Address(clusterDatabase, 0, 1, 2))
	ending := &ending{at: "：读取", end: func() { shards.Stop(t, 2) }} // after the first of two sources
	if status := program.Execute(t.Context(), []string{"collect", "--config", spread}, ending, ending); status != 1 || !strings.Contains(ending.String(), "shard 3") {
		t.Errorf("collected without a shard: status %d\n%s", status, ending)
	}
	for _, command := range [][]string{{"export", "lapsed"}, {"collect"}, {"check"}} {
		if said := ended(t, 1, append(command, "--config", spread)...); !strings.Contains(said, "shard 3") || !strings.Contains(said, "unverified") {
			t.Errorf("%v without a shard said:\n%s", command, said)
		}
	}
	shards.Start(t, 2)
	ended(t, 0, "collect", "--config", spread)
	if diff := cmp.Diff(want, toldOf(t, spread)); diff != "" {
		t.Errorf("what three shards tell (-one server +three shards):\n%s", diff)
	}
	if diff := cmp.Diff(tried, triedOf(t, spread)); diff != "" || strings.Count(tried, "\n") < 10 {
		t.Errorf("what three shards try (-one server +three shards), of %d lines:\n%s", strings.Count(tried, "\n"), diff)
	}
	if again := ended(t, 0, "collect", "--config", spread); strings.Count(again, "新增 0，变更 0") != 2 {
		t.Errorf("collected once more: %s", again)
	}
	serveWithoutShard(t, spread, func() { shards.Stop(t, 1) })
}

// serveWithoutShard serves a cluster that loses a shard: what readers and Prometheus are told then accuses nobody.
func serveWithoutShard(t *testing.T, config string, lose func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	address := make(chan string, 1)
	out := &ending{at: "/\n"}
	out.end = func() {
		_, after, _ := strings.Cut(out.String(), "http://")
		address <- "http://" + strings.TrimSpace(after)
	}
	go func() {
		ended <- program.Execute(ctx, []string{"serve", "--config", config, "--listen", "127.0.0.1:0"}, out, io.Discard)
	}()
	defer func() {
		cancel()
		if status := <-ended; status != 0 {
			t.Errorf("serve ended with status %d", status)
		}
	}()
	var site string
	select {
	case site = <-address:
	case status := <-ended:
		ended <- status
		t.Fatal("serve ended at once")
	}
	if status, page := got(t, site+"metrics"); status != http.StatusOK || !strings.Contains(page, `disclosure_cluster_shard_up{shard="2"} 1`) || !strings.Contains(page, "disclosure_unit_score{") {
		t.Errorf("with all shards the metrics are %d\n%s", status, page)
	}
	lose()
	for path, want := range map[string]struct {
		status int
		says   string
	}{
		"":                             {http.StatusServiceUnavailable, "未核验"},
		"ranking/all?as_of=2026-06-30": {http.StatusServiceUnavailable, "未核验"},
		"export/lapsed.csv":            {http.StatusServiceUnavailable, "unverified, not lapsed"},
		"-/ready":                      {http.StatusServiceUnavailable, "not ready"},
		"metrics":                      {http.StatusOK, `disclosure_cluster_shard_up{shard="2"} 0`},
	} {
		status, page := got(t, site+path)
		// metrics are the newest whole figures, with the time at which they were true
		if status != want.status || !strings.Contains(page, want.says) || path == "metrics" && !strings.Contains(page, "disclosure_snapshot_timestamp_seconds") {
			t.Errorf("/%s without a shard is %d, want %d and %q:\n%s", path, status, want.status, want.says, page)
		}
	}
}

// got is the answer to a request.
func got(t *testing.T, address string) (status int, page string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Prometheus-Scrape-Timeout-Seconds", "300")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
}

// ending does something as soon as a text is written.
type ending struct {
	bytes.Buffer
	at  string
	end func()
}

func (e *ending) Write(text []byte) (int, error) {
	n, err := e.Buffer.Write(text)
	if e.end != nil && strings.Contains(e.String(), e.at) {
		e.end()
		e.end = nil
	}
	return n, err
}
