package engine_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yangguang/queries/clickhouse/engine"
)

func TestInstalledNamesTheLibrary(t *testing.T) {
	path, version, err := engine.Installed()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(path, "/libchdb.so") || strings.Count(version, ".") < 2 || engine.IsOther(version) {
		t.Errorf("found %q, version %q", path, version)
	}
	content, err := os.ReadFile("../../../package.json")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(content), `/lib-linux-x64-gnu": "`+engine.Made+".") {
		t.Errorf("package.json does not install an engine %s", engine.Made)
	}
}

func TestOtherVersions(t *testing.T) {
	t.Parallel()
	for version, other := range map[string]bool{"26.7": false, "26.7.2.1": false, "26.70.1": true, "26.5.3": true, "27.7.1": true, "": true} {
		if got := engine.IsOther(version); got != other {
			t.Errorf("%q is another version: %v, want %v", version, got, other)
		}
	}
}

// TestLibraryThatDoesNotTellItsVersion starts a shared library that is no engine of ours.
func TestLibraryThatDoesNotTellItsVersion(t *testing.T) {
	t.Parallel()
	found, err := filepath.Glob("/lib*/*-linux-gnu/libm.so.6")
	if err != nil || len(found) == 0 {
		t.Fatalf("there is no library to try: %v", err)
	}
	if _, err := engine.Start(t.Context(), engine.Options{DataDir: t.TempDir(), Library: found[0]}); err == nil || !strings.Contains(err.Error(), "it is older than 26.7") ||
		!strings.Contains(err.Error(), found[0]) {
		t.Errorf("starting it gave %v", err)
	}
}
