package grafana_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/google/go-cmp/cmp"
)

// The files of Grafana's provisioning with the keys of its documentation, as far as they are used; an unknown key is an error.
type (
	dataSources struct {
		APIVersion  int `yaml:"apiVersion"`
		Datasources []struct {
			Name, UID, Type, Access, URL string
			OrgID                        int  `yaml:"orgId"`
			IsDefault                    bool `yaml:"isDefault"`
			Editable                     bool
			JSONData                     struct {
				HTTPMethod     string `yaml:"httpMethod"` // of Prometheus
				TimeInterval   string `yaml:"timeInterval"`
				PrometheusType string `yaml:"prometheusType"`

				Host, Protocol, Username string // of ClickHouse
				Port                     int
				Secure                   bool
				DefaultDatabase          string `yaml:"defaultDatabase"`
				DialTimeout              string `yaml:"dialTimeout"`
				QueryTimeout             string `yaml:"queryTimeout"`
			} `yaml:"jsonData"`
			SecureJSONData struct{ Password string } `yaml:"secureJsonData"`
		}
	}
	providers struct {
		APIVersion int `yaml:"apiVersion"`
		Providers  []struct {
			Name, Folder, Type    string
			OrgID                 int    `yaml:"orgId"`
			FolderUID             string `yaml:"folderUid"`
			DisableDeletion       bool   `yaml:"disableDeletion"`
			AllowUIUpdates        bool   `yaml:"allowUiUpdates"`
			UpdateIntervalSeconds int    `yaml:"updateIntervalSeconds"`
			Options               struct {
				Path                      string
				FoldersFromFilesStructure bool `yaml:"foldersFromFilesStructure"`
			}
		}
	}
	contactPoints struct {
		APIVersion    int `yaml:"apiVersion"`
		ContactPoints []struct {
			OrgID     int `yaml:"orgId"`
			Name      string
			Receivers []struct {
				UID, Type             string
				DisableResolveMessage bool `yaml:"disableResolveMessage"`
				Settings              map[string]any
			}
		} `yaml:"contactPoints"`
	}
	route struct {
		Receiver            string
		Matchers            []string
		ObjectMatchers      [][3]string `yaml:"object_matchers"`
		GroupBy             []string    `yaml:"group_by"`
		GroupWait           string      `yaml:"group_wait"`
		GroupInterval       string      `yaml:"group_interval"`
		RepeatInterval      string      `yaml:"repeat_interval"`
		ActiveTimeIntervals []string    `yaml:"active_time_intervals"`
		MuteTimeIntervals   []string    `yaml:"mute_time_intervals"`
		Routes              []route
	}
	policies struct {
		APIVersion int `yaml:"apiVersion"`
		Policies   []struct {
			OrgID int `yaml:"orgId"`
			route `yaml:",inline"`
		}
	}
	templates struct {
		APIVersion int `yaml:"apiVersion"`
		Templates  []struct {
			OrgID          int `yaml:"orgId"`
			Name, Template string
		}
	}
	muteTimes struct {
		APIVersion int `yaml:"apiVersion"`
		MuteTimes  []struct {
			OrgID         int `yaml:"orgId"`
			Name          string
			TimeIntervals []struct {
				Times []struct {
					StartTime string `yaml:"start_time"`
					EndTime   string `yaml:"end_time"`
				}
				Weekdays, Months, Years []string
				DaysOfMonth             []string `yaml:"days_of_month"`
				Location                string
			} `yaml:"time_intervals"`
		} `yaml:"muteTimes"`
	}
)

