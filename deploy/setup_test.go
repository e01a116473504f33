package deploy_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// standIns answer in the place of the programs that `make .setup/debian` asks; each writes its arguments to $CALLS.
var standIns = map[string]string{
	// Knows the packages in $INSTALLED; of others it answers as dpkg-query does, with 1.
	"dpkg-query": `for package; do :; done
case " $INSTALLED " in *" $package "*) echo installed ;; *" $package:removed "*) echo config-files ;; *) echo "no packages found matching $package" >&2; exit 1 ;; esac`,
	"apt-get": `echo "apt-get $*" >> "$CALLS"; case " $APT_FAILS " in *" $1 "*) exit 100 ;; esac`,
	"sudo":    `echo "sudo $*" >> "$CALLS"; exec "$@"`,
	"id":      `echo "$USER_ID"`,
}

// needed are the programs beside the stand-ins that the recipe may find.
var needed = []string{"bash", "sh", "env", "grep", "mkdir", "touch"}

// TestSetUp runs the recipe that make test begins with, on machines that lack all, some or none of its packages.
func TestSetUp(t *testing.T) {
	t.Parallel()
	const all = "chromium prometheus prometheus-alertmanager fonts-noto-cjk systemd"
	const install = "apt-get install -y --no-install-recommends "
	for name, test := range map[string]struct {
		installed, userID string
		without           []string // stand-ins that the machine lacks
		aptFails          string   // apt-get's commands that fail
		calls             []string
		refused           string // what the recipe says when it fails
	}{
		"all missing":      {userID: "0", calls: []string{"apt-get update", install + all}},
		"some missing":     {installed: "chromium systemd", userID: "0", calls: []string{"apt-get update", install + "prometheus prometheus-alertmanager fonts-noto-cjk"}},
		"some removed":     {installed: all + ":removed", userID: "0", calls: []string{"apt-get update", install + "systemd"}},
		"none missing":     {installed: all, userID: "0"},
		"none, and no apt": {installed: all, userID: "0", without: []string{"apt-get", "sudo"}},
		"not root": {userID: "1000", calls: []string{
			"sudo apt-get update", "apt-get update", "sudo env DEBIAN_FRONTEND=noninteractive " + install + all, install + all,
		}},
		"not root, no sudo":     {userID: "1000", without: []string{"sudo"}, refused: "there is no sudo here"},
		"no apt":                {installed: "systemd", userID: "0", without: []string{"apt-get"}, refused: "need these Debian packages: chromium prometheus prometheus-alertmanager fonts-noto-cjk\n"},
		"no Debian":             {userID: "0", without: []string{"dpkg-query", "apt-get"}, refused: "need these Debian packages: " + all + "\n"},
		"update fails":          {userID: "0", aptFails: "update", calls: []string{"apt-get update", install + all}},
		"install fails":         {userID: "0", aptFails: "install", calls: []string{"apt-get update", install + all}, refused: "apt-get install failed."},
		"update, install fail":  {userID: "0", aptFails: "update install", calls: []string{"apt-get update", install + all}, refused: "need these Debian packages: " + all + "\n"},
		"apt without root fail": {userID: "1000", aptFails: "install", calls: []string{"sudo apt-get update", "apt-get update", "sudo env DEBIAN_FRONTEND=noninteractive " + install + all, install + all}, refused: "apt-get install failed."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			directory, programs := t.TempDir(), t.TempDir()
			link(t, "../Makefile", filepath.Join(directory, "Makefile"))
			link(t, ".", filepath.Join(directory, "deploy"))
			for _, program := range needed {
				path, err := exec.LookPath(program)
				if err != nil {
					t.Fatal(err)
				}
				link(t, path, filepath.Join(programs, program))
			}
			for program, script := range standIns {
				if err := os.WriteFile(filepath.Join(programs, program), []byte("#!/bin/bash\n"+script+"\n"), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			for _, program := range test.without {
				if err := os.Remove(filepath.Join(programs, program)); err != nil {
					t.Fatal(err)
				}
			}
			calls := filepath.Join(directory, "calls")
			command := exec.CommandContext(t.Context(), "make", "DEBIAN_PACKAGES="+all, ".setup/debian")
			command.Dir = directory
			command.Env = []string{"PATH=" + programs, "CALLS=" + calls, "INSTALLED=" + test.installed, "APT_FAILS=" + test.aptFails, "USER_ID=" + test.userID}
			output, err := command.CombinedOutput()
			if (err != nil) != (test.refused != "") || !strings.Contains(string(output), test.refused) {
				t.Errorf("got %v and\n%s\nwant %q", err, output, test.refused)
			}
			if _, err := os.Stat(filepath.Join(directory, ".setup", "debian")); (err != nil) != (test.refused != "") {
				t.Errorf("the step counts as done: %v", err == nil)
			}
			called, err := os.ReadFile(calls)
			if err != nil && len(test.calls) > 0 {
				t.Fatal(err)
			}
			if got, want := strings.TrimSpace(string(called)), strings.Join(test.calls, "\n"); got != want {
				t.Errorf("it ran\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// link makes a symbolic link to a path, which may be relative to this directory.
func link(t *testing.T, path, name string) {
	t.Helper()
	absolute, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(absolute, name); err != nil {
		t.Fatal(err)
	}
}
