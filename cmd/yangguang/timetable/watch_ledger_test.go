package timetable

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"yangguang/collector"
	"yangguang/collector/ledger"
)

func TestWatchedLedgersTellWholeChanges(t *testing.T) {
	folder := t.TempDir()
	var sources []collector.Source
	for _, name := range []string{"a", "b"} {
		source, err := ledger.New(ledger.Config{Name: name, Path: name + "*.csv"}, folder)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, source)
	}
	put := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("a1.csv", "1")
	w := Ledgers{}
	for _, look := range []struct {
		name string
		do   func()
		want []string
	}{
		{"first look", func() {}, nil},
		{"nothing happened", func() {}, nil},
		{"a file grows", func() { put("a1.csv", "12") }, nil},
		{"and grows", func() { put("a1.csv", "123") }, nil},
		{"and rests", func() {}, []string{"a"}},
		{"told once", func() {}, nil},
		{"both get a file", func() { put("a2.csv", ""); put("b1.csv", "") }, nil},
		{"which rest", func() {}, []string{"a", "b"}},
		{"a file goes", func() { _ = os.Remove(filepath.Join(folder, "b1.csv")) }, nil},
		{"and is gone", func() {}, []string{"b"}},
	} {
		look.do()
		if got := w.Changed(sources); !slices.Equal(got, look.want) {
			t.Errorf("%s: %v instead of %v", look.name, got, look.want)
		}
	}
}

func TestHurriedSourceIsRunOnceMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDiary(t)
		ctx, cancel := context.WithCancel(t.Context())
		table := New(d.run, d)
		d.takes["daily"] = 10 * time.Minute
		daily, once := planOf(t, "daily", "10 7 * * *"), planOf(t, "once", "")
		table.Set(ctx, []Plan{daily})
		time.Sleep(5 * time.Minute)
		table.Hurry("daily") // while it runs
		table.Hurry("daily")
		table.Hurry("unknown")
		time.Sleep(time.Hour)
		d.expect("while it ran", "0s daily", "10m0s daily")
		table.Set(ctx, []Plan{daily, once})
		time.Sleep(time.Minute)
		table.Hurry("once")
		time.Sleep(time.Minute)
		d.expect("without a schedule", "1h5m0s once", "1h6m0s once")
		time.Sleep(23 * time.Hour)
		d.expect("the schedule goes on", (7*time.Hour+10*time.Minute+daily.jitter()).String()+" daily")
		cancel()
		table.Wait()
	})
}
