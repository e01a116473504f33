package engine_test

import (
	"strings"
	"testing"

	"yangguang/queries/engine"
)

func TestInstalledNamesTheLibrary(t *testing.T) {
	path, version, err := engine.Installed()
	if err != nil {
		t.Fatal(err)
	}
	t.Log(path, version)
	if !strings.HasSuffix(path, "/libchdb.so") || strings.Count(version, ".") < 2 {
		t.Errorf("found %q, version %q", path, version)
	}
}
