package queries_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yangguang/queries"
)

func TestLoadAssessment(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty file", "", ""},
		{"some keys", "score: {coverage: 0.5, timeliness: 0.5, procedure: 0, placement: 0}\nmin_assessed: 3\n", ""},
		{"unknown key", "score:\n  coverage: 0.4\n  coverag: 0.4\n", "assessment.yaml:3: unknown key coverag"},
		{"not a number", "verified: viel\n", `assessment.yaml:1: "viel" is not a number`},
		{"negative weight", "classes:\n  essential: -1\n", "a weight must not be below 0"},
		{"no weight", "\nscore: {coverage: 0, timeliness: 0, procedure: 0, placement: 0}\n", "assessment.yaml:2: score: at least one of the weights must be above 0"},
		{"ratio too fine", "sites: {venue: 0.123456789, organisation: 1}\n", "use fewer decimals"},
		{"verified above one", "verified: 90\n", "assessment.yaml:1: verified: 90 is not a number from 0 to 1"},
		{"three decimals", "ratings:\n  good: 85.125\n", "at most 2 decimals"},
		{"ratings out of order", "ratings:\n  pass: 90\n", "assessment.yaml:2: ratings.pass: 90 is above ratings.good, 85"},
		{"negative count", "min_assessed: -1\n", "assessment.yaml:1: "},
		{"broken YAML", "score: [\n", "assessment.yaml"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "assessment.yaml")
			if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := queries.LoadAssessment(path)
			var mistakes *queries.AssessmentError
			switch {
			case test.want == "" && err != nil:
				t.Fatal(err)
			case test.want != "" && (!errors.As(err, &mistakes) || !strings.Contains(err.Error(), test.want)):
				t.Fatalf("error %v, want an AssessmentError with %q", err, test.want)
			}
		})
	}
	if _, err := queries.LoadAssessment(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}
