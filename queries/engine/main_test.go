package engine

import (
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "engine" {
		os.Exit(Child(os.Args[2:]))
	}
	os.Exit(m.Run())
}
