package grafana_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The data sources by the variables that dashboards refer to them by, so that they can be imported by hand wherever there are such.
var sources = map[string]string{"${prometheus}": "prometheus", "${clickhouse}": "grafana-clickhouse-datasource"}

// Units of Grafana's that the panels may use.
var units = []string{"", "short", "percentunit", "s", "bytes", "dateTimeFromNow", "dateTimeAsLocal"}

var reference = regexp.MustCompile(`\$(?:\{(\w+)(?::\w+)?\}|(\w+))`)

// Variables that Grafana or the ClickHouse plugin defines.
var builtIn = regexp.MustCompile(`^(__url_time_range|__fromTime|__toTime|__rate_interval|__data|1)$`)

// TestDashboards checks what a schema cannot say.
func TestDashboards(t *testing.T) {
	uids, titles := map[string]string{}, map[string]string{}
	for name, board := range boards(t) {
		uid := text(board["uid"])
		if other := uids[uid]; uid == "" || len(uid) > 40 || other != "" || name != "dashboards/"+uid+".json" {
			t.Errorf("%s has the uid %q, also that of %q", name, uid, other)
		}
		uids[uid] = name
		if other := titles[text(board["title"])]; other != "" {
			t.Errorf("%s has the title of %s", name, other)
		}
		titles[text(board["title"])] = name
		checkLayout(t, name, list(board["panels"]))
		checkVariables(t, name, board)
		checkAnnotations(t, name, list(within(board, "annotations", "list")))
		for _, panel := range list(board["panels"]) {
			if panel["type"] != "row" {
				checkPanel(t, name+": "+text(panel["title"]), panel)
			}
		}
	}
}

// checkLayout sees that ids differ, and that panels lie within 24 columns, on no other and beside no gap.
func checkLayout(t *testing.T, name string, panels []object) {
	t.Helper()
	taken, ids, bottom := map[[2]int]string{}, map[float64]bool{}, 0
	for _, panel := range panels {
		title := text(panel["title"])
		id, _ := panel["id"].(float64)
		if id < 1 || ids[id] {
			t.Errorf("%s: %s: id %v is used twice", name, title, panel["id"])
		}
		ids[id] = true
		side := func(key string) int { number, _ := within(panel, "gridPos", key).(float64); return int(number) }
		x, y, w, h := side("x"), side("y"), side("w"), side("h")
		if x < 0 || w < 1 || x+w > 24 || h < 1 {
			t.Errorf("%s: %s lies at %v", name, title, panel["gridPos"])
		}
		for column := x; column < x+w; column++ {
			for line := y; line < y+h; line++ {
				if other, there := taken[[2]int{column, line}]; there {
					t.Fatalf("%s: %s lies on %s", name, title, other)
				}
				taken[[2]int{column, line}] = title
			}
		}
		bottom = max(bottom, y+h)
	}
	if len(taken) != 24*bottom {
		t.Errorf("%s: %d of %d fields of the grid are empty", name, 24*bottom-len(taken), 24*bottom)
	}
}

// checkVariables sees that every variable used is defined, and every one defined is used.
func checkVariables(t *testing.T, name string, board object) {
	t.Helper()
	var defined []string
	for _, variable := range list(within(board, "templating", "list")) {
		defined = append(defined, text(variable["name"]))
	}
	content, err := json.Marshal(board)
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, found := range reference.FindAllStringSubmatch(string(content), -1) {
		variable := found[1] + found[2]
		used[variable] = true
		if !builtIn.MatchString(variable) && !slices.Contains(defined, variable) {
			t.Errorf("%s uses $%s, which is not defined", name, variable)
		}
	}
	for _, variable := range defined {
		if !used[variable] {
			t.Errorf("%s defines %s, which nothing uses", name, variable)
		}
	}
}

// checkAnnotations sees that what happened is marked: loads of the registry, notices, collections.
func checkAnnotations(t *testing.T, name string, annotations []object) {
	t.Helper()
	var marked []string
	for _, annotation := range annotations[1:] { // the first is Grafana's own
		where := name + ": " + text(annotation["name"])
		checkSource(t, where, annotation["datasource"])
		checkSource(t, where, within(annotation, "target", "datasource"))
		if !chinese.MatchString(text(annotation["name"])) {
			t.Errorf("%s lacks a language", where)
		}
		marked = append(marked, text(annotation["name"]))
	}
	if want := []string{"登记簿载入 Registry loads", "督导整改通知 Notices", "采集 Collections"}; !slices.Equal(marked, want) {
		t.Errorf("%s marks %q, want %q", name, marked, want)
	}
}

// checkPanel sees that a panel has a title and a description in both languages, asks something, and refers to what there is.
func checkPanel(t *testing.T, where string, panel object) {
	t.Helper()
	for _, key := range []string{"title", "description"} {
		if !chinese.MatchString(text(panel[key])) || !latin.MatchString(text(panel[key])) {
			t.Errorf("%s: the %s %q lacks a language", where, key, text(panel[key]))
		}
	}
	checkSource(t, where, panel["datasource"])
	targets := list(panel["targets"])
	if len(targets) == 0 {
		t.Errorf("%s asks nothing", where)
	}
	letters := map[string]bool{}
	for _, target := range targets {
		if letters[text(target["refId"])] || text(target["refId"]) == "" {
			t.Errorf("%s: refId %q", where, target["refId"])
		}
		letters[text(target["refId"])] = true
		checkSource(t, where, target["datasource"])
		if text(target["expr"])+text(target["rawSql"]) == "" {
			t.Errorf("%s: %s asks nothing", where, target["refId"])
		}
		if text(target["expr"]) != "" && !strings.Contains(text(target["expr"]), `$instance`) && !strings.Contains(text(target["expr"]), "ALERTS") {
			t.Errorf("%s: %s is not limited to the instance", where, target["expr"])
		}
	}
	given := []string{text(within(panel, "fieldConfig", "defaults", "unit"))}
	for _, override := range list(within(panel, "fieldConfig", "overrides")) {
		for _, property := range list(override["properties"]) {
			if property["id"] == "unit" {
				given = append(given, text(property["value"]))
			}
		}
	}
	for _, unit := range given {
		if !slices.Contains(units, unit) {
			t.Errorf("%s: unit %q", where, unit)
		}
	}
	for _, transformation := range list(panel["transformations"]) {
		if !slices.Contains([]string{"merge", "filterFieldsByName", "organize"}, text(transformation["id"])) {
			t.Errorf("%s: transformation %v", where, transformation["id"])
		}
	}
}

var (
	chinese = regexp.MustCompile(`\p{Han}`)
	latin   = regexp.MustCompile(`[A-Za-z]{2,}`)
)

func checkSource(t *testing.T, where string, source any) {
	t.Helper()
	uid := text(within(source, "uid"))
	if kind, known := sources[uid]; !known || kind != text(within(source, "type")) {
		t.Errorf("%s: the data source %v is no variable of the dashboard", where, source)
	}
}