func TestDataSourcesAndProviders(t *testing.T) {
	var provisioned dataSources
	read(t, "provisioning/datasources/yangguang.yaml", &provisioned, true)
	got := map[string]string{}
	names := map[string]string{}
	for _, source := range provisioned.Datasources {
		got[source.UID], names[source.UID] = source.Type, source.Name
		if source.IsDefault {
			t.Errorf("%s takes the place of the default that is there", source.Name)
		}
		if source.Type == "grafana-clickhouse-datasource" && (source.SecureJSONData.Password != "$YANGGUANG_GRAFANA_CLICKHOUSE_PASSWORD" || source.JSONData.Username != "grafana") {
			t.Errorf("%s: the account is %q, the password does not come from the environment", source.Name, source.JSONData.Username)
		}
	}
	if diff := cmp.Diff(map[string]string{"yangguang-prometheus": "prometheus", "yangguang-clickhouse": "grafana-clickhouse-datasource"}, got); diff != "" {
		t.Errorf("data sources:\n%s", diff)
	}
	for name, board := range boards(t) {
		for _, variable := range list(within(board, "templating", "list")) {
			if uid := text(within(variable, "current", "value")); variable["type"] == "datasource" && names[uid] != text(within(variable, "current", "text")) {
				t.Errorf("%s begins with the data source %v, which is provisioned as %q", name, variable["current"], names[uid])
			}
		}
	}
	if _, err := os.Stat("provisioning/alerting"); err == nil {
		t.Error("who copies provisioning replaces all notification policies of his Grafana")
	}
	var found providers
	read(t, "provisioning/dashboards/yangguang.yaml", &found, true)
	compose, err := os.ReadFile("../compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Providers) != 1 || !strings.Contains(string(compose), "./grafana/dashboards:"+found.Providers[0].Options.Path+":ro") {
		t.Errorf("compose.yaml does not mount the dashboards where they are looked for: %+v", found.Providers)
	}
}

// TestEnvironment sees that compose gives Grafana every variable that its files use.
func TestEnvironment(t *testing.T) {
	var compose []byte
	for _, name := range []string{"../compose.yaml", "../compose.grafana-alerting.yaml"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, grafana, _ := strings.Cut(string(content), "\n  grafana:\n")
		compose = append(compose, grafana...)
	}
	var names []string
	for _, pattern := range []string{"provisioning/*/*.yaml", "alerting/*.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	used := map[string]bool{}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(content)) {
			if strings.HasPrefix(strings.TrimSpace(line), "#") {
				continue
			}
			for _, found := range regexp.MustCompile(`\$\{?([A-Z][A-Z_]+)\}?`).FindAllStringSubmatch(line, -1) {
				used[found[1]] = true
			}
		}
	}
	if len(used) < 6 {
		t.Errorf("variables: %v", used)
	}
	for variable := range used {
		if !strings.Contains(string(compose), "\n      "+variable+": ") {
			t.Errorf("compose does not give Grafana %s", variable)
		}
	}
}

// settings that each kind of contact point has, of those in Grafana's documentation.
var settings = map[string][]string{
	"wecom": {"url", "msgtype", "title", "message"},
	"email": {"addresses", "singleEmail", "subject", "message"},
}

func TestContactPointsAndPolicies(t *testing.T) {
	var points contactPoints
	read(t, "alerting/contact-points.yaml", &points, true)
	var names []string
	uids := map[string]bool{}
	words := messageTemplates(t)
	for _, point := range points.ContactPoints {
		names = append(names, point.Name)
		for _, receiver := range point.Receivers {
			if uids[receiver.UID] || receiver.UID == "" {
				t.Errorf("%s: uid %q", point.Name, receiver.UID)
			}
			uids[receiver.UID] = true
			if diff := cmp.Diff(slices.Sorted(maps.Keys(receiver.Settings)), slices.Sorted(slices.Values(settings[receiver.Type]))); diff != "" {
				t.Errorf("%s: settings of %q:\n%s", point.Name, receiver.Type, diff)
			}
			for _, setting := range receiver.Settings {
				if used := regexp.MustCompile(`template "([^"]+)"`).FindStringSubmatch(text(setting)); used != nil && words.Lookup(used[1]) == nil {
					t.Errorf("%s uses the template %q, which is not defined", point.Name, used[1])
				}
			}
			if point.Name != "operators" && !receiver.DisableResolveMessage {
				t.Errorf("%s is told that a lapse is resolved while it is only held back", point.Name)
			}
		}
	}
	if diff := cmp.Diff([]string{"units", "district-office", "operators"}, names); diff != "" {
		t.Errorf("contact points:\n%s", diff)
	}

	var times muteTimes
	read(t, "alerting/mute-timings.yaml", &times, true)
	var intervals []string
	for _, interval := range times.MuteTimes {
		intervals = append(intervals, interval.Name)
	}
	var policy policies
	read(t, "alerting/notification-policies.yaml", &policy, true)
	if len(policy.Policies) != 1 || policy.Policies[0].Receiver != "operators" {
		t.Fatalf("the first policy: %+v", policy.Policies)
	}
	for _, part := range policy.Policies[0].Routes {
		if !slices.Contains(names, part.Receiver) {
			t.Errorf("%s is nobody's contact point", part.Receiver)
		}
		for _, interval := range slices.Concat(part.ActiveTimeIntervals, part.MuteTimeIntervals) {
			if !slices.Contains(intervals, interval) {
				t.Errorf("%s: the time interval %q is not defined", part.Receiver, interval)
			}
		}
	}
	compareWithAlertmanager(t, policy.Policies[0].route)
}

