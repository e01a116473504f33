package commands

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"yangguang/cmd/yangguang/commands"
	"yangguang/cmd/yangguang/programtest"
)

// What was backed up can be restored elsewhere and answers the same; nothing is overwritten.
func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	p := programtest.New(t)
	p.Succeed(t, "collect", "--config", "yangguang.yaml")
	question := func(config string) string {
		return p.Succeed(t, "export", "ranking", "--config", config, "--lang", "en", "--as-of", "2026-08-01") +
			p.Succeed(t, "export", "records", "--config", config, "--lang", "en") + p.Succeed(t, "export", "rejects", "--config", config, "--lang", "en")
	}
	want := question("yangguang.yaml")
	p.Succeed(t, "backup", "kept.tar", "--config", "yangguang.yaml")
	info, err := os.Stat(filepath.Join(p.Directory, "kept.tar"))
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the backup is readable by others: %v %v", info, err)
	}
	if _, problems, status := p.Run(t, "backup", "kept.tar", "--config", "yangguang.yaml"); status != 2 || !strings.Contains(problems, "kept.tar exists already") {
		t.Errorf("status %d: %s", status, problems)
	}
	if _, problems, status := p.Run(t, "restore", "kept.tar", "--config", "yangguang.yaml"); status != 2 || !strings.Contains(problems, "holds data already") {
		t.Errorf("status %d: %s", status, problems)
	}
	config, err := os.ReadFile(filepath.Join(p.Directory, "yangguang.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	other := regexp.MustCompile(`data_dir: \w+`).ReplaceAllString(string(config), "data_dir: elsewhere")
	if err := os.WriteFile(filepath.Join(p.Directory, "other.yaml"), []byte(other), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, problems, status := p.Run(t, "restore", "missing.tar", "--config", "other.yaml"); status != 2 || !strings.Contains(problems, "missing.tar") {
		t.Errorf("status %d: %s", status, problems)
	}
	p.Succeed(t, "restore", "kept.tar", "--config", "other.yaml")
	if got := question("other.yaml"); got != want {
		t.Errorf("restored:\n%s\nbacked up:\n%s", got, want)
	}
	who, err := commands.Operator()
	if err != nil {
		t.Fatal(err)
	}
	changes := p.Succeed(t, "export", "audit", "--config", "other.yaml", "--lang", "en")
	for _, want := range []string{",restore,kept.tar," + who + ",command,", "," + who + ",command,,"} { // the registry was loaded before the backup
		if !strings.Contains(changes, want) {
			t.Errorf("the changes lack %s:\n%s", want, changes)
		}
	}
	for _, directory := range []string{"data", "elsewhere"} {
		left, err := filepath.Glob(filepath.Join(p.Directory, directory, "backups", "*"))
		if err != nil || len(left) > 0 {
			t.Errorf("%s: left behind: %v %v", directory, left, err)
		}
	}
}
