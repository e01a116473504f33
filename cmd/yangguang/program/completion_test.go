package program

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yangguang/cmd/yangguang/build"
	"yangguang/cmd/yangguang/commands"
	"yangguang/cmd/yangguang/config"
)

// said is what a command line prints.
func said(t *testing.T, arguments ...string) string {
	t.Helper()
	var out, problems bytes.Buffer
	if status := Run(arguments, &out, &problems); status != 0 {
		t.Fatalf("%v gave status %d: %s", arguments, status, problems.String())
	}
	return out.String()
}

func TestBashCompletes(t *testing.T) {
	t.Parallel()
	script := filepath.Join(t.TempDir(), "completion")
	if err := os.WriteFile(script, []byte(said(t, "completion", "bash")), 0o600); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"yangguang ex":                       "export expire",
		"yangguang export ra":                "ranking",
		"yangguang export ranking --wi":      "--within",
		"yangguang export ranking --group v": "villages",
		"yangguang collect --st":             "--strict",
		"yangguang completion z":             "zsh",
		"yangguang collect --config " + filepath.Dir(script) + "/comp": script,
	} {
		command := exec.CommandContext(t.Context(), "bash", "-c", `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _yangguang; echo "${COMPREPLY[*]}"`, "bash", script)
		command.Args = append(command.Args, strings.Fields(line)...)
		output, err := command.CombinedOutput()
		if got := strings.TrimSpace(string(output)); err != nil || got != want {
			t.Errorf("%s: completed with %q, %v; want %q", line, got, err, want)
		}
	}
}

// TestEveryCommandIsDescribed holds the other shells' completions and the manual page against the commands.
func TestEveryCommandIsDescribed(t *testing.T) {
	t.Parallel()
	help := said(t, "--help")
	zsh, fish, page := said(t, "completion", "zsh"), said(t, "completion", "fish"), said(t, "man")
	for _, command := range []string{"init", "demo", "serve", "collect", "export", "freeze", "digest", "try", "check", "backup", "restore", "expire", "repair", "simulate", "version"} {
		if !strings.Contains(help, "\n  "+command+" ") || !strings.Contains(zsh, "'"+command+":") || !strings.Contains(fish, "-a "+command+" -d") || !strings.Contains(page, "\n.SS "+command) {
			t.Errorf("%s is missing in the help, a completion or the manual page", command)
		}
	}
	for _, report := range commands.ReportNames() {
		if !slices.Contains(strings.FieldsFunc(said(t, "export", "--help"), func(r rune) bool { return strings.ContainsRune(" ,.\n", r) }), report) {
			t.Errorf("export --help does not name %s", report)
		}
	}
	for _, variable := range config.Variables {
		if !strings.Contains(page, ".B "+variable+"\n") {
			t.Errorf("the manual page lacks %s", variable)
		}
	}
	for _, line := range strings.Split(page, "\n") {
		if strings.HasPrefix(line, "'") {
			t.Errorf("the manual page has a line that roff takes for a request: %s", line)
		}
	}
}

func TestVersionVerbose(t *testing.T) {
	t.Parallel()
	if got := said(t, "version"); got != build.Version+"\n" {
		t.Errorf("version says %q", got)
	}
	lines := strings.Split(said(t, "version", "--verbose"), "\n")
	for i, want := range []string{"yangguang  " + build.Version, "go         go", "schema     00", "clickhouse 26.3 or later", "engine     26."} {
		if !strings.HasPrefix(lines[i], want) {
			t.Errorf("line %d is %q, want %q…", i+1, lines[i], want)
		}
	}
}
