package grafana_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// seriesOf is a series of Prometheus' rule tests: a value each minute.
type seriesOf struct {
	Series string `yaml:"series"`
	Values string `yaml:"values"`
}

type sample struct {
	Labels string  `yaml:"labels"`
	Value  float64 `yaml:"value"`
}

type asksFor struct {
	Expr    string   `yaml:"expr"`
	At      string   `yaml:"eval_time"`
	Samples []sample `yaml:"exp_samples"`
}

// TestFigures asks the figures of the panels that no good day shows: a source that fails, units held back, figures that stand still.
// The times are minutes after the first scrape; one source fails from the fifth on, the snapshot stands still from the tenth.
func TestFigures(t *testing.T) {
	const at = `{job="yangguang",instance="i"`
	rules, err := filepath.Abs("../prometheus")
	if err != nil {
		t.Fatal(err)
	}
	type figure struct {
		board, panel, at string
		labels           string
		want             float64
	}
	var asked []asksFor
	for _, f := range []figure{
		{"yangguang-health", "失败的来源 Failing sources", "4m", "{}", 0},
		{"yangguang-health", "失败的来源 Failing sources", "6m", "{}", 1},
		{"yangguang-health", "警报暂缓的单位 Held back", "4m", at + "}", 0},
		{"yangguang-health", "警报暂缓的单位 Held back", "6m", "disclosure:units_held_back:count" + at + "}", 2},
		{"yangguang-health", "数据年龄 Snapshot age", "4m", at + "}", 0},
		{"yangguang-health", "数据年龄 Snapshot age", "30m", at + "}", 1260},
		{"yangguang-health", "最久未采集 Longest silence", "6m", "{}", 360},
		{"yangguang-health", "指标截断 Truncated", "6m", "disclosure_metrics_truncated" + at + "}", 0},
		{"yangguang-unit", "失败的来源 Failing sources", "4m", at + `,unit="u1",name="张店村",tier="village",group="villages",parent="t",contact="c"}`, 0},
		{"yangguang-unit", "失败的来源 Failing sources", "6m", "disclosure_unit_sources_failing" + at + `,unit="u1"}`, 1},
	} {
		expr := strings.NewReplacer("$instance", "i", "$unit", "u1").Replace(expression(t, f.board, f.panel))
		asked = append(asked, asksFor{expr, f.at, []sample{{f.labels, f.want}}})
	}
	unit := func(id string) string {
		return "disclosure_unit_info" + at + `,unit="` + id + `",name="张店村",tier="village",group="villages",parent="t",contact="c"}`
	}
	tests := map[string]any{
		"rule_files":          []string{rules + "/units.rules.yml", rules + "/groups.rules.yml", rules + "/operations.rules.yml"},
		"evaluation_interval": "1m",
		"tests": []any{map[string]any{
			"interval": "1m",
			"input_series": []seriesOf{
				{"up" + at + "}", "1x60"},
				{"disclosure_metrics_truncated" + at + "}", "0x60"},
				{unit("u1"), "1x60"},
				{unit("u2"), "1x60"},
				{"disclosure_source_up" + at + `,source="a"}`, "1x60"},
				{"disclosure_source_up" + at + `,source="b"}`, "1x4 0x60"},
				{"disclosure_source_last_success_timestamp_seconds" + at + `,source="a"}`, "0+60x60"},
				{"disclosure_source_last_success_timestamp_seconds" + at + `,source="b"}`, "0x60"},
				{"disclosure_unit_sources_failing" + at + `,unit="u1"}`, "_x5 1x60"},
				{"disclosure_unit_sources_failing" + at + `,unit="u2"}`, "_x5 1x60"},
				{"disclosure_snapshot_timestamp_seconds" + at + "}", "0+60x9 540x60"},
			},
			"promql_expr_test": asked,
		}},
	}
	content, err := yaml.Marshal(tests)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "figures.yml")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "promtool", "test", "rules", file).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// expression is what a panel with one question asks.
func expression(t *testing.T, board, title string) string {
	t.Helper()
	for _, panel := range list(boards(t)["dashboards/"+board+".json"]["panels"]) {
		if targets := list(panel["targets"]); panel["title"] == title && len(targets) == 1 {
			return text(targets[0]["expr"])
		}
	}
	t.Fatalf("%s has no panel %q with one question", board, title)
	return ""
}
