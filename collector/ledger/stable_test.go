package ledger

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// grow appends a row to a file at once and so often more, each after a wait. The clock is synctest's.
func grow(t *testing.T, path string, times int, wait time.Duration) {
	for i := range times + 1 {
		if i > 0 {
			time.Sleep(wait)
		}
		file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err == nil {
			_, err = file.WriteString("R,东镇,党费\n")
		}
		if err = errors.Join(err, file.Close()); err != nil {
			t.Error(err)
		}
	}
}

func TestFileThatGrowsIsWaitedFor(t *testing.T) {
	for _, test := range []struct {
		name    string
		grows   int
		wait    time.Duration
		size    int // rows when it is read
		problem string
	}{
		{"written at once", 0, 0, 1, ""},
		{"written in pieces", 12, 300 * time.Millisecond, 13, ""},
		{"written for ever", 100, 300 * time.Millisecond, 0, "is being written and has not been read"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.csv")
			synctest.Test(t, func(t *testing.T) {
				var writer sync.WaitGroup
				defer writer.Wait()
				writer.Go(func() { grow(t, path, test.grows, test.wait) })
				synctest.Wait()
				files, err := (&Ledger{config: Config{Path: path}}).findFiles(nil)
				if err != nil {
					t.Fatal(err)
				}
				err = files[0].waitUntilWhole(t.Context())
				switch {
				case test.problem != "":
					if err == nil || !strings.Contains(err.Error(), test.problem) {
						t.Errorf("error %v", err)
					}
				case err != nil || files[0].size != int64(test.size*len("R,东镇,党费\n")):
					t.Errorf("read at %d bytes, %v", files[0].size, err)
				}
			})
		})
	}
}

func TestWaitingForAFileEndsWithTheContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	grow(t, path, 0, 0)
	ahead := time.Now().Add(time.Hour) // another machine's clock
	if err := os.Chtimes(path, ahead, ahead); err != nil {
		t.Fatal(err)
	}
	files, err := (&Ledger{config: Config{Path: path}}).findFiles(nil)
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := files[0].waitUntilWhole(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want Canceled", err)
	}
	if err := files[0].waitUntilWhole(t.Context()); err != nil {
		t.Errorf("a file of tomorrow that rests: %v", err)
	}
}

func TestStateChangesWithTheFiles(t *testing.T) {
	folder := t.TempDir()
	source, err := New(Config{Name: "台账", Path: "*.csv"}, folder)
	if err != nil {
		t.Fatal(err)
	}
	last := source.State()
	if last != "" {
		t.Errorf("without files: %q", last)
	}
	at := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	put := func(name, text string, at time.Time) {
		path := filepath.Join(folder, name)
		if err := errors.Join(os.WriteFile(path, []byte(text), 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		name    string
		do      func()
		changes bool
	}{
		{"a new file", func() { put("a.csv", "a", at) }, true},
		{"nothing", func() {}, false},
		{"a longer file", func() { put("a.csv", "ab", at) }, true},
		{"a later file", func() { put("a.csv", "ab", at.Add(time.Second)) }, true},
		{"a file that does not match", func() { put("b.txt", "b", at) }, false},
		{"a lock file", func() { put("~$a.csv", "b", at) }, false},
		{"another file", func() { put("b.csv", "b", at) }, true},
		{"a file less", func() { _ = os.Remove(filepath.Join(folder, "a.csv")) }, true},
	} {
		step.do()
		if state := source.State(); (state != last) != step.changes {
			t.Errorf("%s: the state was %q and is %q", step.name, last, state)
		} else {
			last = state
		}
	}
}
