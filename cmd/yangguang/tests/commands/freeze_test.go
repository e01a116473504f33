package commands

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/cmd/yangguang/commands"
	"yangguang/cmd/yangguang/programtest"
	"yangguang/cmd/yangguang/terminal"
)

// The exports at a freeze's time of knowledge give the files of the pack, also when everything has changed since.
func TestKnownAtGivesThePack(t *testing.T) {
	t.Setenv("YANGGUANG_ENGINE_LIBRARY", programtest.EngineLibrary(t))
	p := programtest.New(t)
	p.Succeed(t, "collect", "--config", "yangguang.yaml")
	p.Succeed(t, "freeze", "pack", "--config", "yangguang.yaml", "--as-of", "2026-05-01", "--lang", "en")
	content, err := os.ReadFile(filepath.Join(p.Directory, "pack", "manifest.json"))
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
		if err := os.WriteFile(filepath.Join(p.Directory, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.Succeed(t, "collect", "--accept", "台账", "--config", "yangguang.yaml") // most rows of before are gone
	if len(manifest.Files) != 14 {
		t.Errorf("files %v", manifest.Files)
	}
	a, end := opened(t, filepath.Join(p.Directory, "yangguang.yaml"))
	for _, file := range manifest.Files {
		if file.Report == "" {
			continue
		}
		t.Run(file.Name, func(t *testing.T) {
			want, err := os.ReadFile(filepath.Join(p.Directory, "pack", file.Name))
			if err != nil {
				t.Fatal(err)
			}
			report := commands.Export{Report: file.Report, Lang: "en", QuestionFlags: terminal.QuestionFlags{AsOf: "2026-05-01", KnownAt: manifest.KnownAt, Group: file.Group}}
			if difference := cmp.Diff(string(want), exportedText(t, a, report)); difference != "" {
				t.Errorf("-frozen +exported:\n%s", difference)
			}
		})
	}
	end()
	now := []string{"export", "ranking", "--config", "yangguang.yaml", "--as-of", "2026-05-01", "--lang", "en", "--group", "towns"}
	then := append(slices.Clone(now), "--known-at", manifest.KnownAt)
	frozen, err := os.ReadFile(filepath.Join(p.Directory, "pack", "ranking-towns.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if string(frozen) != p.Succeed(t, then...) {
		t.Error("the command exports something else than what was frozen")
	}
	if string(frozen) == p.Succeed(t, now...) {
		t.Error("nothing has changed since the freeze")
	}
}
