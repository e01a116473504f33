package engine_test

import (
	"bufio"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"yangguang/queries/clickhouse/engine"
)

func TestKilledEngineComesBackOnTheSameAddress(t *testing.T) {
	running := start(t, engine.Options{})
	execute(t, running.Options(), "CREATE DATABASE yangguang ENGINE = Atomic")
	address := running.Options().Addr[0]
	for range 3 {
		killed := running.Process()
		kill(t, killed)
		waitRestarted(t, running, killed)
		if got := number(t, running.Options(), "SELECT toInt64(count()) FROM system.databases WHERE name = 'yangguang'"); got != 1 {
			t.Errorf("after the restart there are %d databases, want 1", got)
		}
	}
	if got := running.Options().Addr[0]; got != address {
		t.Errorf("the address changed from %s to %s", address, got)
	}
}

func TestEngineThatCannotRestartIsTriedAgain(t *testing.T) {
	installed := filepath.Join(t.TempDir(), "libchdb.so")
	library, err := filepath.EvalSymlinks(libraryPath(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(library, installed); err != nil {
		t.Fatal(err)
	}
	failed := make(messages, 100)
	running := start(t, engine.Options{Library: installed, Logger: slog.New(slog.NewTextHandler(failed, nil))})
	if err := os.Remove(installed); err != nil {
		t.Fatal(err)
	}
	kill(t, running.Process())
	for message := range failed {
		if strings.Contains(message, "does not start") {
			break
		}
	}
	if err := os.Symlink(library, installed); err != nil {
		t.Fatal(err)
	}
	if got := number(t, running.Options(), "SELECT toInt64(7)"); got != 7 {
		t.Errorf("answered %d, want 7", got)
	}
}

// messages are log lines as they come; more than it holds are dropped.
type messages chan string

func (m messages) Write(line []byte) (int, error) {
	select {
	case m <- string(line):
	default:
	}
	return len(line), nil
}

// libraryPath is the installed library.
func libraryPath(t *testing.T) string {
	t.Helper()
	if named := os.Getenv(engine.LibraryVariable); named != "" {
		return named
	}
	found, err := filepath.Glob("../../../node_modules/@chdb/lib-*/libchdb.so")
	if err != nil || len(found) == 0 {
		t.Fatalf("no library in node_modules: run make setup (%v)", err)
	}
	path, err := filepath.Abs(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCloseWhileTheEngineRestarts(t *testing.T) {
	running := start(t, engine.Options{})
	killed := running.Process()
	kill(t, killed)
	waitGone(t, killed)
	if err := running.Close(); err != nil {
		t.Fatal(err)
	}
	if err := running.WaitReady(t.Context()); !errors.Is(err, engine.ErrClosed) {
		t.Errorf("waiting for a closed engine gave %v, want ErrClosed", err)
	}
}

// A child that is killed before it answers is started again; one that ends by itself is a start that failed.
func TestKilledDuringTheStart(t *testing.T) {
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ first, wants string }{
		"killed":          {"kill -KILL $$", ""},
		"asked to end":    {"kill -TERM $$", ""},
		"ended by itself": {"exit 7", "exit status 7"},
		"aborted":         {"kill -ABRT $$", "aborted"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			marks := t.TempDir()
			// The first two attempts end as the test says; later ones run the engine.
			script := `n=$(ls "$1" | wc -l); touch "$1/$n"; if [ "$n" -lt 2 ]; then ` + test.first + `; fi; shift; exec "$@"`
			running, err := engine.Start(t.Context(), engine.Options{DataDir: t.TempDir(), Command: []string{"/bin/sh", "-c", script, "sh", marks, executable, "engine"}})
			if test.wants != "" {
				if err == nil || !strings.Contains(err.Error(), test.wants) {
					t.Errorf("the start gave %v, want %q", err, test.wants)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := number(t, running.Options(), "SELECT toInt64(42)"); got != 42 {
				t.Errorf("the engine answers %d", got)
			}
			if err := running.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestKilledParentTakesTheEngineAlong(t *testing.T) {
	directory := t.TempDir()
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = append(os.Environ(), parentVariable+"="+directory)
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	child, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	kill(t, command.Process.Pid)
	if err := command.Wait(); err == nil {
		t.Error("the killed parent ended well")
	}
	waitGone(t, child)
	start(t, engine.Options{DataDir: directory}) // nobody holds the directory any more
}

func kill(t *testing.T, process int) {
	t.Helper()
	if err := syscall.Kill(process, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

// waitGone waits until a process has ended; the test's own time limit bounds it.
func waitGone(t *testing.T, process int) {
	t.Helper()
	for isAlive(process) {
		time.Sleep(time.Millisecond)
	}
}

// waitRestarted waits until another child than the killed one answers.
func waitRestarted(t *testing.T, running *engine.Engine, killed int) {
	t.Helper()
	for now := running.Process(); now == 0 || now == killed; now = running.Process() {
		time.Sleep(time.Millisecond)
	}
}

// isAlive does not count a process that ended but was not waited for.
func isAlive(process int) bool {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(process) + "/stat")
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(status), ") ")
	return !strings.HasPrefix(state, "Z") && !strings.HasPrefix(state, "X")
}

func open(t *testing.T, options *clickhouse.Options) driver.Conn {
	t.Helper()
	conn, err := clickhouse.Open(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return conn
}

func execute(t *testing.T, options *clickhouse.Options, statements ...string) {
	t.Helper()
	conn := open(t, options)
	for _, statement := range statements {
		if err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func number(t *testing.T, options *clickhouse.Options, query string) int64 {
	t.Helper()
	var got int64
	if err := open(t, options).QueryRow(t.Context(), query).Scan(&got); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return got
}
