package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The exports at a freeze's time of knowledge give the files of the pack, also when everything has changed since.
func TestKnownAtGivesThePack(t *testing.T) {
	p := newProgram(t)
	p.succeed(t, "collect", "--config", "yangguang.yaml")
	p.succeed(t, "freeze", "pack", "--config", "yangguang.yaml", "--as-of", "2026-05-01", "--lang", "en")
	content, err := os.ReadFile(filepath.Join(p.directory, "pack", "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		KnownAt string `json:"known_at"`
		Files   []struct{ Name, Report, Group string }
	}
	if err := json.Unmarshal(content, &manifest); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"ledgers/a.csv": "记录编号,单位,事项,标题,所属期,公开日期\nR4,东镇,季度党费,更正,2026-1,2026-04-30\nR8,西镇,季度党费,补报,2026Q1,2026-04-01\n",
		"units.csv":     "unit_id,name,tier\nX,阳光区,committee\nT1,东镇,town\nT2,新西镇,town\n",
	} {
		if err := os.WriteFile(filepath.Join(p.directory, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.succeed(t, "collect", "--config", "yangguang.yaml")
	if len(manifest.Files) != 13 {
		t.Errorf("files %v", manifest.Files)
	}
	for _, file := range manifest.Files {
		if file.Report == "" {
			continue
		}
		t.Run(file.Name, func(t *testing.T) {
			arguments := []string{"export", file.Report, "--config", "yangguang.yaml", "--as-of", "2026-05-01", "--lang", "en", "--known-at", manifest.KnownAt}
			if file.Group != "" {
				arguments = append(arguments, "--group", file.Group)
			}
			want, err := os.ReadFile(filepath.Join(p.directory, "pack", file.Name))
			if err != nil {
				t.Fatal(err)
			}
			if difference := cmp.Diff(string(want), p.succeed(t, arguments...)); difference != "" {
				t.Errorf("-frozen +exported:\n%s", difference)
			}
		})
	}
	now := p.succeed(t, "export", "ranking", "--config", "yangguang.yaml", "--as-of", "2026-05-01", "--lang", "en", "--group", "towns")
	frozen, err := os.ReadFile(filepath.Join(p.directory, "pack", "ranking-towns.csv"))
	if err != nil || string(frozen) == now {
		t.Errorf("nothing has changed since the freeze; %v", err)
	}
}
