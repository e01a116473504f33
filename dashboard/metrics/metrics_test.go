package metrics

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"

	"yangguang/queries/model"
)

var update = flag.Bool("update", false, "write the golden files anew")

func handler(t *testing.T, store Store, limit int) *Handler {
	t.Helper()
	h := NewHandler(Options{
		Store: store, Zone: shanghai(), MaxSeries: limit, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.Date(2026, 11, 21, 20, 0, 0, 0, time.UTC) }, // the 22nd in the zone
	})
	t.Cleanup(h.Close)
	return h
}

func scrape(t *testing.T, h *Handler) string {
	t.Helper()
	return scrapeWith(t, h, "")
}

func scrapeWith(t *testing.T, h *Handler, timeout string) string {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
	if timeout != "" {
		request.Header.Set("X-Prometheus-Scrape-Timeout-Seconds", timeout)
	}
	response := httptest.NewRecorder()
	h.ServeHTTP(response, request)
	if response.Code != http.StatusOK {
		t.Fatalf("status %d: %s", response.Code, response.Body)
	}
	return response.Body.String()
}

// own keeps the lines of the disclosure series.
func own(page string) string {
	var kept strings.Builder
	for line := range strings.Lines(page) {
		if strings.Contains(line, "disclosure_") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

func TestGolden(t *testing.T) {
	got := own(scrape(t, handler(t, &answers{snapshot: sample()}, 0)))
	path := filepath.Join("testdata", "sample.txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

func TestAsksTheDefaultWindow(t *testing.T) {
	store := &answers{}
	scrape(t, handler(t, store, 0))
	want := model.Question{From: civil(2026, 1, 1), To: civil(2026, 11, 22), AsOf: civil(2026, 11, 22), Group: "all", Scope: "own"}
	if diff := cmp.Diff(&want, store.asked.Load()); diff != "" {
		t.Error(diff)
	}
}

// The two series that count working days are named by what they count; promlint would like seconds.
func TestLint(t *testing.T) {
	h := handler(t, &answers{snapshot: sample()}, 0)
	problems, err := testutil.CollectAndLint(&collector{t.Context(), h.cache, h.options.Log})
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems {
		if !strings.HasSuffix(problem.Metric, "_working_days") {
			t.Errorf("%s: %s", problem.Metric, problem.Text)
		}
	}
}

func TestPromtool(t *testing.T) {
	page := own(scrape(t, handler(t, &answers{snapshot: sample()}, 0)))
	command := exec.CommandContext(t.Context(), "promtool", "check", "metrics")
	command.Stdin = strings.NewReader(page)
	output, err := command.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	for line := range bytes.Lines(output) {
		if !bytes.Contains(line, []byte("_working_days ")) {
			t.Errorf("%s", line)
		}
	}
}

func TestOpenMetrics(t *testing.T) {
	server := httptest.NewServer(handler(t, &answers{snapshot: sample()}, 0))
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "application/openmetrics-text; version=1.0.0")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || !strings.HasPrefix(response.Header.Get("Content-Type"), "application/openmetrics-text") || !bytes.HasSuffix(body, []byte("# EOF\n")) {
		t.Errorf("got %v, %v", response.Header, err)
	}
}

// A client that offers protobuf has native buckets and the classic ones.
func TestNativeHistogram(t *testing.T) {
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
	request.Header.Set("Accept", "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited")
	response := httptest.NewRecorder()
	handler(t, &answers{snapshot: sample()}, 0).ServeHTTP(response, request)
	decoder := expfmt.NewDecoder(response.Body, expfmt.ResponseFormat(response.Header()))
	got := map[string]string{}
	for {
		var family dto.MetricFamily
		if err := decoder.Decode(&family); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if family.GetName() != "disclosure_source_collection_duration_seconds" {
			continue
		}
		for _, metric := range family.GetMetric() {
			h := metric.GetHistogram()
			var spans [][2]int
			for _, span := range h.GetPositiveSpan() {
				spans = append(spans, [2]int{int(span.GetOffset()), int(span.GetLength())})
			}
			got[metric.GetLabel()[0].GetValue()] = fmt.Sprint(h.GetSampleCount(), h.GetSchema(), h.GetZeroCount(), spans, h.GetPositiveDelta(), len(h.GetBucket()))
		}
	}
	want := map[string]string{
		"台账": "3 3 1 [[15 1] [16 1]] [1 0] 7", // one collection took no time
		"网站": "1 3 1 [] [] 7",
		"新源": "0 3 0 [] [] 7",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBounded(t *testing.T) {
	for name, test := range map[string]struct {
		limit     int
		units     int
		truncated string
	}{
		"all fit":        {0, 20, "disclosure_metrics_truncated 0"},
		"worst only":     {100, 7, "disclosure_metrics_truncated 1"},
		"no room at all": {10, 0, "disclosure_metrics_truncated 1"},
	} {
		t.Run(name, func(t *testing.T) {
			page := scrape(t, handler(t, &answers{snapshot: many(20)}, test.limit))
			if got := strings.Count(page, "\ndisclosure_unit_info{"); got != test.units {
				t.Errorf("%d units, want %d", got, test.units)
			}
			for _, want := range []string{"\n" + test.truncated + "\n", "\ndisclosure_lapsed_obligations{group=\"towns\"} 3\n"} {
				if !strings.Contains(page, want) {
					t.Errorf("lacks %q", want)
				}
			}
			if test.truncated == "disclosure_metrics_truncated 1" && strings.Contains(page, `unit="u00000"`) {
				t.Error("the unit without a lapse is told before worse ones")
			}
		})
	}
}

func TestKeepsWhatIsStillTrue(t *testing.T) {
	store := &answers{snapshot: sample()}
	h := handler(t, store, 0)
	scrape(t, h)
	scrape(t, h)
	if got := store.computed.Load(); got != 1 {
		t.Errorf("computed %d times for one version", got)
	}
	store.version.Add(1)
	scrape(t, h)
	if got := store.computed.Load(); got != 2 {
		t.Errorf("computed %d times for two versions", got)
	}
}

func TestOneComputationForConcurrentScrapes(t *testing.T) {
	store := &answers{snapshot: sample(), release: make(chan struct{})}
	h := handler(t, store, 0)
	pages := make(chan string, 5)
	var scrapes sync.WaitGroup
	for range cap(pages) {
		scrapes.Go(func() { pages <- scrapeWith(t, h, "60") })
	}
	for store.computed.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	close(store.release)
	scrapes.Wait()
	close(pages)
	for page := range pages {
		if !strings.Contains(page, "disclosure_unit_score{unit=\"u1\"} 98.63") {
			t.Error("a scrape lacks the units")
		}
	}
	if got := store.computed.Load(); got != 1 {
		t.Errorf("computed %d times", got)
	}
}

// While ClickHouse does not answer, the newest figures stand with the time at which they were true, until they are too old.
func TestUnreachable(t *testing.T) {
	store := &answers{snapshot: sample()}
	h := handler(t, store, 0)
	fault := errors.New("connection refused")
	store.fault.Store(&fault)
	if page := scrape(t, h); strings.Count(page, "\ndisclosure_") != strings.Count(page, "\ndisclosure_cluster_shard_up{") || !strings.Contains(page, "go_goroutines") {
		t.Error("before anything is known there are only the program itself and the shards")
	}
	store.fault.Store(nil)
	whole := scrape(t, h)
	store.fault.Store(&fault)
	if diff := cmp.Diff(own(whole), own(scrape(t, h))); diff != "" {
		t.Error(diff)
	}
	begun := h.options.Now()
	for after, served := range map[time.Duration]bool{time.Minute: true, StaleAfter: true, StaleAfter + time.Second: false} {
		h.cache.options.Now = func() time.Time { return begun.Add(after) }
		page := scrape(t, h)
		for _, series := range []string{"\ndisclosure_unit_score{", "\ndisclosure_lapsed_obligations{", "\ndisclosure_coverage_ratio{", "\ndisclosure_metrics_truncated "} {
			if strings.Contains(page, series) != served {
				t.Errorf("after %s %s is told: %v", after, strings.TrimSpace(series), !served)
			}
		}
		for _, present := range []string{
			"disclosure_cluster_shard_up{shard=\"2\"} 0", "disclosure_source_up{source=\"台账\"} 1",
			"disclosure_snapshot_timestamp_seconds 1.7952912e+09\n", // when they were computed
		} {
			if !strings.Contains(page, present) {
				t.Errorf("after %s it lacks %s", after, present)
			}
		}
	}
}

// DisclosureSnapshotStale and the figures know one bound.
func TestStaleAfterIsWhatTheAlertKnows(t *testing.T) {
	rules, err := os.ReadFile("../../deploy/prometheus/operations.rules.yml")
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("time() - disclosure_snapshot_timestamp_seconds > %d\n", int(StaleAfter.Seconds())); !strings.Contains(string(rules), want) {
		t.Errorf("DisclosureSnapshotStale does not ask %q", want)
	}
}

// A scrape whose time is up answers without figures; the computation goes on for the next one.
func TestDeadline(t *testing.T) {
	store := &answers{snapshot: sample(), release: make(chan struct{})}
	h := handler(t, store, 0)
	if page := scrapeWith(t, h, "0.02"); strings.Contains(page, "disclosure_unit_") {
		t.Error("figures from nowhere")
	}
	close(store.release)
	if page := scrapeWith(t, h, "60"); !strings.Contains(page, "disclosure_unit_score") {
		t.Error("no figures although they were computed")
	}
	if got := store.computed.Load(); got != 1 {
		t.Errorf("computed %d times", got)
	}
}

// While newer figures are computed, for as long as it takes and however often the data change, a scrape has those before, whole; then the newest.
func TestNothingVanishesWhileFiguresAreComputed(t *testing.T) {
	store := &answers{snapshot: sample()}
	h := handler(t, store, 0)
	whole := own(scrape(t, h))
	store.release = make(chan struct{})
	for range 3 {
		store.version.Add(1)
		if diff := cmp.Diff(whole, own(scrapeWith(t, h, "0.05"))); diff != "" {
			t.Fatal(diff)
		}
	}
	if got := store.computed.Load(); got != 2 {
		t.Errorf("%d computations for three changes during one", got-1)
	}
	store.snapshot = many(3)
	close(store.release)
	if page := scrapeWith(t, h, "60"); !strings.Contains(page, "disclosure_unit_score{unit=\"u00002\"}") {
		t.Errorf("the newest figures are not served:\n%s", own(page))
	}
}

// When one of the questions fails after the data have changed, all series are stated as they were last known, those of failing sources too, for as long
// as they may be; then they go together.
func TestAFailedQuestionDropsNothing(t *testing.T) {
	store := &answers{snapshot: sample()}
	h := handler(t, store, 0)
	whole := own(scrape(t, h))
	fault := errors.New("ask metrics/sources: memory limit exceeded")
	store.unanswered.Store(&fault)
	store.version.Add(1)
	begun := h.options.Now()
	h.cache.options.Now = func() time.Time { return begun.Add(StaleAfter) }
	if diff := cmp.Diff(whole, own(scrape(t, h))); diff != "" || !strings.Contains(whole, "disclosure_unit_sources_failing{") {
		t.Error(diff)
	}
	h.cache.options.Now = func() time.Time { return begun.Add(StaleAfter + time.Second) }
	if page := scrape(t, h); strings.Contains(page, "disclosure_unit_sources_failing{") || strings.Contains(page, "disclosure_lapsed_since") || !strings.Contains(page, "disclosure_source_up{") {
		t.Errorf("beyond the bound:\n%s", own(page))
	}
}

// Begun before anybody asks, the figures are there for the first scrape.
func TestBegin(t *testing.T) {
	store := &answers{snapshot: sample()}
	h := handler(t, store, 0)
	h.Begin()
	scrape(t, h)
	if got := store.computed.Load(); got != 1 {
		t.Errorf("computed %d times", got)
	}
}

func TestClosed(t *testing.T) {
	store := &answers{snapshot: sample(), release: make(chan struct{})}
	h := handler(t, store, 0)
	scrapeWith(t, h, "0.02")
	h.Close() // returns although the computation was never released
	if _, err := h.cache.newest(context.Background()); !errors.Is(err, errClosed) {
		t.Errorf("a closed handler says %v", err)
	}
}

func TestPatience(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"10": 9 * time.Second, "60": 54 * time.Second, "2": 1500 * time.Millisecond, "0.5": 250 * time.Millisecond, "": 9 * time.Second,
		"-1": 9 * time.Second, "NaN": 9 * time.Second, "soon": 9 * time.Second,
	} {
		if got := patience(http.Header{"X-Prometheus-Scrape-Timeout-Seconds": {header}}); got != want {
			t.Errorf("%q: got %s, want %s", header, got, want)
		}
	}
}

// Every series of the list has a help text that is a sentence.
func TestHelp(t *testing.T) {
	registry := prometheus.NewRegistry()
	h := handler(t, &answers{snapshot: sample()}, 0)
	registry.MustRegister(&collector{t.Context(), h.cache, h.options.Log})
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	if len(families) != len(descriptions()) {
		t.Errorf("%d of %d series are told of the sample", len(families), len(descriptions()))
	}
	for _, family := range families {
		if !strings.HasSuffix(family.GetHelp(), ".") {
			t.Errorf("%s: %q", family.GetName(), family.GetHelp())
		}
	}
}
