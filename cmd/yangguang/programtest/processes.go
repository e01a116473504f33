package programtest

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Patience bounds a wait for something that must happen; it is never a measure of speed.
const Patience = time.Minute

// Send sends a signal to a process.
func Send(t *testing.T, process int, signal syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(process, signal); err != nil {
		t.Fatal(err)
	}
}

// EngineOf waits for the engine's process of a running program and returns its id.
func EngineOf(t *testing.T, process int) (engine int) {
	t.Helper()
	WaitUntil(t, "the engine runs", func() bool {
		lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", process))
		for _, list := range lists {
			children, _ := os.ReadFile(list)
			for _, id := range strings.Fields(string(children)) { // of which Go starts one for a moment, to try pidfd_open
				if command, _ := os.ReadFile("/proc/" + id + "/cmdline"); strings.Contains(string(command), "\x00engine\x00") {
					engine, _ = strconv.Atoi(id)
				}
			}
		}
		return engine > 0
	})
	return engine
}

// Alive reports whether a process exists and has not ended.
func Alive(process int) bool {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
	if err != nil {
		return false
	}
	_, after, _ := strings.Cut(string(status), ") ")
	return !strings.HasPrefix(after, "Z")
}

// WaitUntil waits for something that must happen. What is costly to look at is looked at more seldom, or most of the work would be the waiting's.
func WaitUntil(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(Patience); ; {
		begun := time.Now()
		if happened() {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("waited too long until %s", what)
		}
		time.Sleep(min(max(2*time.Millisecond, 4*time.Since(begun)), time.Second))
	}
}

// Background runs a server until the test ends.
func Background(t *testing.T, name string, arguments ...string) {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(name, arguments...)
	command.Stdout, command.Stderr = log, log
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		Send(t, command.Process.Pid, syscall.SIGTERM)
		kill := time.AfterFunc(Patience, func() { _ = command.Process.Kill() })
		defer kill.Stop()
		err := command.Wait()
		if t.Failed() || err != nil {
			_, _ = log.Seek(0, io.SeekStart)
			said, _ := io.ReadAll(log)
			t.Logf("%s ended with %v and said:\n%s", name, err, said)
		}
		_ = log.Close()
	})
}

// FreeAddress is an address of the loopback that nobody listens on.
func FreeAddress(t *testing.T) string {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer free.Close()
	return free.Addr().String()
}
