package main

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

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// question is what a panel of a dashboard asks.
type question struct {
	board, panel, kind, letter string
	Expr, RawSQL               string
	Instant                    bool
}

// questions are those of every panel of deploy/grafana.
func questions(t *testing.T) []question {
	t.Helper()
	names, err := filepath.Glob("../../deploy/grafana/dashboards/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("dashboards: %v, %v", names, err)
	}
	var found []question
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var board struct {
			Panels []struct {
				Title, Type string
				Targets     []struct {
					RefID, Expr, RawSQL string
					Instant             bool
				}
			}
		}
		if err := json.Unmarshal(content, &board); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, panel := range board.Panels {
			for _, target := range panel.Targets {
				found = append(found, question{filepath.Base(name), panel.Title, panel.Type, target.RefID, target.Expr, target.RawSQL, target.Instant})
			}
		}
	}
	return found
}

// TestGrafana asks everything that dashboards and alert rules of deploy/grafana ask of a Prometheus that scraped the sample district, and of
// its ClickHouse.
func TestGrafana(t *testing.T) {
	p := newProgram(t)
	s := p.start(t, "shows the sample district", "demo", "--dir", "sample", "--listen", "127.0.0.1:0")
	asked := startPrometheus(t, s)
	worst := asked.now(t, `topk(1, count by (unit) (disclosure:lapsed:working_days) and on (unit) disclosure:due:working_days)`)
	if len(worst) != 1 {
		t.Fatalf("no unit has both a lapse and something due: %v", worst)
	}
	unit := worst[0].labels["unit"]
	fill := strings.NewReplacer("$instance", asked.instance, "$unit", unit, "${unit:singlequote}", "'"+unit+"'")
	answers := map[string][]series{}
	scraped := s.get(t, "/metrics")
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
		if len(answer) == 0 && hasData(scraped, q.Expr) {
			t.Errorf("%s: %s: %s has no answer", q.board, q.panel, q.Expr)
		}
	}
	t.Run("groups", func(t *testing.T) { compareGroups(t, answers, reportRows(t, s, "summary")) })
	lapsed := reportRows(t, s, "lapsed")
	t.Run("items", func(t *testing.T) { compareItems(t, answers, lapsed) })
	t.Run("unit", func(t *testing.T) { compareUnit(t, answers, unit, lapsed) })
	t.Run("variables", func(t *testing.T) { checkVariables(t, asked, fill) })
	t.Run("rules", func(t *testing.T) { checkRules(t, asked, lapsed) })
	s.end()
	t.Run("ClickHouse", func(t *testing.T) { askClickHouse(t, filepath.Join(p.directory, "sample"), fill) })
}

var metric = regexp.MustCompile(`disclosure_[a-z_]+`)

// What recorded series are made of.
var recorded = strings.NewReplacer("disclosure:lapsed:", "disclosure_lapsed_", "disclosure:due:", "disclosure_due_",
	"disclosure:lapsed_units:count_by_item", "disclosure_lapsed_working_days", "disclosure:lapsed_items:count_by_town", "disclosure_lapsed_working_days",
	"disclosure:unit_coverage_ratio:mean_by_town", "disclosure_unit_coverage_ratio", "disclosure:units_held_back:count", "disclosure_unit_sources_failing")

// hasData tells whether the sample district has at present what an expression asks for: in the first days of January no coverage, and
// nothing may be due within five days.
func hasData(scraped, expression string) bool {
	if strings.Contains(expression, "<= 5") {
		for line := range strings.Lines(scraped) {
			if days, is := strings.CutPrefix(line, "disclosure_due_working_days{"); is {
				if _, value, _ := strings.Cut(days, "} "); slices.Contains([]string{"0", "1", "2", "3", "4", "5"}, strings.TrimSpace(value)) {
					return true
				}
			}
		}
		return false
	}
	for _, alternative := range strings.Split(recorded.Replace(expression), " or ") {
		there := true
		for _, name := range metric.FindAllString(alternative, -1) {
			there = there && strings.Contains(scraped, "\n"+name)
		}
		if there {
			return true
		}
	}
	return false
}

// reportRows are the lines of a report by their columns' keys.
func reportRows(t *testing.T, s serving, report string) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.get(t, "/export/"+report+".csv?lang=en"), "\ufeff"))).ReadAll()
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

// checkVariables asks for the choices of the unit's dashboard.
func checkVariables(t *testing.T, asked asked, fill *strings.Replacer) {
	content, err := os.ReadFile("../../deploy/grafana/dashboards/yangguang-unit.json")
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Templating struct {
			List []struct {
				Name, Regex string
				Query       json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(content, &board); err != nil {
		t.Fatal(err)
	}
	choices := map[string]int{}
	for _, variable := range board.Templating.List {
		var asks struct{ Query string }
		if json.Unmarshal(variable.Query, &asks) != nil {
			continue // the choice of a data source
		}
		inner := strings.TrimSuffix(asks.Query[strings.Index(asks.Query, "(")+1:], ")")
		inner = strings.NewReplacer("$group", ".+").Replace(fill.Replace(inner))
		if selector, label, is := strings.Cut(inner, "}, "); is && strings.HasPrefix(asks.Query, "label_values") {
			inner = "count by (" + label + ") (" + selector + "})"
		} else if strings.HasPrefix(asks.Query, "label_values") {
			selector, label, _ := strings.Cut(inner, ", ")
			inner = "count by (" + label + ") (" + selector + ")"
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
			if len(found) != 3 || found[2] != s.labels["unit"] || shown[found[1]] {
				t.Errorf("%v is shown as %q", s.labels, found)
				continue
			}
			shown[found[1]] = true
		}
	}
	all := len(asked.now(t, "disclosure_unit_info"))
	if diff := cmp.Diff(map[string]int{"instance": 1, "group": 4, "unit": all}, choices); diff != "" || all < 200 {
		t.Errorf("choices of %d units:\n%s", all, diff)
	}
}

// checkRules asks what Grafana's alert rules ask: lapses as in the report, nothing of the operators' on a good day.
func checkRules(t *testing.T, asked asked, lapsed []map[string]string) {
	content, err := os.ReadFile("../../deploy/grafana/provisioning/alerting/rules.yaml")
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
	items, essential := map[string]bool{}, map[string]bool{}
	for _, row := range lapsed {
		items[row["unit_id"]+" "+row["item_id"]] = true
		if row["class"] == "essential" {
			essential[row["unit_id"]+" "+row["item_id"]] = true
		}
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
				if len(answer) < len(essential) || len(answer) > len(items) {
					t.Errorf("%s: %d series, of %d lapses %d are essential", rule.Title, len(answer), len(items), len(essential))
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
