package deploy

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yangguang/cmd/yangguang/programtest"
)

// asked is a Prometheus with the rules of deploy/prometheus that scraped one program, and the moment it is asked about: one at which it
// knew everything, whatever happens later on a busy machine.
type asked struct {
	address, instance string
	moment            float64 // in seconds since 1970
}

// series is one series of an answer with its last value.
type series struct {
	labels map[string]string
	value  float64
}

func startPrometheus(t *testing.T, s programtest.Serving) asked {
	t.Helper()
	p := asked{address: programtest.FreeAddress(t), instance: strings.TrimPrefix(s.Address, "http://")}
	directory := t.TempDir()
	if err := os.CopyFS(directory, os.DirFS("../../../../deploy/prometheus")); err != nil {
		t.Fatal(err)
	}
	configuration := filepath.Join(directory, "prometheus.yml")
	text, err := os.ReadFile(configuration)
	if err != nil {
		t.Fatal(err)
	}
	quick := strings.NewReplacer("127.0.0.1:8080\"", p.instance+"\"", "scrape_interval: 1m", "scrape_interval: 10s", "evaluation_interval: 1m", "evaluation_interval: 4s", "scrape_timeout: 30s", "scrape_timeout: 10s",
		`["127.0.0.1:9093"]`, "[]").Replace(string(text))
	if err := os.WriteFile(configuration, []byte(quick), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Get(t, "/metrics") // computed once, so that Prometheus is answered at once
	programtest.Background(t, "prometheus", "--config.file="+configuration, "--storage.tsdb.path="+filepath.Join(directory, "data"), "--web.listen-address="+p.address)
	programtest.WaitUntil(t, "Prometheus has scraped twice and evaluated all rules", func() bool {
		known := p.answer(t, p.query("query", `vector(time()) and on () disclosure_unit_info and on () count_over_time(disclosure_source_records_total[5m]) >= 2
			and on () disclosure:lapsed:working_days and on () disclosure:due:working_days and on () ALERTS{alertname="DisclosureLapsed"}`, nil))
		if len(known) == 1 {
			p.moment = known[0].value
		}
		return len(known) == 1
	})
	asks := slices.Clone(healthCheck(t, "prometheus")[1:])
	for i := range asks {
		asks[i] = strings.ReplaceAll(asks[i], "127.0.0.1:9090", p.address)
	}
	if out, err := exec.Command(asks[0], asks[1:]...).CombinedOutput(); err != nil {
		t.Errorf("the health check of Prometheus says %v: %s", err, out)
	}
	return p
}

func (p asked) query(kind, expression string, further url.Values) string {
	values := url.Values{"query": {expression}}
	for name, value := range further {
		values[name] = value
	}
	return fmt.Sprintf("http://%s/api/v1/%s?%s", p.address, kind, values.Encode())
}

// now is the answer at the moment.
func (p asked) now(t *testing.T, expression string) []series {
	t.Helper()
	return p.answer(t, p.query("query", expression, url.Values{"time": {strconv.FormatFloat(p.moment, 'f', 3, 64)}}))
}

// lately is the answer over the minutes before it.
func (p asked) lately(t *testing.T, expression string) []series {
	t.Helper()
	return p.answer(t, p.query("query_range", expression, url.Values{
		"start": {strconv.FormatFloat(p.moment-300, 'f', 3, 64)}, "end": {strconv.FormatFloat(p.moment, 'f', 3, 64)}, "step": {"1"},
	}))
}

func (p asked) answer(t *testing.T, address string) []series {
	t.Helper()
	_, body := programtest.Get(t, address)
	var told struct {
		Status, Error string
		Data          struct {
			Result []struct {
				Metric map[string]string
				Value  []any
				Values [][]any
			}
		}
	}
	if p.moment == 0 && body != "" && !strings.HasPrefix(body, "{") {
		return nil // it is not there yet
	}
	if err := json.Unmarshal([]byte(body), &told); err != nil || told.Status != "success" {
		t.Fatalf("%s: %v: %s", address, err, body)
	}
	found := make([]series, 0, len(told.Data.Result))
	for _, result := range told.Data.Result {
		last := result.Value
		if len(result.Values) > 0 {
			last = result.Values[len(result.Values)-1]
		}
		var value float64
		if _, err := fmt.Sscan(fmt.Sprint(last[1]), &value); err != nil {
			t.Fatal(err)
		}
		found = append(found, series{result.Metric, value})
	}
	return found
}
