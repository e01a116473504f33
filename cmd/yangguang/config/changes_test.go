package config

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Every key counts as needing a restart unless it is known to be applied: one that is added later is not forgotten.
func TestRestartKeys(t *testing.T) {
	const base = "registry: {units: u.csv, catalogue: c.csv}\n"
	for name, test := range map[string]struct {
		before, after string
		want          string
	}{
		"nothing":             {"", "", ""},
		"only lines move":     {"retention: {rejects: 1y}\n", "\n# a comment\n\nretention: {rejects: 1y}\n", ""},
		"applied":             {"", "since: 2026-01-01\nbackdating_tolerance_days: 5\nassessment: a.yaml\nsources: [{name: 台账, kind: ledger, path: x.csv}]\nnetwork: {retries: 1}\n", ""},
		"limits":              {"", "limits: {per_minute: 7}\n", "limits.per_minute"},
		"limits, to the same": {"limits: {per_minute: 7}\n", "limits: {per_minute: 7}\n", ""},
		"access":              {"", "listen: 127.0.0.1:9000\nguarded: true\nweb_config: web.yml\npublic: {listen: '127.0.0.1:9001', web_config: p.yml}\n", "listen, web_config, guarded, public.listen, public.web_config"},
		"storage":             {"", "clickhouse: {data_dir: elsewhere, memory_limit: 5}\nretention: {contents: 3y}\n", "clickhouse.data_dir, clickhouse.memory_limit, retention.contents"},
		"what pages show":     {"", "timezone: UTC\nlanguage: en\nsample: true\nexternal_url: https://x.example\nmetrics: {max_series: 9}\nbackup: {warn_after_days: 9}\n", "timezone, language, sample, metrics.max_series, external_url, backup.warn_after_days"},
	} {
		t.Run(name, func(t *testing.T) {
			read := func(text string) (*Config, error) {
				path := filepath.Join(t.TempDir(), "yangguang.yaml")
				if err := os.WriteFile(path, []byte(base+text), 0o600); err != nil {
					t.Fatal(err)
				}
				c, err := Read(path)
				if err == nil { // paths are of directories that differ here alone
					c.Registry, c.ClickHouse.DataDir = Registry{}, filepath.Base(c.ClickHouse.DataDir)
				}
				return c, err
			}
			before, err := read(test.before)
			if err != nil {
				t.Fatal(err)
			}
			after, err := read(test.after)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(RestartKeys(before, after), ", "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// The keys that are applied are keys.
func TestReloadedKeysExist(t *testing.T) {
	known := map[string]reflect.Type{}
	addKeys(known, reflect.TypeFor[Config]())
	for _, key := range reloadedKeys() {
		if known[key] == nil {
			t.Errorf("there is no key %s", key)
		}
	}
	if !slices.Contains(reloadedKeys(), "sources") {
		t.Error("sources are not applied")
	}
}
