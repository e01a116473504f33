package commands

import (
	"flag"
	"testing"

	"yangguang/cmd/yangguang/programtest"
)

// update rewrites the golden files: go test ./cmd/yangguang/tests/commands -run Golden -update.
var update = flag.Bool("update", false, "rewrite the golden files")

func TestMain(m *testing.M) { programtest.Main(m) }
