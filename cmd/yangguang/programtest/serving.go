package programtest

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// StartPatience is how long a program may take to start and to collect.
const StartPatience = 3 * time.Minute

// Serving is a program that serves; it is stopped when the test ends.
type Serving struct {
	Address string
	Public  string // what everyone may see; empty where that is not served
	Process int
	Engine  int
	End     func() // asks it to end, and checks that it ends with status 0 and leaves no engine behind
}

// Serve starts `serve` on a free port and waits until it has collected.
func (p Program) Serve(t *testing.T) Serving {
	t.Helper()
	return p.Start(t, "serves http://", "serve", "--config", "yangguang.yaml", "--listen", "127.0.0.1:0")
}

// Start starts a command line that serves, and waits until it has told so and, if it is serve, has collected.
func (p Program) Start(t *testing.T, told string, arguments ...string) Serving {
	t.Helper()
	return p.Begin(t, told, arguments[0] == "serve", arguments...)
}

// Begin is start of a program that collects something first, or nothing.
func (p Program) Begin(t *testing.T, told string, collects bool, arguments ...string) Serving {
	t.Helper()
	command := p.Command(t, arguments...)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill() })
	s := Serving{Process: command.Process.Pid}
	lines := bufio.NewScanner(out)
	collected := !collects
	late := time.AfterFunc(StartPatience, func() { _ = command.Process.Kill() })
	for (s.Address == "" || !collected) && lines.Scan() {
		public := strings.HasPrefix(lines.Text(), "and to everyone")
		own := public || strings.HasPrefix(lines.Text(), "Yangguang ") || strings.HasPrefix(lines.Text(), "阳光页面") // sources are told by their addresses too
		if at := strings.Index(lines.Text(), "http"); at >= 0 && own {
			address := &s.Address
			if public {
				address = &s.Public
			}
			*address = strings.TrimSuffix(strings.Fields(lines.Text()[at:])[0], "/")
		}
		collected = collected || strings.Contains(lines.Text(), ": read ") || strings.Contains(lines.Text(), "：读取 ")
	}
	if !late.Stop() {
		t.Fatalf("%v has not collected and told %q within %s", arguments, told, StartPatience)
	}
	if s.Address == "" {
		t.Fatalf("%v ended without telling %q", arguments, told)
	}
	s.Engine = EngineOf(t, s.Process)
	s.End = func() {
		Send(t, s.Process, syscall.SIGTERM)
		rest, _ := io.ReadAll(out)
		if err := command.Wait(); err != nil {
			t.Errorf("after SIGTERM: %v\n%s", err, rest)
		}
		if Alive(s.Engine) {
			t.Error("the engine is left behind")
		}
	}
	return s
}

// Get is a page, which must be there.
func (s Serving) Get(t *testing.T, path string) string {
	t.Helper()
	status, body := GetWhenFree(t, s.Address+path)
	if status != http.StatusOK {
		t.Fatalf("%s: status %d: %s", path, status, body)
	}
	return body
}

// GetWhenFree asks again, as a reader is told to, while a busy machine takes too long to answer.
func GetWhenFree(t *testing.T, address string) (status int, body string) {
	t.Helper()
	WaitUntil(t, "there is an answer at "+address, func() bool {
		status, body = Get(t, address)
		return status != http.StatusServiceUnavailable
	})
	return status, body
}

// Get is what is at an address; status 0: nobody answers.
func Get(t *testing.T, address string) (status int, body string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(content)
}
