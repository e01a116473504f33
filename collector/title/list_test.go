package title_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"yangguang/collector/title"
)

func TestTitlesAreAListOrASingleRule(t *testing.T) {
	one := title.Rule{Match: title.Patterns{"a"}, Item: "S1"}
	for text, want := range map[string]title.List{
		"titles: {match: a, item: S1}":                              {one},
		"titles: [{match: a, item: S1}]":                            {one},
		"titles: [{match: a, item: S1}, {match: [b, c], unit: $1}]": {one, {Match: title.Patterns{"b", "c"}, Unit: "$1"}},
		"titles:": nil,
		"rule: &r {match: a, item: S1}\ntitles: [*r]":       {one},
		"rules: &r [{match: a, item: S1}]\ntitles: *r":      {one},
		"rule: &r {match: a}\ntitles: [{<<: *r, item: S1}]": {one},
	} {
		var config struct{ Titles title.List }
		if err := yaml.Unmarshal([]byte(text), &config); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if diff := cmp.Diff(want, config.Titles); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
	for text, want := range map[string]string{
		"titles: {match: a, Item: S1}": `line 1: titles: unknown key "Item"; expected match, unit, parent, item, title, period, event_id, occurred_on, scope, channel`,
		"titles: a":                    "line 1: titles: expected a list of rules, each with match and what it gives",
		"titles:\n- a":                 "line 2: titles: expected a rule with keys of match, unit, parent, item, title, period, event_id, occurred_on, scope, channel",
	} {
		var config struct{ Titles title.List }
		if err := yaml.Unmarshal([]byte(text), &config); err == nil || err.Error() != want {
			t.Errorf("%s: error %v, expected %s", text, err, want)
		}
	}
}

func TestMarksThatStandForNothing(t *testing.T) {
	for pattern, want := range map[string]string{
		`{units}{period}`:      `titles: rule 1: match: "{units}{period}": {units} stands for nothing; {period}, {unit} and {parent} do, each once in an expression`,
		`{unit}和{unit}`:        `titles: rule 1: match: "{unit}和{unit}": {unit} stands for nothing; {period}, {unit} and {parent} do, each once in an expression`,
		`\p{Han}{2,3}\x{abcd}`: "",
		`\{unit\}`:             "",
	} {
		_, err := title.Compile([]title.Rule{{Match: title.Patterns{pattern}}})
		if got := errorText(err); got != want {
			t.Errorf("%s: error %q, expected %q", pattern, got, want)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
