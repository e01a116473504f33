// Package filetest writes files for tests.
package filetest

import (
	"os"
	"path/filepath"
	"testing"
)

// Change writes a file again as it is changed.
func Change(t *testing.T, path string, changed func(string) string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	Write(t, path, changed(string(text)))
}

// Write writes a file, in a directory that is made where it is missing.
func Write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
