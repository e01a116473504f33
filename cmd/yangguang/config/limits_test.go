package config

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/dashboard/page"
)

func TestReaderLimits(t *testing.T) {
	usual := max(16, 4*runtime.GOMAXPROCS(0))
	for name, test := range map[string]struct {
		text, problem string
		want          page.Limits
	}{
		"nothing said": {"", "", page.Limits{PerMinute: 120, AtOnce: usual}},
		"by a proxy":   {"guarded: true\n", "", page.Limits{PerMinute: 120, AtOnce: usual, Forwarded: true}},
		"one said":     {"limits: {per_minute: 30}\n", "", page.Limits{PerMinute: 30, AtOnce: usual}},
		"none":         {"limits: {per_minute: 0, at_once: 0}\n", "", page.Limits{}},
		"negative":     {"limits: {at_once: -1}\n", "limits.at_once: -1; expected a number, 0 for no limit", page.Limits{}},
		"unknown":      {"limits: {per_second: 1}\n", "per_second", page.Limits{}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "yangguang.yaml")
			if err := os.WriteFile(path, []byte("registry: {units: units.csv, catalogue: catalogue.csv}\n"+test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			config, err := Read(path)
			if test.problem != "" {
				if err == nil || !strings.Contains(err.Error(), test.problem) {
					t.Errorf("got %v, want %q", err, test.problem)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, config.ReaderLimits()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
