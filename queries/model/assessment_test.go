package model_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"yangguang/queries/model"
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
		{"a cap", "rating_caps: {backdated: {from: 1, best: pass}}\n", ""},
		{"a cap of half a record", "rating_caps:\n  backdated: {from: 0.5, best: pass}\n", "assessment.yaml:2: rating_caps.backdated: from is 0.5; it must be a whole number from 1"},
		{"a cap from nothing", "rating_caps:\n  failing_links: {best: pass}\n", "assessment.yaml:2: rating_caps.failing_links: from is 0"},
		{"a cap that leaves nothing said", "rating_caps:\n  failing_links: {from: 3}\n", "assessment.yaml:2: rating_caps.failing_links: best is missing; write good, pass or fail"},
		{"a cap that is none", "rating_caps:\n  failing_links: {from: 3, best: excellent}\n", `assessment.yaml:2: "excellent" is not one of good, pass, fail`},
		{"an unknown key of a cap", "rating_caps:\n  failing_links: {form: 3, best: pass}\n", "assessment.yaml:2: unknown key form"},
		{"an unknown cap", "rating_caps:\n  late: {from: 3, best: pass}\n", "assessment.yaml:2: unknown key late"},
		{"negative count", "min_assessed: -1\n", "assessment.yaml:1: "},
		{"two documents", "min_assessed: 3\n---\nmin_assessed: 4\n", "more than one YAML document"},
		{"broken YAML", "score: [\n", "assessment.yaml"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "assessment.yaml")
			if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := model.LoadAssessment(path)
			var mistakes *model.AssessmentError
			switch {
			case test.want == "" && err != nil:
				t.Fatal(err)
			case test.want != "" && (!errors.As(err, &mistakes) || !strings.Contains(err.Error(), test.want)):
				t.Fatalf("error %v, want an AssessmentError with %q", err, test.want)
			}
		})
	}
	if _, err := model.LoadAssessment(filepath.Join(t.TempDir(), "none.yaml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}

// FuzzLoadAssessment loads any text: mistakes name the file; an assessment without any stands up to its own check, and reads the
// same when it is written down.
func FuzzLoadAssessment(f *testing.F) {
	for _, seed := range []string{
		"score: {coverage: 0.5, timeliness: 0.5, procedure: 0, placement: 0}\nmin_assessed: 3\n", "sites: {venue: 1e9, organisation: 1e-9}\n",
		"ratings: {pass: 90}\nverified: .9\n", "deductions: {limit: 0x10}\n", "classes: &a {essential: 1}\nsites: *a\n", "- 1", "score: [", "", "rating_caps: {backdated: {from: 1, best: pass}, failing_links: {from: 0, best: fail}}\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "assessment.yaml")
		load := func(text string) (model.Assessment, error) {
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			return model.LoadAssessment(path)
		}
		loaded, err := load(text)
		if err != nil {
			var mistakes *model.AssessmentError
			if !errors.As(err, &mistakes) || len(mistakes.Mistakes) == 0 {
				t.Fatalf("%v is no list of mistakes", err)
			}
			for _, mistake := range mistakes.Mistakes {
				if !strings.HasPrefix(mistake, path+":") {
					t.Errorf("%q does not name the file", mistake)
				}
			}
			return
		}
		if err := loaded.Validate(); err != nil {
			t.Error(err)
		}
		written, err := yaml.Marshal(loaded)
		if err != nil {
			t.Fatal(err)
		}
		again, err := load(string(written))
		if err != nil {
			t.Fatalf("%v in\n%s", err, written)
		}
		rewritten, err := yaml.Marshal(again)
		if diff := cmp.Diff(string(written), string(rewritten)); diff != "" || err != nil {
			t.Errorf("%v (-written +read and written):\n%s", err, diff)
		}
	})
}
