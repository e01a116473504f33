package grafana_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// said is what Prometheus and Grafana must say alike of an alert.
type said struct {
	Group, Expr, For    string
	Labels, Annotations map[string]string
}

// inPrometheus are the alerts of deploy/prometheus, but for those that only hold others back, which Grafana has no use for.
func inPrometheus(t *testing.T) map[string]said {
	t.Helper()
	names, err := filepath.Glob("../prometheus/*.rules.yml")
	if err != nil || len(names) == 0 {
		t.Fatalf("rule files: %v, %v", names, err)
	}
	alerts := map[string]said{}
	for _, name := range names {
		var file struct {
			Groups []struct {
				Name  string
				Rules []struct {
					Alert, Expr, For    string
					Labels, Annotations map[string]string
				}
			}
		}
		read(t, name, &file, false)
		for _, group := range file.Groups {
			for _, rule := range group.Rules {
				if rule.Alert != "" && rule.Labels["audience"] != "nobody" {
					alerts[rule.Alert] = said{group.Name, strings.TrimSpace(rule.Expr), rule.For, rule.Labels, rule.Annotations}
				}
			}
		}
	}
	return alerts
}

// ruleFile has the keys of Grafana's documentation for alert rules, those that are used here.
type ruleFile struct {
	APIVersion int `yaml:"apiVersion"`
	Groups     []struct {
		OrgID    int `yaml:"orgId"`
		Name     string
		Folder   string
		Interval string
		Rules    []struct {
			UID, Title, Condition string
			Data                  []struct {
				RefID             string                 `yaml:"refId"`
				RelativeTimeRange struct{ From, To int } `yaml:"relativeTimeRange"`
				DatasourceUID     string                 `yaml:"datasourceUid"`
				Model             map[string]any
			}
			DashboardUID                string `yaml:"dashboardUid"`
			PanelID                     int    `yaml:"panelId"`
			NoDataState                 string `yaml:"noDataState"`
			ExecErrState                string `yaml:"execErrState"`
			For                         string
			MissingSeriesEvalsToResolve int `yaml:"missing_series_evals_to_resolve"`
			Annotations, Labels         map[string]string
		}
	}
}

