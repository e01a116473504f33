package sql

import (
	"strings"
	"testing"
)

// A view that does not exist is an error, never a question without it.
func TestUnknownViews(t *testing.T) {
	for name, test := range map[string]struct {
		question string
		instead  map[string]string
		wants    string
	}{
		"as written":                   {"reports/ranking", nil, ""},
		"another instead":              {"reports/ranking", map[string]string{"standings": "edition_standings"}, ""},
		"an unknown one instead":       {"reports/ranking", map[string]string{"standings": "edition_standing"}, "edition_standing"},
		"another instead of no view":   {"reports/ranking", map[string]string{"standing": "edition_standings"}, "standing"},
		"a question that there is not": {"reports/rankings", nil, "reports/rankings"},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := Text(test.question, test.instead)
			switch {
			case test.wants == "" && (err != nil || text == ""):
				t.Errorf("got %q, %v", text, err)
			case test.wants != "" && (err == nil || text != "" || !strings.Contains(err.Error(), test.wants)):
				t.Errorf("got %q, %v; want an error that names %s", text, err, test.wants)
			}
		})
	}
}
