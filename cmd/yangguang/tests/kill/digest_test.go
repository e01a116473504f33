package kill

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"yangguang/cmd/yangguang/filetest"
	"yangguang/cmd/yangguang/programtest"
	"yangguang/queries/digests"
)

// deadly is a stand-in for readers' webhooks that kills who asks it, before or after it has taken the message.
type deadly struct {
	net.Listener
	lock    sync.Mutex
	process int    // who is killed
	kill    string // "", "before", "after": what the next connection does
	killed  int
	taken   map[string]int
}

func (d *deadly) strike(when string) bool {
	d.lock.Lock()
	defer d.lock.Unlock()
	if d.kill != when {
		return false
	}
	d.kill = ""
	d.killed++
	_ = syscall.Kill(d.process, syscall.SIGKILL)
	return true
}

// Accept is net.Listener's.
func (d *deadly) Accept() (net.Conn, error) {
	conn, err := d.Listener.Accept()
	if err == nil && d.strike("before") {
		_ = conn.Close()
	}
	return conn, err
}

// ServeHTTP takes a message.
func (d *deadly) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var body struct{ ID, Reader, Text string }
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	d.lock.Lock()
	d.taken[body.ID]++
	d.lock.Unlock()
	d.strike("after")
	w.WriteHeader(http.StatusNoContent)
}

// The program is killed while it sends digests and reminders: nothing is sent twice, and each kill leaves one message unknown at most, which is named.
func TestKilledDigests(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	stand := &deadly{Listener: listener, taken: map[string]int{}}
	server := &httptest.Server{Listener: stand, Config: &http.Server{Handler: stand}}
	server.Start()
	t.Cleanup(server.Close)
	p := programtest.New(t)
	config, err := os.ReadFile(filepath.Join(p.Directory, "yangguang.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.Directory, "calendar.csv"), []byte("date,kind\n2026-04-13,holiday\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(config), "catalogue.csv}", "catalogue.csv, calendar: calendar.csv}", 1) + "external_url: https://yangguang.example\ndigest:\n  readers:\n"
	readers := []string{"甲", "乙", "丙"}
	for _, reader := range readers {
		text += fmt.Sprintf("    - {name: %s, role: district, language: en, webhook: {address: {env: TEST_HOOK}}}\n", reader)
	}
	if err := os.WriteFile(filepath.Join(p.Directory, "yangguang.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p.Succeed(t, "collect", "--config", "yangguang.yaml")
	wanted := max(2, kills(t))
	clock := time.Date(2026, 4, 13, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	run := func(arguments ...string) (string, bool) {
		t.Helper()
		command := p.Command(t, append([]string{"digest", "--config", "yangguang.yaml"}, arguments...)...)
		command.Env = append(command.Env, programtest.ClockVariable+"="+clock.Format(time.RFC3339), "TEST_HOOK="+server.URL)
		var out strings.Builder
		command.Stdout, command.Stderr = &out, &out
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		stand.lock.Lock()
		stand.process = command.Process.Pid
		stand.lock.Unlock()
		err := command.Wait()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		return out.String(), err == nil || exit.Exited()
	}
	if out, _ := run(); out != "nothing is due\n" {
		t.Errorf("on a holiday: %s", out)
	}
	clock = clock.AddDate(0, 0, 1) // the week's first working day
	weeks := 0
	for ; stand.killed < wanted || weeks < 2; weeks++ {
		for _, when := range []string{"before", "after"} {
			if stand.killed < wanted {
				stand.lock.Lock()
				stand.kill = when
				stand.lock.Unlock()
				run()
				stand.lock.Lock()
				stand.kill = ""
				stand.lock.Unlock()
			}
		}
		if out, ended := run(); !ended {
			t.Fatalf("not killed, but ended:\n%s", out)
		}
		if out, _ := run(); !strings.Contains(out, "nothing is due") {
			t.Errorf("once more: %s", out)
		}
		clock = clock.AddDate(0, 0, 35) // months later something has lapsed
	}
	status, _ := run("--status")
	states := map[string]int{}
	for line := range strings.Lines(status) {
		if fields := strings.Fields(line); len(fields) > 3 {
			states[fields[3]]++
		}
	}
	if stand.killed != wanted || states[digests.Unknown] != wanted || states[digests.Sent] == 0 {
		t.Errorf("%d kills, %v:\n%s", stand.killed, states, status)
	}
	if !strings.Contains(status, "2026-04-14") {
		t.Errorf("the first digests are not of the first working day:\n%s", status)
	}
	for id, times := range stand.taken {
		if times != 1 {
			t.Errorf("%s was sent %d times", id, times)
		}
	}
	if sent := states[digests.Sent]; len(stand.taken) < sent || len(stand.taken) > sent+wanted {
		t.Errorf("%d taken, %d sent:\n%s", len(stand.taken), sent, status)
	}
	if dry, ended := run("--dry-run"); !ended || strings.Count(dry, "— ") != 2*len(readers) {
		t.Errorf("--dry-run:\n%s", dry)
	}
}

// serve sends what is due, once, and the pages say of whom it is not known whether he has it.
func TestServeSendsDigests(t *testing.T) {
	taken := make(chan string, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		taken <- r.Header.Get("Authorization")
		if r.Header.Get("Authorization") == "Bearer breaks" {
			panic(http.ErrAbortHandler)
		}
	}))
	t.Cleanup(server.Close)
	for name, value := range map[string]string{"TEST_HOOK": server.URL, "TEST_FINE": "fine", "TEST_BREAKS": "breaks", programtest.ClockVariable: "2026-04-13T09:00:00+08:00"} {
		t.Setenv(name, value)
	}
	p := programtest.New(t)
	filetest.Change(t, filepath.Join(p.Directory, "yangguang.yaml"), func(text string) string {
		return text + `external_url: https://yangguang.example
digest:
  readers:
    - {name: 送达者, webhook: {address: {env: TEST_HOOK}, token: {env: TEST_FINE}}}
    - {name: 不明者, webhook: {address: {env: TEST_HOOK}, token: {env: TEST_BREAKS}}}
`
	})
	serving := p.Serve(t)
	got := map[string]int{}
	for range 2 {
		select {
		case token := <-taken:
			got[token]++
		case <-time.After(programtest.Patience):
			t.Fatal("nothing was sent")
		}
	}
	if got["Bearer fine"] != 1 || got["Bearer breaks"] != 1 {
		t.Errorf("%v", got)
	}
	var body string
	programtest.WaitUntil(t, "the pages say so", func() bool {
		body = serving.Get(t, "/sources")
		return strings.Contains(body, "是否送达不明")
	})
	if !strings.Contains(body, "不明者 2026-04-13") || strings.Contains(body, "送达者") {
		t.Errorf("the page says\n%s", body)
	}
	series := serving.Get(t, "/metrics")
	for _, want := range []string{`disclosure_digests_unsettled{state="refused"} 0`, `disclosure_digests_unsettled{state="unknown"} 1`} {
		if !strings.Contains(series, want+"\n") {
			t.Errorf("the metrics lack %s", want)
		}
	}
}
