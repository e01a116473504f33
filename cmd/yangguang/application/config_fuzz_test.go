package application

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
)

// FuzzReadConfig reads any configuration: what is wrong is the user's mistake and names the file; what is right is complete,
// can be made sources of or says why not, and is wrong with one key more.
func FuzzReadConfig(f *testing.F) {
	const head = "registry: {units: units.csv, catalogue: catalogue.csv}\n"
	for _, seed := range []string{
		head + "timezone: Asia/Shanghai\nlanguage: en\nsince: 2025-01-01\nnetwork: {rate_per_second: 1, timeout: 5s}\n",
		head + "sources:\n  - {name: a, kind: ledger, path: 'x/*.csv', schedule: '@every 1h'}\n  - {name: a, kind: web, url: 'http://a/', rows: li, fields: {title: [a, {select: b, nth: -1}]}}\n",
		head + "sources:\n  - {name: w, kind: wechat, covers: all, app_id: x, secret: {env: X}, titles: [{match: '{period}', item: x}]}\n",
		head + "sources:\n  - &a {name: p, kind: api, covers: {tiers: town}, url: 'http://a/', rows: .x, fields: {title: .t}, paging: {style: page, parameter: p}}\n  - {<<: *a, name: q}\n",
		head + "sources:\n  - {name: f, kind: feed, url: 'http://a/', covers: {units: [x]}}\n  - {kind: x}\n", "registry: [", "- a\n", "",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "yangguang.yaml")
		read := func(text string) (*config.Config, error) {
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			return config.Read(path)
		}
		c, err := read(text)
		if err != nil {
			if !errors.Is(err, terminal.ErrUsage) || !strings.Contains(err.Error(), path) {
				t.Errorf("%v is no mistake that names the file", err)
			}
			if half, _ := config.ReadWhole(path); half != nil { // check goes on with it
				_, _ = half.OpenSources(nil)
			}
			return
		}
		if c.Location == nil || !filepath.IsAbs(c.Registry.Units) || !filepath.IsAbs(c.ClickHouse.DataDir) {
			t.Errorf("incomplete: %+v", c)
		}
		sources, err := c.OpenSources(nil)
		if err == nil && len(sources) != len(c.Sources) {
			t.Errorf("%d sources of %d entries", len(sources), len(c.Sources))
		}
		if _, err := plansOf(c, nil); err != nil {
			t.Errorf("a schedule that was not complained about: %v", err)
		}
		if _, err := read(strings.TrimRight(text, " \n") + "\nan_unknown_key: 1\n"); err == nil {
			t.Error("an unknown key is no mistake")
		}
	})
}
