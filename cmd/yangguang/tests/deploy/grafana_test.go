package deploy

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"yangguang/cmd/yangguang/programtest"
)

// question is what a panel of a dashboard, or one of its annotations, asks.
type question struct {
	board, panel, kind, letter string
	Expr, RawSQL               string
	Instant                    bool
}

// board is a dashboard, as far as it asks or leads somewhere.
type board struct {
	name   string
	Panels []struct {
		Title, Type string
		Targets     []target
		FieldConfig struct {
			Overrides []struct {
				Properties []struct {
					ID    string
					Value json.RawMessage
				}
			}
		}
	}
	Annotations struct {
		List []struct {
			Name   string
			Target target
		}
	}
	Templating struct {
		List []struct {
			Name, Regex string
			Query       json.RawMessage
		}
	}
}

type target struct {
	RefID, Expr, RawSQL string
	Instant             bool
}

// boards are the dashboards of deploy/grafana.
func boards(t *testing.T) (found []board) {
	t.Helper()
	names, err := filepath.Glob("../../../../deploy/grafana/dashboards/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("dashboards: %v, %v", names, err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b := board{name: filepath.Base(name)}
		if err := json.Unmarshal(content, &b); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		found = append(found, b)
	}
	return found
}

// questions are those of every panel and annotation of deploy/grafana.
func questions(t *testing.T) (found []question) {
	t.Helper()
	for _, b := range boards(t) {
		for _, panel := range b.Panels {
			for _, asks := range panel.Targets {
				found = append(found, question{b.name, panel.Title, panel.Type, asks.RefID, asks.Expr, asks.RawSQL, asks.Instant})
			}
		}
		for _, annotation := range b.Annotations.List {
			if asks := annotation.Target; asks.Expr+asks.RawSQL != "" {
				found = append(found, question{b.name, annotation.Name, "annotation", asks.RefID, asks.Expr, asks.RawSQL, asks.Instant})
			}
		}
	}
	return found
}

// TestGrafana asks everything that dashboards and alert rules of deploy/grafana ask of a Prometheus that scraped the sample district, and of
// its ClickHouse. A panel that errs, or has no answer, fails.
func TestGrafana(t *testing.T) {
	p := programtest.New(t)
	s := p.Start(t, "shows the sample district", "demo", "--dir", "sample", "--listen", "127.0.0.1:0")
	asked := startPrometheus(t, s)
	worst := asked.now(t, `topk(1, count by (unit, town) (disclosure:lapsed:working_days{town!=""}) and on (unit) disclosure:due:working_days)`)
	if len(worst) != 1 {
		t.Fatalf("no unit of a town has both a lapse and something due: %v", worst)
	}
	unit, town := worst[0].labels["unit"], worst[0].labels["town"]
	fill := filling(asked.instance, unit, ".*")
	answers := map[string][]series{}
	scraped := s.Get(t, "/metrics")
	for _, q := range questions(t) {
		if q.Expr == "" {
			continue
		}
		ask := asked.lately
		if q.Instant {
			ask = asked.now
		}
		answer := ask(t, fill.Replace(q.Expr))
		answers[q.board+"/"+q.panel+"/"+q.letter] = answer
		if q.kind == "stat" && len(answer) > 1 {
			t.Errorf("%s: %s: one figure is %v", q.board, q.panel, answer)
		}
		if len(answer) == 0 && !mayBeEmpty(t, scraped, q.Expr) {
			t.Errorf("%s: %s: %s has no answer", q.board, q.panel, q.Expr)
		}
		if of := ask(t, filling(asked.instance, unit, town).Replace(q.Expr)); strings.Contains(q.Expr, "$town") && (len(of) > len(answer) || len(of) == 0 && !strings.Contains(q.Expr, "<= 5")) {
			t.Errorf("%s: %s: of the town %s there are %d, of all %d", q.board, q.panel, town, len(of), len(answer))
		}
	}
	t.Run("groups", func(t *testing.T) { compareGroups(t, answers, reportRows(t, s, "summary")) })
	lapsed := reportRows(t, s, "lapsed")
	t.Run("items", func(t *testing.T) { compareItems(t, answers, lapsed) })
	t.Run("unit", func(t *testing.T) { compareUnit(t, answers, unit, lapsed) })
	for _, b := range boards(t) {
		t.Run("variables of "+b.name, func(t *testing.T) { checkVariables(t, b, asked, fill) })
	}
	t.Run("links", func(t *testing.T) { checkLinks(t, s, unit, lapsed[0]["item_id"]) })
	t.Run("rules", func(t *testing.T) { checkRules(t, asked, lapsed) })
	s.End()
	t.Run("ClickHouse", func(t *testing.T) { askClickHouse(t, filepath.Join(p.Directory, "sample"), fill) })
}

