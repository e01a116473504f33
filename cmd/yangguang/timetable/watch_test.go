package timetable

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestWatchedFileIsReadOnceItIsWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "yangguang.yaml")
	now := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	write := func(text string) {
		t.Helper()
		now = now.Add(time.Second)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now, now); err != nil {
			t.Fatal(err)
		}
	}
	file := File{Path: path}
	expect := func(what string, want bool) {
		t.Helper()
		if got := file.Changed(); got != want {
			t.Errorf("%s: changed %v instead of %v", what, got, want)
		}
	}
	write("a")
	expect("first look", false)
	expect("nothing happened", false)
	write("a b")
	expect("being written", false)
	write("a b c")
	expect("still being written", false)
	expect("whole", true)
	expect("told already", false)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	expect("gone", false)
	write("a b d")
	expect("back", false)
	expect("back and whole", true)
}