// compareWithAlertmanager sees that Grafana waits, groups and repeats as Alertmanager does.
func compareWithAlertmanager(t *testing.T, ours route) {
	t.Helper()
	var configuration struct{ Route route }
	read(t, "../alertmanager/alertmanager.yml", &configuration, false)
	type manner struct {
		GroupBy, Active, Mute   []string
		Wait, Interval, Repeats string
	}
	of := func(r route) manner {
		return manner{r.GroupBy, r.ActiveTimeIntervals, r.MuteTimeIntervals, r.GroupWait, r.GroupInterval, r.RepeatInterval}
	}
	if theirs := configuration.Route; ours.GroupWait != theirs.GroupWait || ours.GroupInterval != theirs.GroupInterval || ours.RepeatInterval != theirs.RepeatInterval {
		t.Errorf("Grafana tells after %+v, Alertmanager %+v", of(ours), of(theirs))
	}
	backlog := [3]string{"backlog", "=", "yes"}
	for _, part := range []struct {
		audience string
		first    bool // of the first day
	}{{"district", false}, {"unit", true}, {"unit", false}} {
		audience := part.audience
		var want, got []manner
		for _, r := range configuration.Route.Routes {
			if slices.Contains(r.Matchers, `audience="`+audience+`"`) && slices.Contains(r.Matchers, `backlog="yes"`) == part.first {
				want = append(want, of(r))
			}
		}
		for _, r := range ours.Routes {
			if slices.Contains(r.ObjectMatchers, [3]string{"audience", "=", audience}) && slices.Contains(r.ObjectMatchers, backlog) == part.first {
				got = append(got, of(r))
			}
		}
		if len(want) == 0 || len(got) != 1 {
			t.Fatalf("the audience %s: %d routes of Alertmanager, %d of Grafana", audience, len(want), len(got))
		}
		for _, one := range want {
			if diff := cmp.Diff(one, got[0]); diff != "" {
				t.Errorf("the audience %s is told otherwise than by Alertmanager:\n%s", audience, diff)
			}
		}
	}
}

// messageTemplates are the words of messages, parsed.
func messageTemplates(t *testing.T) *template.Template {
	t.Helper()
	var file templates
	read(t, "alerting/templates.yaml", &file, true)
	parsed := template.New("").Funcs(functions)
	for _, one := range file.Templates {
		if _, err := parsed.Parse(one.Template); err != nil {
			t.Fatalf("%s: %v", one.Name, err)
		}
	}
	return parsed
}

type alert struct{ Labels, Annotations map[string]string }

// alerts are a message's, all of which fire.
type alerts []alert

func (a alerts) Firing() []alert   { return a }
func (a alerts) Resolved() []alert { return nil }

func TestMessages(t *testing.T) {
	lapse := alert{
		map[string]string{"alertname": "DisclosureLapsed", "unit_name": "张店村", "item": "CW1", "item_name": "村级财务收支情况", "period": "2026Q1", "contact": "张三"},
		map[string]string{"summary": "张店村：村级财务收支情况（2026Q1）逾期未公开，已过 7 个工作日", "page_url": "https://yangguang.example/unit/1"},
	}
	message := map[string]any{
		"Alerts": alerts{lapse}, "GroupLabels": map[string]string{"alertname": "DisclosureLapsed", "item": "CW1"},
		"CommonLabels": lapse.Labels, "CommonAnnotations": lapse.Annotations,
	}
	var told strings.Builder
	if err := messageTemplates(t).ExecuteTemplate(&told, "yangguang.text", message); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"【逾期未公开】", "张店村：村级财务收支情况（2026Q1）逾期未公开，已过 7 个工作日", "https://yangguang.example/unit/1"} {
		if !strings.Contains(told.String(), want) {
			t.Errorf("the message lacks %q:\n%s", want, told.String())
		}
	}
}