func read(t *testing.T, name string, into any, strict bool) {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	decoder.KnownFields(strict)
	if err := decoder.Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

var variable = regexp.MustCompile("\\(reReplaceAll `\\^\\[\\$\\]\\.\\*` `` `\\$\\{([A-Z_]+)\\}`\\)")

// asInPrometheus undoes what differs between the two template languages.
func asInPrometheus(annotation string) string {
	annotation = strings.TrimPrefix(annotation, "{{ $value := $values.query.Value }}")
	return variable.ReplaceAllStringFunc(annotation, func(written string) string {
		return "$externalLabels." + strings.ToLower(variable.FindStringSubmatch(written)[1])
	})
}

func TestRulesSayWhatThoseOfPrometheusSay(t *testing.T) {
	var file ruleFile
	read(t, "alerting/rules.yaml", &file, true)
	panels := map[string]bool{}
	for _, board := range boards(t) {
		for _, panel := range list(board["panels"]) {
			panels[fmt.Sprintf("%s/%v", board["uid"], panel["id"])] = true
		}
	}
	got, uids := map[string]said{}, map[string]bool{}
	for _, group := range file.Groups {
		if file.APIVersion != 1 || group.OrgID != 1 || group.Folder == "" || group.Interval != "1m" {
			t.Errorf("group %s: version %d, organisation %d, folder %q, interval %q", group.Name, file.APIVersion, group.OrgID, group.Folder, group.Interval)
		}
		for _, rule := range group.Rules {
			if uids[rule.UID] || len(rule.UID) > 40 || !regexp.MustCompile(`^[a-z-]+$`).MatchString(rule.UID) {
				t.Errorf("%s: uid %q", rule.Title, rule.UID)
			}
			uids[rule.UID] = true
			if len(rule.Data) != 2 || rule.Data[0].RefID != "query" || rule.Data[1].RefID != rule.Condition ||
				rule.Data[0].DatasourceUID != "yangguang-prometheus" || rule.Data[0].Model["instant"] != true || rule.Data[1].DatasourceUID != "__expr__" {
				t.Errorf("%s asks %+v", rule.Title, rule.Data)
				continue
			}
			if !panels[fmt.Sprintf("%s/%d", rule.DashboardUID, rule.PanelID)] ||
				rule.Annotations["__dashboardUid__"] != rule.DashboardUID || rule.Annotations["__panelId__"] != fmt.Sprint(rule.PanelID) {
				t.Errorf("%s shows panel %d of %q", rule.Title, rule.PanelID, rule.DashboardUID)
			}
			wantError := "KeepLast"
			if rule.Title == "DisclosureDown" {
				wantError = "Alerting"
			}
			if rule.NoDataState != "OK" || rule.ExecErrState != wantError || rule.MissingSeriesEvalsToResolve != 1 {
				t.Errorf("%s: no data is %s, an error %s, resolved after %d", rule.Title, rule.NoDataState, rule.ExecErrState, rule.MissingSeriesEvalsToResolve)
			}
			annotations := map[string]string{}
			for name, annotation := range rule.Annotations {
				if !strings.HasPrefix(name, "__") {
					annotations[name] = asInPrometheus(annotation)
				}
			}
			wait := rule.For
			if wait == "0s" {
				wait = ""
			}
			got[rule.Title] = said{group.Name, rule.Data[0].Model["expr"].(string), wait, rule.Labels, annotations}
		}
	}
	if diff := cmp.Diff(inPrometheus(t), got); diff != "" {
		t.Errorf("Prometheus and Grafana say different things:\n%s", diff)
	}
}

// functions are those of Grafana's annotation templates that the rules use, in the least that they do.
var functions = template.FuncMap{
	"humanizePercentage": func(value float64) string { return fmt.Sprintf("%.4g%%", value*100) },
	"humanizeDuration":   func(value float64) string { return fmt.Sprintf("%.0fs", value) },
	"reReplaceAll": func(pattern, replacement, text string) string {
		return regexp.MustCompile(pattern).ReplaceAllString(text, replacement)
	},
}

type value struct{ Value float64 }

// expand is what Grafana makes of an annotation: the environment's variables in braces first, then the template, where $value is a text.
func expand(t *testing.T, annotation string, environment map[string]string, labels map[string]string, number float64) string {
	t.Helper()
	if environment != nil {
		annotation = regexp.MustCompile(`\$\{(\w+)\}`).ReplaceAllStringFunc(annotation, func(name string) string {
			return environment[strings.Trim(name, "${}")]
		})
	}
	parsed, err := template.New("").Funcs(functions).Option("missingkey=invalid").
		Parse("{{- $labels := .Labels -}}{{- $values := .Values -}}{{- $value := .Value -}}" + annotation)
	if err != nil {
		t.Fatalf("%s: %v", annotation, err)
	}
	var text strings.Builder
	if err := parsed.Execute(&text, map[string]any{
		"Labels": labels, "Values": map[string]value{"query": {number}, "present": {1}}, "Value": "[ var='query' labels={} value=7 ]",
	}); err != nil {
		t.Fatalf("%s: %v", annotation, err)
	}
	return text.String()
}

func TestAnnotations(t *testing.T) {
	var file ruleFile
	read(t, "alerting/rules.yaml", &file, true)
	annotations := map[string]map[string]string{}
	for _, group := range file.Groups {
		for _, rule := range group.Rules {
			annotations[rule.Title] = rule.Annotations
		}
	}
	labels := map[string]string{
		"unit": "北 1/2", "unit_name": "张店村", "item": "CW1", "item_name": "村级财务收支情况", "period": "2026Q1", "contact": "张三", "group": "villages",
		"source": "网站", "instance": "127.0.0.1:8080", "reason": "essential", "shard": "2",
	}
	environment := map[string]string{"YANGGUANG_URL": "https://yangguang.example"}
	for _, alert := range slices.Sorted(maps.Keys(annotations)) {
		for name, annotation := range annotations[alert] {
			for _, set := range []map[string]string{environment, {}, nil} {
				told := expand(t, annotation, set, labels, 7)
				if strings.ContainsAny(told, "{}$[") || strings.Contains(told, "no value") {
					t.Errorf("%s: %s says %q", alert, name, told)
				}
				expand(t, annotation, set, map[string]string{}, 7) // no label is needed
			}
		}
	}
	lapsed := annotations["DisclosureLapsed"]
	for _, test := range []struct {
		name, annotation, want string
		environment            map[string]string
	}{
		{"the number, not Grafana's text of it", "summary", "张店村：村级财务收支情况（2026Q1）逾期未公开，已过 7 个工作日", environment},
		{"the unit's page", "page_url", "https://yangguang.example/unit/" + strings.ReplaceAll(url.QueryEscape("北 1/2"), "+", "%20"), environment},
		{"no address", "page_url", "", map[string]string{}},
		{"a Grafana that leaves variables in annotations alone", "page_url", "", nil},
		{"its runbook", "runbook_url", "https://yangguang.example/help/alerts#disclosurelapsed", environment},
		{"no address of the runbook", "runbook_url", "alerts#disclosurelapsed", map[string]string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := expand(t, lapsed[test.annotation], test.environment, labels, 7); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
