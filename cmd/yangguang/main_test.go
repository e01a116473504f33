package main

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// update rewrites the golden files: go test ./cmd/yangguang -run Golden -update.
var update = flag.Bool("update", false, "rewrite the golden files")

// commandVariable makes the test binary the program itself, so that tests start, interrupt and kill it as a user's process.
const commandVariable = "YANGGUANG_TEST_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(commandVariable) != "" || len(os.Args) > 1 && os.Args[1] == "engine" {
		setDigestClock()
		main() // the program, or the child that it starts: this binary with the argument "engine"
	}
	testscript.Main(m, map[string]func(){"yangguang": main})
}

// engineLibrary is the library that `make setup` installs, whatever directory a test runs in.
func engineLibrary(t testing.TB) string {
	t.Helper()
	found, err := filepath.Glob("../../node_modules/@chdb/lib-*/libchdb.so")
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatal("the engine's library is not installed: run `make setup`")
	}
	path, err := filepath.Abs(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return path
}