// filling puts choices in the place of a dashboard's variables.
func filling(instance, unit, town string) *strings.Replacer {
	return strings.NewReplacer("$instance", instance, "$unit", unit, "${unit:singlequote}", "'"+unit+"'", "$town", town, "$group", ".+")
}

var metric = regexp.MustCompile(`(?:disclosure|yangguang)_[a-z_]+`)

// What recorded series are made of.
var recorded = strings.NewReplacer("disclosure:lapsed:", "disclosure_lapsed_", "disclosure:due:", "disclosure_due_",
	"disclosure:lapsed_items:count_by_town", "disclosure_lapsed_working_days",
	"disclosure:unit_coverage_ratio:mean_by_town", "disclosure_unit_coverage_ratio", "disclosure:units_held_back:count", "disclosure_unit_sources_failing")

// mayBeEmpty reports whether a question rightly has no answer today: nothing is due within five days, or, in January, nothing of the year is due yet.
// Whatever else a panel asks the sample district has.
func mayBeEmpty(t *testing.T, scraped, expression string) bool {
	t.Helper()
	if strings.Contains(expression, "<= 5") {
		return !regexp.MustCompile(`(?m)^disclosure_due_working_days\{.*\} [0-5]$`).MatchString(scraped)
	}
	for _, name := range metric.FindAllString(recorded.Replace(expression), -1) {
		ofYear := strings.HasSuffix(name, "_ratio") || name == "disclosure_unit_score"
		if ofYear && time.Now().Month() == time.January && !strings.Contains(scraped, "\n"+name) {
			return true
		}
	}
	return false
}

// checkLinks opens every page of the program that a cell leads to.
func checkLinks(t *testing.T, s programtest.Serving, unit, item string) {
	t.Helper()
	opened := map[string]bool{}
	for _, b := range boards(t) {
		for _, panel := range b.Panels {
			for _, override := range panel.FieldConfig.Overrides {
				for _, property := range override.Properties {
					var targets []struct{ URL string }
					if property.ID != "links" {
						continue
					}
					if err := json.Unmarshal(property.Value, &targets); err != nil {
						t.Fatal(err)
					}
					for _, one := range targets {
						if address, is := strings.CutPrefix(one.URL, "${pages}"); is {
							opened[filled(address, unit, item)] = true
						}
					}
				}
			}
		}
	}
	for address := range opened {
		if page := s.Get(t, address); !strings.Contains(page, "<main") {
			t.Errorf("%s is no page:\n%s", address, page)
		}
	}
	if want := 5; len(opened) != want { // a unit, a town, a group, an item, the sources
		t.Errorf("cells lead to %v, want %d", slices.Sorted(maps.Keys(opened)), want)
	}
}

var cell = regexp.MustCompile(`\$\{[^}]+\}`)

// filled is a link's address with what stands in the cells.
func filled(address, unit, item string) string {
	value := unit
	switch {
	case strings.Contains(address, "item="):
		value = item
	case strings.HasPrefix(address, "/ranking/"):
		value = "villages"
	}
	return cell.ReplaceAllString(address, value)
}

