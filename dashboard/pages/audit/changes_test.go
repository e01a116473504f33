package audit

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A line of a change is a row with its fields in order, or words as they are.
func TestRows(t *testing.T) {
	text := `units {"unit_id":"T1","aliases":["甲","乙"],"stars":3,"active_to":null}` + "\nunits … +12\nremoved {half\ncatalogue {\"item_id\":\"CW1\",\"name\":\"a {b}\"}" + "\n" + `{"what":"dismissed","reason":"重名"}`
	want := []stood{
		{file: "units", fields: []field{{"unit_id", "T1"}, {"aliases", "甲|乙"}, {"stars", "3"}, {"active_to", ""}}},
		{text: "units … +12"},
		{text: "removed {half"},
		{file: "catalogue", fields: []field{{"item_id", "CW1"}, {"name", "a {b}"}}},
		{fields: []field{{"what", "dismissed"}, {"reason", "重名"}}},
	}
	if difference := cmp.Diff(want, rows(text), cmp.AllowUnexported(stood{}, field{})); difference != "" {
		t.Error(difference)
	}
}

// Settings are read as they are written in assessment.yaml.
func TestSettings(t *testing.T) {
	got := rows(`settings {"since":"2026-01-01","coverage_weight":8,"timeliness_weight":6,"procedure_weight":3,"placement_weight":3,"overdue_deduction":250,"good_from":8500,"verified_from":9000}`)
	want := []field{
		{"since", "2026-01-01"},
		{"coverage_weight", "0.4"},
		{"timeliness_weight", "0.3"},
		{"procedure_weight", "0.15"},
		{"placement_weight", "0.15"},
		{"overdue_deduction", "2.5"},
		{"good_from", "85"},
		{"verified_from", "0.9"},
	}
	if difference := cmp.Diff(want, got[0].fields, cmp.AllowUnexported(field{})); difference != "" {
		t.Error(difference)
	}
}
