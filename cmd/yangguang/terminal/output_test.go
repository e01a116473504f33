package terminal

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"yangguang/cmd/yangguang/filetest"
)

// What a killed export has left goes with the next one to the same file; what another is writing, and whatever else is there, stays.
func TestExportsRemoveWhatWasLeft(t *testing.T) {
	directory := t.TempDir()
	name := filepath.Join(directory, "a.csv")
	for _, kept := range []string{".a.csv-123", ".a.csv-12x", ".a.csv-", ".b.csv-123", "a.csv-123"} {
		filetest.Write(t, filepath.Join(directory, kept), "x")
	}
	listed := func() (names []string) {
		entries, err := os.ReadDir(directory)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
		return names
	}
	err := WriteTo(name, nil, func(outer io.Writer) error { // one beside the other
		if err := WriteTo(name, nil, func(inner io.Writer) error { _, err := fmt.Fprint(inner, "inner"); return err }); err != nil {
			return err
		}
		_, err := fmt.Fprint(outer, "outer")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(name); err != nil || string(text) != "outer" {
		t.Errorf("written: %q, %v", text, err)
	}
	if want := []string{".a.csv-", ".a.csv-12x", ".b.csv-123", "a.csv", "a.csv-123"}; !slices.Equal(listed(), want) {
		t.Errorf("there are %q, want %q", listed(), want)
	}
	if err := WriteTo(name, nil, func(io.Writer) error { return io.ErrShortWrite }); err == nil || len(listed()) != 5 {
		t.Errorf("a failed export: %v, left %q", err, listed())
	}
}
