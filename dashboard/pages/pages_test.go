package pages_test

import (
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"yangguang/dashboard/pages"
)

// Every folder is served, and no page knows another: what two share belongs to the kit.
func TestFolders(t *testing.T) {
	list, err := parser.ParseFile(token.NewFileSet(), "pages.go", nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	served := map[string]bool{}
	for _, one := range list.Imports {
		served[path.Base(strings.Trim(one.Path.Value, `"`))] = true
	}
	if len(pages.All()) != len(list.Imports)-1 { // but for the kit
		t.Errorf("%d folders are imported and %d served", len(list.Imports)-1, len(pages.All()))
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() && !served[entry.Name()] {
			t.Errorf("%s is not in the list of pages.go", entry.Name())
		}
	}
	files, err := filepath.Glob("*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range parsed.Imports {
			if strings.HasPrefix(one.Path.Value, `"yangguang/dashboard/pages`) {
				t.Errorf("%s imports %s", file, one.Path.Value)
			}
		}
	}
}