// reportRows are the lines of a report by their columns' keys.
func reportRows(t *testing.T, s programtest.Serving, report string) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.Get(t, "/export/"+report+".csv?lang=en"), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var found []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, key := range lines[0] {
			row[key] = line[i]
		}
		found = append(found, row)
	}
	return found
}

// compareGroups compares the table of groups with the report summary.
func compareGroups(t *testing.T, answers map[string][]series, summary []map[string]string) {
	for letter, column := range map[string]string{
		"A": "coverage", "B": "timeliness", "C": "evidenced_timeliness", "D": "organisation_coverage", "E": "member_coverage", "F": "clear_units",
		"G": "lapsed", "H": "unverified",
	} {
		want, got := map[string]string{}, map[string]string{}
		for _, row := range summary {
			value := row[column]
			if column == "lapsed" {
				own, _ := strconv.Atoi(value)
				carried, _ := strconv.Atoi(row["carried_lapsed"])
				value = strconv.Itoa(own + carried)
			}
			if value != "" {
				want[row["group"]] = value
			}
		}
		for _, s := range answers["yangguang-overview.json/各组指标 Measures by group/"+letter] {
			got[s.labels["group"]] = strconv.FormatFloat(s.value, 'f', 4, 64)
			if column == "lapsed" || column == "unverified" {
				got[s.labels["group"]] = strconv.FormatFloat(s.value, 'f', 0, 64)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || len(got) == 0 {
			t.Errorf("%s by group differs from the summary:\n%s", column, diff)
		}
	}
}

// compareItems compares the units that lapse on each item with the report lapsed.
func compareItems(t *testing.T, answers map[string][]series, lapsed []map[string]string) {
	units := map[string]map[string]bool{}
	for _, row := range lapsed {
		if units[row["item_id"]] == nil {
			units[row["item_id"]] = map[string]bool{}
		}
		units[row["item_id"]][row["unit_id"]] = true
	}
	listed := answers["yangguang-overview.json/逾期单位最多的事项 Items most units lapse on/A"]
	if len(listed) != min(20, len(units)) || len(listed) == 0 {
		t.Errorf("%d of %d items are listed", len(listed), len(units))
	}
	for _, s := range listed {
		if want := len(units[s.labels["item"]]); int(s.value) != want || s.labels["item_name"] == "" {
			t.Errorf("%v units lapse on %s, the report has %d", s.value, s.labels, want)
		}
	}
}

// compareUnit compares a unit's lapsed items, their working days and due days with the report lapsed.
func compareUnit(t *testing.T, answers map[string][]series, unit string, lapsed []map[string]string) {
	want := map[string]string{} // the oldest comes first
	for _, row := range lapsed {
		if _, seen := want[row["item_id"]]; row["unit_id"] == unit && !seen {
			want[row["item_id"]] = strings.TrimSpace(row["item"] + " " + row["period"])
		}
	}
	for letter := range maps.Keys(map[string]bool{"A": true, "B": true}) {
		got := map[string]string{}
		for _, s := range answers["yangguang-unit.json/逾期未公开的事项 Lapsed items/"+letter] {
			got[s.labels["item"]] = strings.TrimSpace(s.labels["item_name"] + " " + s.labels["period"])
			if s.value < 1 {
				t.Errorf("%s: %s of %v", letter, fmt.Sprint(s.value), s.labels)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: the lapsed items of %s differ from the report:\n%s", letter, unit, diff)
		}
	}
}

// checkVariables asks for the choices of a dashboard.
func checkVariables(t *testing.T, b board, asked asked, fill *strings.Replacer) {
	choices := map[string]int{}
	for _, variable := range b.Templating.List {
		var asks struct{ Query string }
		if json.Unmarshal(variable.Query, &asks) != nil {
			continue // the choice of a data source
		}
		inner := strings.TrimSuffix(fill.Replace(asks.Query[strings.Index(asks.Query, "(")+1:]), ")")
		if strings.HasPrefix(asks.Query, "label_values") {
			comma := strings.LastIndex(inner, ", ")
			inner = "count by (" + inner[comma+2:] + ") (" + inner[:comma] + ")"
		}
		answer := asked.now(t, inner)
		choices[variable.Name] = len(answer)
		if variable.Regex == "" {
			continue
		}
		shape := regexp.MustCompile(strings.ReplaceAll(strings.Trim(variable.Regex, "/"), "(?<", "(?P<"))
		shown := map[string]bool{}
		for _, s := range answer {
			// as Grafana writes a series: its labels in their order
			var line []string
			for _, name := range slices.Sorted(maps.Keys(s.labels)) {
				line = append(line, name+`="`+s.labels[name]+`"`)
			}
			found := shape.FindStringSubmatch("{" + strings.Join(line, ",") + "} 1")
			if found == nil || shown[found[1]] {
				t.Errorf("%v is shown as %q", s.labels, found)
				continue
			}
			shown[found[1]] = true
			value := found[max(shape.SubexpIndex("value"), 1)]
			want := s.labels[variable.Name]
			if variable.Name == "pages" {
				want = "http://" + asked.instance // the sample district has no external_url
			}
			if value != want {
				t.Errorf("the value of %v is %q", s.labels, value)
			}
		}
	}
	all := len(asked.now(t, "disclosure_unit_info"))
	want := map[string]int{"instance": 1, "pages": 1}
	if b.name != "yangguang-health.json" {
		want["town"] = len(asked.now(t, `disclosure_unit_info{tier=~"town|subdistrict"}`))
	}
	if b.name == "yangguang-unit.json" {
		want["group"], want["unit"] = 4, all
	}
	if diff := cmp.Diff(want, choices); diff != "" || all < 200 {
		t.Errorf("choices of %d units:\n%s", all, diff)
	}
}

// checkRules asks what Grafana's alert rules ask: lapses as in the report, nothing of the operators' on a good day.
func checkRules(t *testing.T, asked asked, lapsed []map[string]string) {
	content, err := os.ReadFile("../../../../deploy/grafana/alerting/rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Rules []struct {
				Title string
				Data  []struct{ Model struct{ Expr string } }
			}
		}
	}
	if err := yaml.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	items := map[string]bool{}
	for _, row := range lapsed {
		items[row["unit_id"]+" "+row["item_id"]] = true
	}
	rules := 0
	for _, group := range file.Groups {
		for _, rule := range group.Rules {
			rules++
			answer := asked.now(t, rule.Data[0].Model.Expr)
			switch rule.Title {
			case "DisclosureLapsed":
				if len(answer) != len(items) {
					t.Errorf("%s: %d series, the report has %d items of units", rule.Title, len(answer), len(items))
				}
			case "DisclosureLapsedEscalated":
				if len(answer) != 0 {
					t.Errorf("%s: %d series, all lapses of a first day are a backlog", rule.Title, len(answer))
				}
			case "DisclosureDueSoon":
				if want := len(asked.now(t, "disclosure_due_working_days <= 5")); len(answer) != want {
					t.Errorf("%s: %d series, want %d", rule.Title, len(answer), want)
				}
			case "DisclosureTimelinessUnproven":
				want := len(asked.now(t, "disclosure_timeliness_ratio - disclosure_evidenced_timeliness_ratio > 0.1"))
				if len(answer) != want {
					t.Errorf("%s: %d series, want %d", rule.Title, len(answer), want)
				}
			case "DisclosureCalendarEnds": // the sample's days are those of 2026
				ends := time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC)
				if soon := time.Until(ends) <= 31*24*time.Hour; soon != (len(answer) == 1) {
					t.Errorf("%s: %v; the calendar ends on %s", rule.Title, answer, ends)
				}
			default:
				if len(answer) != 0 {
					t.Errorf("%s speaks on a good day: %v", rule.Title, answer)
				}
			}
		}
	}
	if rules < 10 {
		t.Errorf("%d rules", rules)
	}
}
