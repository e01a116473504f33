package engine_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yangguang/queries/clickhouse/engine"
)

// start runs an engine until the test ends.
func start(t *testing.T, options engine.Options) *engine.Engine {
	t.Helper()
	if options.DataDir == "" {
		options.DataDir = t.TempDir()
	}
	running, err := engine.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := running.Close(); err != nil {
			t.Error(err)
		}
	})
	return running
}

func TestStartAgainOnTheSameDirectory(t *testing.T) {
	directory := t.TempDir()
	first := start(t, engine.Options{DataDir: directory})
	execute(t, first.Options(), "CREATE DATABASE yangguang ENGINE = Atomic", "CREATE TABLE yangguang.kept (x Int32) ENGINE = MergeTree ORDER BY x", "INSERT INTO yangguang.kept VALUES (42)")
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := start(t, engine.Options{DataDir: directory})
	if got := number(t, second.Options(), "SELECT toInt64(sum(x)) FROM yangguang.kept"); got != 42 {
		t.Errorf("after another start the table has %d, want 42", got)
	}
}

func TestSecondEngineOnADirectoryIsRefused(t *testing.T) {
	directory := t.TempDir()
	first := start(t, engine.Options{DataDir: directory})
	_, err := engine.Start(t.Context(), engine.Options{DataDir: directory})
	var held *engine.HeldError
	if !errors.As(err, &held) {
		t.Fatalf("the second start gave %v, want a HeldError", err)
	}
	if held.Directory != directory || held.Process != os.Getpid() {
		t.Errorf("held by %d in %s, want %d in %s", held.Process, held.Directory, os.Getpid(), directory)
	}
	if first.Process() == 0 {
		t.Error("the first engine ended")
	}
}

func TestMissingLibrarySaysWhatInstallsIt(t *testing.T) {
	for _, test := range []struct{ name, option, variable string }{
		{"named by an option", filepath.Join(t.TempDir(), "libchdb.so"), ""},
		{"named by the environment", "", filepath.Join(t.TempDir(), "libchdb.so")},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv(engine.LibraryVariable, test.variable)
			_, err := engine.Start(t.Context(), engine.Options{DataDir: t.TempDir(), Library: test.option})
			if !engine.IsLibraryMissing(err) {
				t.Fatalf("started without its library: %v", err)
			}
			for _, want := range []string{"make setup", "npm ci --ignore-scripts", test.option + test.variable} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the message does not name %s: %v", want, err)
				}
			}
		})
	}
}

func TestFailedStartShowsTheLog(t *testing.T) {
	library := filepath.Join(t.TempDir(), "libchdb.so")
	if err := os.WriteFile(library, []byte("not a library"), 0o600); err != nil {
		t.Fatal(err)
	}
	directory := t.TempDir()
	_, err := engine.Start(t.Context(), engine.Options{DataDir: directory, Library: library, StartTimeout: 20 * time.Second})
	if err == nil {
		t.Fatal("started with a broken library")
	}
	for _, want := range []string{"engine.log", "load " + library, "exit status"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not mention %q: %v", want, err)
		}
	}
	again := start(t, engine.Options{DataDir: directory}) // the failed start let go of the directory
	if again.Process() == 0 {
		t.Error("no child runs")
	}
}

func TestFilesAreForTheirOwnerOnly(t *testing.T) {
	directory := filepath.Join(t.TempDir(), "new", "data")
	running := start(t, engine.Options{DataDir: directory})
	execute(t, running.Options(), "CREATE DATABASE yangguang ENGINE = Atomic")
	err := filepath.WalkDir(directory, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if info.Mode()&os.ModeSymlink == 0 && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %s", path, info.Mode())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMoreThanMemoryIsSorted(t *testing.T) {
	running := start(t, engine.Options{MemoryLimit: 512 << 20})
	const last = "SELECT toInt64(length(text)) FROM (SELECT randomPrintableASCII(300) AS text FROM numbers(2500000) ORDER BY text LIMIT 2500000) LIMIT 1 OFFSET 2499999"
	if got := number(t, running.Options(), last); got != 300 {
		t.Errorf("the last of 750 MB has %d bytes", got)
	}
}

func TestTimeZoneAndMemoryLimitAreTheOptions(t *testing.T) {
	running := start(t, engine.Options{TimeZone: "Asia/Shanghai", MemoryLimit: 1 << 30})
	if got := number(t, running.Options(), "SELECT toInt64(timezone() = 'Asia/Shanghai')"); got != 1 {
		t.Error("the server has another time zone")
	}
	if got := number(t, running.Options(), "SELECT toInt64(value) FROM system.server_settings WHERE name = 'max_server_memory_usage'"); got != 1<<30 {
		t.Errorf("the server may use %d bytes, want %d", got, 1<<30)
	}
}
