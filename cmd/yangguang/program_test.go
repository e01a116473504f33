package main

import (
	"bytes"
	"os"
	"os/exec"
	"testing"
)

// Program is the program in a directory of its own with a copy of testdata/district.
type Program struct{ directory, enginePath string }

func newProgram(t testing.TB) Program {
	t.Helper()
	p := Program{directory: t.TempDir(), enginePath: engineLibrary(t)}
	if err := os.CopyFS(p.directory, os.DirFS("testdata/district")); err != nil {
		t.Fatal(err)
	}
	return p
}

// command is a command line that has not been started.
func (p Program) command(t testing.TB, arguments ...string) *exec.Cmd {
	t.Helper()
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(executable, arguments...)
	command.Dir = p.directory
	command.Env = append(os.Environ(), commandVariable+"=1", "YANGGUANG_ENGINE_LIBRARY="+p.enginePath)
	return command
}

// succeed runs a command line to its end, which must be status 0, and returns its standard output.
func (p Program) succeed(t testing.TB, arguments ...string) string {
	t.Helper()
	command := p.command(t, arguments...)
	var problems bytes.Buffer
	command.Stderr = &problems
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s%s", arguments, err, out, &problems)
	}
	return string(out)
}
