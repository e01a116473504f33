package export_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// TestColumns: programs read columns; a change of one is announced in CHANGELOG.md before it is written down here.
func TestColumns(t *testing.T) {
	bundle, err := language.Load()
	if err != nil {
		t.Fatal(err)
	}
	var now strings.Builder
	for _, report := range model.Reports() {
		fmt.Fprintln(&now, report.Name)
		for _, field := range export.SchemaOf(report, bundle.Printer("zh")).Fields {
			fmt.Fprintf(&now, "  %s %s %s\n", field.Key, field.Name, field.Type)
		}
	}
	const path = "testdata/columns.txt"
	if *update {
		if err := os.WriteFile(path, []byte(now.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(before), now.String()); diff != "" {
		t.Errorf("columns differ: announce it in CHANGELOG.md, then run with -update:\n%s", diff)
	}
}
