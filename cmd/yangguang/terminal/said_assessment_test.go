package terminal

import (
	"path/filepath"
	"regexp"
	"testing"

	"yangguang/cmd/yangguang/filetest"
	"yangguang/queries/model"
)

// Whatever is wrong with an assessment file is said in Chinese, with its file, line and key.
func TestSaidOfAssessment(t *testing.T) {
	t.Parallel()
	printer := Bundle().Printer("zh")
	english := regexp.MustCompile(`[a-z]+ [a-z]+ [a-z]+`)
	for name, text := range map[string]string{
		"unknown key": "score:\n  coverag: 0.4\n", "no number": "verified: viel\n", "negative weight": "classes: {essential: -1}\n",
		"no weight": "score: {coverage: 0, timeliness: 0, procedure: 0, placement: 0}\n", "too fine": "sites: {venue: 0.123456789, organisation: 1}\n",
		"out of range": "verified: 90\n", "decimals": "ratings: {good: 85.125}\n", "order": "ratings: {pass: 90}\n", "good above excellent": "ratings: {good: 97}\n",
		"count": "min_assessed: -1\n", "documents": "min_assessed: 3\n---\nmin_assessed: 4\n", "half a cap": "rating_caps: {backdated: {from: 0.5, best: pass}}\n",
		"cap of nothing": "rating_caps: {backdated: {best: pass}}\n", "cap without rating": "rating_caps: {failing_links: {from: 3}}\n",
		"cap of a word": "rating_caps: {failing_links: {from: 3, best: excellent}}\n", "a list": "score: [1, 2]\n",
	} {
		path := filepath.Join(t.TempDir(), "assessment.yaml")
		filetest.Write(t, path, text)
		_, err := model.LoadAssessment(path)
		if err == nil {
			t.Errorf("%s: taken", name)
			continue
		}
		if said := printer.SaidOfFile(err.Error()); english.MatchString(said) {
			t.Errorf("%s: %s is said as %s", name, err, said)
		} else {
			t.Log(said)
		}
	}
}
