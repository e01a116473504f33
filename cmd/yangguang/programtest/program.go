package programtest

import (
	"bytes"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Program is the program in a directory with a copy of testdata/district.
type Program struct{ Directory, EnginePath string }

// New is the program in a directory of its own.
func New(t testing.TB) Program {
	t.Helper()
	p := Program{Directory: t.TempDir(), EnginePath: EngineLibrary(t)}
	if err := os.CopyFS(p.Directory, os.DirFS(filepath.Join(root(t), "cmd/yangguang/testdata/district"))); err != nil {
		t.Fatal(err)
	}
	return p
}

// Command is a command line that has not been started.
func (p Program) Command(t testing.TB, arguments ...string) *exec.Cmd {
	t.Helper()
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(executable, arguments...)
	command.Dir = p.Directory
	command.Env = append(os.Environ(), commandVariable+"=1", "YANGGUANG_ENGINE_LIBRARY="+p.EnginePath)
	return command
}

// Succeed runs a command line to its end, which must be status 0, and returns its standard output.
func (p Program) Succeed(t testing.TB, arguments ...string) string {
	t.Helper()
	command := p.Command(t, arguments...)
	var problems bytes.Buffer
	command.Stderr = &problems
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s%s", arguments, err, out, &problems)
	}
	return string(out)
}

// Configure writes the configuration; SITE in it is the site's address.
func (p Program) Configure(t *testing.T, site *httptest.Server, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(p.Directory, "yangguang.yaml"), []byte(strings.ReplaceAll(text, "SITE", site.URL)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Append adds to the configuration.
func (p Program) Append(t *testing.T, text string) {
	t.Helper()
	path := filepath.Join(p.Directory, "yangguang.yaml")
	content, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, append(content, text...), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Run runs a command line to its end.
func (p Program) Run(t *testing.T, arguments ...string) (told, problems string, status int) {
	t.Helper()
	command := p.Command(t, arguments...)
	var out, err strings.Builder
	command.Stdout, command.Stderr = &out, &err
	var exit *exec.ExitError
	if problem := command.Run(); problem != nil && !errors.As(problem, &exit) {
		t.Fatal(problem)
	}
	return out.String(), err.String(), command.ProcessState.ExitCode()
}

// Export is a report in English.
func (p Program) Export(t *testing.T, report string, more ...string) string {
	t.Helper()
	return p.Succeed(t, append([]string{"export", report, "--config", "yangguang.yaml", "--lang", "en"}, more...)...)
}
