package commands

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/cmd/yangguang/programtest"
)

// TestGolden compares reports of the small district with golden files. Scores, coverage, states and delays of ranking and obligations were checked by
// hand against SPEC §4 and §5; lapsed and summary only guard against change.
func TestGolden(t *testing.T) {
	p := programtest.New(t)
	p.Succeed(t, "collect", "--config", "yangguang.yaml")
	for _, report := range []string{"ranking", "obligations", "lapsed", "summary"} {
		t.Run(report, func(t *testing.T) {
			got := p.Succeed(t, "export", report, "--config", "yangguang.yaml", "--as-of", "2026-05-01", "--lang", "en")
			path := filepath.Join("testdata", "golden", report+".csv")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if difference := cmp.Diff(string(want), got); difference != "" {
				t.Errorf("%s (-want +got):\n%s", path, difference)
			}
		})
	}
}
