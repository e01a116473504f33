package facts

import (
	"reflect"
	"testing"
	"time"

	"yangguang/queries/model"
)

func TestOpenConditionsAreLeftOut(t *testing.T) {
	for _, test := range []struct {
		name, text, want string
		question         model.Question
	}{
		{"open", "a AND ({within:String} = '' OR x IN (SELECT f(y) FROM t WHERE r = {within:String})) AND b", "a AND true AND b", model.Question{}},
		{
			"asked", "({within:String} = '' OR x IN (SELECT y FROM t WHERE r = {within:String}))", "(x IN (SELECT y FROM t WHERE r = {within:String}))",
			model.Question{Within: "T1"},
		},
		{"always empty", "('' = '' OR unit_id = '') AND c", "true AND c", model.Question{Unit: "V1"}},
		{"one in another", "({unit:String} = '' OR ({focus:String} = '' OR f = {focus:String}))", "(true)", model.Question{Unit: "V1"}},
		{"of the listed", "({listed_unit:String} = '' OR u = {listed_unit:String}) AND ({listed_within:String} = '' OR w = {listed_within:String})", "true AND (w = {listed_within:String})", model.Question{Unit: "V1", Scope: "subtree"}},
		{"another parameter", "({name:String} = '' OR n = {name:String})", "({name:String} = '' OR n = {name:String})", model.Question{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := WithoutUnsetFilters(test.text, test.question); got != test.want {
				t.Errorf("%s\nwant %s", got, test.want)
			}
		})
	}
}

func TestArgumentsOnlyWhatTheTextMentions(t *testing.T) {
	question := model.Question{KnownAt: time.UnixMilli(1790000000123), Unit: "u1"}.WithDefaults(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	got := Arguments(question, "SELECT {known_at:DateTime64(3)}, {unit:String}, {previous_from:Date32}, {unit_name:String}", 1, Chosen{})
	if len(got) != 3 {
		t.Fatalf("got %v", got)
	}
	want := []any{"1790000000.123", "2025-01-01", "u1"}
	for i, argument := range got {
		if value := reflect.ValueOf(argument).FieldByName("Value").Interface(); value != want[i] {
			t.Errorf("got %v, want %v", value, want[i])
		}
	}
}
