package deploy_test

import (
	"bytes"
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// patience bounds a tool that must come to its end; it is never a measure of speed.
const patience = 5 * time.Minute

// run runs a tool to its end in this directory; a status other than 0 is a failure.
func run(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	output, err := exec.CommandContext(ctx, name, arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(arguments, " "), err, output)
	}
	return string(output)
}

func files(t *testing.T, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) == 0 {
		t.Fatalf("%s: %v, %v", pattern, found, err)
	}
	return found
}

func TestPrometheusConfigurationAndRules(t *testing.T) {
	t.Parallel()
	run(t, "promtool", "check", "config", "--lint-fatal", "prometheus/prometheus.yml")
	run(t, "promtool", append([]string{"check", "rules", "--lint-fatal"}, files(t, "prometheus/*.rules.yml")...)...)
}

// TestRules runs the cases of every alert.
func TestRules(t *testing.T) {
	t.Parallel()
	for _, file := range files(t, "prometheus/tests/*_test.yml") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			run(t, "promtool", "test", "rules", file)
		})
	}
}

// alert is an alerting rule.
type alert struct {
	Alert       string            `yaml:"alert"`
	Expr        string            `yaml:"expr"`
	For         string            `yaml:"for"`
	Labels      map[string]string `yaml:"labels"`
	Annotations map[string]string `yaml:"annotations"`
}

func alerts(t *testing.T) []alert {
	t.Helper()
	var found []alert
	for _, file := range files(t, "prometheus/*.rules.yml") {
		var rules struct {
			Groups []struct{ Rules []alert }
		}
		read(t, file, &rules)
		for _, group := range rules.Groups {
			for _, rule := range group.Rules {
				if rule.Alert != "" {
					found = append(found, rule)
				}
			}
		}
	}
	return found
}

func read(t *testing.T, file string, into any) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(content, into); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

var code = regexp.MustCompile("`([^`]+)`")

// TestThresholdsAreDocumented compares the table of docs/alerts.md with the rules, both ways.
func TestThresholdsAreDocumented(t *testing.T) {
	t.Parallel()
	manual, err := os.ReadFile("../docs/alerts.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]string{}
	for line := range strings.Lines(string(manual)) {
		if strings.HasPrefix(line, "| Disclosure") {
			cells := strings.Split(strings.Trim(line, "| \n"), " | ")
			rows[cells[0]] = cells[1:]
		}
	}
	var names []string
	for _, alert := range alerts(t) {
		names = append(names, alert.Alert)
		cells := rows[alert.Alert]
		if len(cells) != 4 {
			t.Errorf("%s: the row has %d cells", alert.Alert, len(cells))
			continue
		}
		for _, threshold := range code.FindAllStringSubmatch(cells[0], -1) {
			if strings.Count(alert.Expr, threshold[1]) != 1 {
				t.Errorf("%s: %q does not stand once in %s", alert.Alert, threshold[1], alert.Expr)
			}
		}
		wait := "at once"
		if alert.For != "" {
			wait = "`" + alert.For + "`"
		}
		if cells[1] != wait || cells[2] != alert.Labels["severity"] || !strings.HasPrefix(cells[3], alert.Labels["audience"]) {
			t.Errorf("%s: %q, but the rule waits %s, severity %s, audience %s", alert.Alert, cells, wait, alert.Labels["severity"], alert.Labels["audience"])
		}
		if !bytes.Contains(manual, []byte("\n### "+alert.Alert+"\n")) {
			t.Errorf("%s has no runbook", alert.Alert)
		}
		if !strings.HasSuffix(alert.Annotations["runbook_url"], "/help/{{ end }}alerts#"+strings.ToLower(alert.Alert)) {
			t.Errorf("%s: runbook_url %q", alert.Alert, alert.Annotations["runbook_url"])
		}
		if alert.Annotations["summary"] == "" || alert.Annotations["summary_en"] == "" {
			t.Errorf("%s lacks a language", alert.Alert)
		}
	}
	slices.Sort(names)
	if diff := cmp.Diff(names, slices.Sorted(maps.Keys(rows))); diff != "" {
		t.Errorf("rules and documented rows differ:\n%s", diff)
	}
}

// TestEveryAlertHasCases sees that the promtool tests expect each alert once to fire, with its texts, and once not to.
func TestEveryAlertHasCases(t *testing.T) {
	t.Parallel()
	type expected struct{ fires, silent bool }
	seen := map[string]expected{}
	for _, file := range files(t, "prometheus/tests/*_test.yml") {
		var cases struct {
			Tests []struct {
				Expectations []struct {
					Name   string      `yaml:"alertname"`
					Alerts []yaml.Node `yaml:"exp_alerts"`
				} `yaml:"alert_rule_test"`
			}
		}
		read(t, file, &cases)
		for _, test := range cases.Tests {
			for _, expectation := range test.Expectations {
				known := seen[expectation.Name]
				seen[expectation.Name] = expected{known.fires || len(expectation.Alerts) > 0, known.silent || len(expectation.Alerts) == 0}
			}
		}
	}
	for _, alert := range alerts(t) {
		if got := seen[alert.Alert]; got != (expected{true, true}) {
			t.Errorf("%s: the cases expect %+v", alert.Alert, got)
		}
	}
}
