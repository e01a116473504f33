package engine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLongLogIsSetAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "engine.log")
	log, err := openLog(path)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	write := func(text string) {
		t.Helper()
		if _, err := log.file.WriteString(text); err != nil {
			t.Fatal(err)
		}
	}
	write(strings.Repeat("x", 100))
	for _, test := range []struct {
		limit   int64
		written string
		log     string
		old     string
	}{
		{100, "", strings.Repeat("x", 100), ""},
		{99, "more", "more", strings.Repeat("x", 100)},
		{3, "again", "again", "more"},
	} {
		if err := setAside(path, test.limit); err != nil {
			t.Fatal(err)
		}
		write(test.written)
		if got, err := os.ReadFile(path); err != nil || string(got) != test.log {
			t.Errorf("limit %d: the log is %q, %v, want %q", test.limit, got, err, test.log)
		}
		if got, err := os.ReadFile(path + ".old"); string(got) != test.old || (err != nil) != (test.old == "") {
			t.Errorf("limit %d: the old log is %q, %v, want %q", test.limit, got, err, test.old)
		}
	}
	if got := log.tail(); got != "again" {
		t.Errorf("the tail is %q", got)
	}
}
