package kill

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"yangguang/cmd/yangguang/programtest"
)

// largeRows is a ledger that takes long enough to be interrupted in its middle.
const largeRows = 80_000

// TestInterruptedCollection kills or interrupts `collect` in its middle; the next run must end exactly as one that was left alone.
func TestInterruptedCollection(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name      string
		interrupt func(t *testing.T, yangguang, engine int)
		completes bool // the collection that was disturbed may complete by itself
	}{
		{"kill -9 of the program", func(t *testing.T, yangguang, _ int) { programtest.Send(t, yangguang, syscall.SIGKILL) }, false},
		{"kill -9 of the engine", func(t *testing.T, _, engine int) { programtest.Send(t, engine, syscall.SIGKILL) }, true},
		{"Ctrl-C", func(t *testing.T, yangguang, _ int) { programtest.Send(t, yangguang, syscall.SIGINT) }, false},
	}
	undisturbed := programtest.New(t)
	writeLargeLedger(t, undisturbed)
	undisturbed.Succeed(t, "collect", "--config", "yangguang.yaml")
	question := []string{"export", "obligations", "--config", "yangguang.yaml", "--lang", "en", "--as-of", "2026-08-01"}
	want := undisturbed.Succeed(t, question...)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := programtest.New(t)
			p.Succeed(t, "collect", "--config", "yangguang.yaml") // the ledger has been small before
			writeLargeLedger(t, p)
			command := p.Command(t, "collect", "--config", "yangguang.yaml")
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			engine := programtest.EngineOf(t, command.Process.Pid)
			programtest.WaitUntil(t, "the ledger is being read", func() bool { return reads(command.Process.Pid, "large.csv") })
			c.interrupt(t, command.Process.Pid, engine)
			err := command.Wait()
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			if err == nil && !c.completes {
				t.Error("the interrupted collection ended with status 0: it was not interrupted in its middle")
			}
			programtest.WaitUntil(t, "the engine has ended", func() bool { return !programtest.Alive(engine) })

			summary := p.Succeed(t, "collect", "--config", "yangguang.yaml")
			if want := fmt.Sprintf("read %d,", largeRows+6); !strings.Contains(summary, want) {
				t.Errorf("the next collection said %q, want %q", summary, want)
			}
			if got := p.Succeed(t, question...); got != want {
				t.Errorf("obligations:\n%s\nwithout the interruption:\n%s", got, want)
			}
			seen := map[string]int{}
			records := p.Succeed(t, "export", "records", "--config", "yangguang.yaml", "--lang", "en")
			for line := range strings.Lines(records) {
				id, _, _ := strings.Cut(line, ",")
				if strings.HasPrefix(id, "L") {
					seen[id]++
				}
			}
			if len(seen) != largeRows {
				t.Errorf("%d records, want %d", len(seen), largeRows)
			}
			for id, times := range seen {
				if times != 1 {
					t.Fatalf("record %s is there %d times", id, times)
				}
			}
			if again := p.Succeed(t, "collect", "--config", "yangguang.yaml"); !strings.Contains(again, "new 0, changed 0") {
				t.Errorf("one more collection said %q, want nothing new", again)
			}
		})
	}
}

// TestOneProcessPerDataDirectory tells a second process who holds the data directory.
func TestOneProcessPerDataDirectory(t *testing.T) {
	p := programtest.New(t)
	serving := p.Serve(t)
	second := p.Command(t, "collect", "--config", "yangguang.yaml")
	output, err := second.CombinedOutput()
	if err == nil || second.ProcessState.ExitCode() != 1 {
		t.Errorf("the second process ended with %v, want status 1", err)
	}
	if want := "is in use by process " + strconv.Itoa(serving.Process); !strings.Contains(string(output), want) {
		t.Errorf("the second process said %q, want %q", output, want)
	}
}

func writeLargeLedger(t *testing.T, p programtest.Program) {
	t.Helper()
	file, err := os.Create(filepath.Join(p.Directory, "ledgers", "large.csv"))
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(file)
	fmt.Fprintln(w, "record_id,unit,item,title,period,published_on")
	for i := range largeRows {
		fmt.Fprintf(w, "L%06d,T%d,A1,title %d,2026Q%d,2026-0%d-1%d\n", i, 1+i%2, i, 1+i%2, 4+i%6, i%10)
	}
	if err := errors.Join(w.Flush(), file.Close()); err != nil {
		t.Fatal(err)
	}
}

// reads reports whether a process has a file of this name open and has read some of it.
func reads(process int, name string) bool {
	descriptors, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", process))
	for _, descriptor := range descriptors {
		path, err := os.Readlink(descriptor)
		if err != nil || filepath.Base(path) != name {
			continue
		}
		information, _ := os.ReadFile(fmt.Sprintf("/proc/%d/fdinfo/%s", process, filepath.Base(descriptor)))
		fields := strings.Fields(string(information))
		if len(fields) > 1 && fields[0] == "pos:" && len(fields[1]) > 6 { // past the first megabyte
			return true
		}
	}
	return false
}
