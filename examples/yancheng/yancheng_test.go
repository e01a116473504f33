package yancheng_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"yangguang/examples/yancheng"
)

func TestWriteFillsADirectory(t *testing.T) {
	dir := t.TempDir()
	through := time.Date(2025, time.March, 31, 0, 0, 0, 0, time.UTC)
	if _, err := yancheng.Write(t.Context(), dir, through); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		yancheng.Config, "assessment.yaml", "registry/units.csv", "ledgers/discipline.csv", "ledgers/villages/411103101.xlsx",
	} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWriteLeavesEditedFilesAlone(t *testing.T) {
	dir := t.TempDir()
	edited := filepath.Join(dir, yancheng.Config)
	if err := os.WriteFile(edited, []byte("language: en\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	through := time.Date(2025, time.January, 31, 0, 0, 0, 0, time.UTC)
	if _, err := yancheng.Write(t.Context(), dir, through); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(edited)
	if err != nil || string(content) != "language: en\n" {
		t.Errorf("the edited configuration became %q (%v)", content, err)
	}
}
