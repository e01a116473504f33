// Package programtest runs the program as a user's process, for the tests that use it whole. The process is the test binary itself, so that each
// package that uses it needs one line:
//
//	func TestMain(m *testing.M) { programtest.Main(m) }
package programtest

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"yangguang/cmd/yangguang/program"
	"yangguang/cmd/yangguang/upkeep"
)

// commandVariable makes the test binary the program itself, so that tests start, interrupt and kill it as a user's process.
const commandVariable = "YANGGUANG_TEST_COMMAND"

// Main runs a package's tests, or the program where the test binary is started as that or as the engine that it starts.
func Main(m *testing.M) {
	if os.Getenv(commandVariable) != "" || len(os.Args) > 1 && os.Args[1] == "engine" {
		setDigestClock()
		command()
	}
	testscript.Main(m, map[string]func(){"yangguang": command})
}

// command is the program.
func command() { os.Exit(program.Run(os.Args[1:], os.Stdout, os.Stderr)) }

// root is the directory of the repository, whatever directory a test runs in.
func root(t testing.TB) string {
	t.Helper()
	directory, err := os.Getwd()
	for ; err == nil; directory = filepath.Dir(directory) {
		if _, missing := os.Stat(filepath.Join(directory, "go.mod")); missing == nil {
			return directory
		}
		if directory == filepath.Dir(directory) {
			err = errors.New("no go.mod above the test's directory")
		}
	}
	t.Fatal(err)
	return ""
}

// EngineLibrary is the library that `make setup` installs, whatever directory a test runs in.
func EngineLibrary(t testing.TB) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(root(t), "node_modules/@chdb/lib-*/libchdb.so"))
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatal("the engine's library is not installed: run `make setup`")
	}
	return found[0]
}

// ClockVariable gives the tests' program the time that says which digests are due.
const ClockVariable = "YANGGUANG_TEST_CLOCK"

// setDigestClock has the program go by the tests' clock, if one is given.
func setDigestClock() {
	if text := os.Getenv(ClockVariable); text != "" {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			panic(err)
		}
		upkeep.GoBy(func() time.Time { return at }, time.Second)
	}
}
