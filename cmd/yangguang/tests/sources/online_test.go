package sources

import (
	"compress/gzip"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"yangguang/cmd/yangguang/programtest"
)

// TestPageThatFails: what was read before page 7 is kept, the source is not up, nobody is accused, and no other source waits.
func TestPageThatFails(t *testing.T) {
	t.Parallel()
	site := newBulletin(t, 12)
	stuck, answered := make(chan struct{}), make(chan struct{})
	site.put(7, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-stuck:
		default:
			close(stuck)
		}
		select { // the interface answers while this page hangs
		case <-answered:
		case <-r.Context().Done():
		}
		out(http.StatusServiceUnavailable)(w, r)
	})
	site.HandleFunc("/json", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-stuck:
		case <-r.Context().Done():
		}
		if r.URL.Query().Get("page") == "1" {
			rows(w, "年度计划")
			return
		}
		rows(w)
		select {
		case <-answered:
		default:
			close(answered)
		}
	})
	p := programtest.New(t)
	p.Configure(t, site.Server, loopback+website+
		"  - {name: 接口, kind: api, covers: {items: A2}, url: SITE/json, rows: .rows, fields: {title: .title}, fixed: {unit: T1, item: A2, period: '2025', published_on: '2026-01-05'}, paging: {style: page, parameter: page}}\n")
	told, _, status := p.Run(t, "collect", "--config", "yangguang.yaml")
	if status != 1 {
		t.Errorf("status %d, want 1", status)
	}
	expectLine(t, told, "网站: ", "read 60, new 60,", "FAILED: ", "page 7, "+site.URL+"/list?page=7: the server answers 503 Service Unavailable")
	expectLine(t, told, "接口: ", "read 1, new 1,")
	if strings.Contains(lineOf(told, "接口: "), "FAILED") {
		t.Errorf("the interface failed as well:\n%s", told)
	}
	sources := p.Export(t, "sources")
	expectLine(t, sources, "网站,web,,failed,60,60,0,0,0,", "page 7, ", "503 Service Unavailable")
	expectLine(t, sources, "接口,api,2", ",success,1,1,0,0,0,")
	if records := p.Export(t, "records"); strings.Count(records, "党费公示第") != 60 || strings.Contains(records, "党费公示第7-") {
		t.Errorf("other records than those of the pages 1 to 6:\n%s", records)
	}
	expectStates(t, p, 2026, "T1 on_time", "T2 unverified", "V1 unverified", "V2 unverified")
	expectUp(t, p, "0")

	site.put(7, nil)
	expectUp(t, p, "1")
	expectStates(t, p, 2026, "T1 on_time", "T2 on_time", "V1 lapsed", "V2 lapsed")
	expectStates(t, p, time.Now().Year()+1, "T1 unverified", "T2 unverified", "V1 unverified", "V2 unverified") // due after the last success
	if records := p.Export(t, "records"); strings.Count(records, "党费公示第") != 120 {
		t.Errorf("%d records of 120", strings.Count(records, "党费公示第"))
	}
}

// expectStates checks what has become of the obligations of a year's first quarter by the first of June.
func expectStates(t *testing.T, p programtest.Program, year int, want ...string) {
	t.Helper()
	var got []string
	for line := range strings.Lines(p.Export(t, "obligations", "--as-of", fmt.Sprintf("%d-06-01", year))) {
		if cells := strings.Split(line, ","); len(cells) > 8 && cells[2] == "A1" && cells[6] == fmt.Sprintf("%dQ1", year) {
			got = append(got, cells[0]+" "+cells[8])
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("states of %d: %v, want %v", year, got, want)
	}
}

// expectUp serves until the website has been collected once more and the metric says so.
func expectUp(t *testing.T, p programtest.Program, up string) {
	t.Helper()
	s := p.Serve(t)
	defer s.End()
	programtest.WaitUntil(t, "the source's state is "+up, func() bool {
		return strings.Contains(s.Get(t, "/metrics"), `disclosure_source_up{source="网站"} `+up+"\n")
	})
}

// TestMisbehavingServers collects from nine servers at once, each with a habit of its own.
func TestMisbehavingServers(t *testing.T) {
	t.Parallel()
	site := newBulletin(t, 12)
	begun := map[string]int{}
	once := func(path string, first, then http.HandlerFunc) { // each path is asked by one goroutine at a time
		site.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			if begun[path]++; begun[path] == 1 {
				first(w, r)
				return
			}
			then(w, r)
		})
	}
	page := func(w http.ResponseWriter, _ *http.Request) { site.show(w, 1) }
	once("/busy", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "1")
		out(http.StatusTooManyRequests)(w, r)
	}, page)
	once("/short", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100000")
		_, _ = w.Write([]byte("<li><a href=/x>"))
	}, page)
	site.HandleFunc("/down", out(http.StatusServiceUnavailable))
	site.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		site.show(w, 1)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	site.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) {
		turn, _ := strconv.Atoi(r.URL.Query().Get("turn"))
		http.Redirect(w, r, fmt.Sprint("/loop?turn=", (turn+1)%3), http.StatusFound)
	})
	site.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		zeros := make([]byte, 1<<20)
		for range 64 {
			_, _ = packed.Write(zeros)
		}
		_ = packed.Close()
	})
	count := func(says int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			number, _ := strconv.Atoi(r.URL.Query().Get("page"))
			fmt.Fprintf(w, "<p>%d</p>", says)
			site.show(w, min(max(number, 1), 3)) // the last page again and again
		}
	}
	site.HandleFunc("/many", count(1_000_000))
	site.HandleFunc("/few", count(2))
	site.HandleFunc("/json", func(w http.ResponseWriter, r *http.Request) {
		if start, _ := strconv.Atoi(r.URL.Query().Get("start")); start < 4 { // count says 1000
			rows(w, fmt.Sprint("党费公示", start), fmt.Sprint("党费公示", start+1))
			return
		}
		rows(w)
	})
	configuration := strings.Replace(loopback, "retries: 1", "retries: 1, timeout: 2s, max_body: 1000000", 1)
	for _, name := range []string{"busy", "short", "down", "slow", "loop", "bomb", "many", "few"} {
		address := "SITE/" + name
		if name == "many" || name == "few" {
			address += "?page={page}"
		}
		configuration += "  - {name: " + name + ", kind: web, covers: {items: A1}, url: '" + address + "', rows: li, fields: {title: a, url: a, unit: b, published_on: i}, fixed: {item: A1}, paging: {count: p}}\n"
	}
	configuration += "  - {name: api, kind: api, covers: {items: A1}, url: SITE/json, rows: .rows, fields: {title: .title}, fixed: {unit: T1, item: A1, published_on: '2026-04-05'}, paging: {style: offset, parameter: start}}\n"
	p := programtest.New(t)
	p.Configure(t, site.Server, configuration)
	told, _, status := p.Run(t, "collect", "--config", "yangguang.yaml")
	if status != 1 {
		t.Errorf("status %d, want 1", status)
	}
	for name, parts := range map[string][]string{
		"busy: ": {"read 10, new 10,"}, "short: ": {"read 10, new 10,"}, "many: ": {"read 30, new 30,"}, "few: ": {"read 30, new 30,"}, "api: ": {"read 4, new 4,"},
		"down: ": {"read 0,", "FAILED: ", "/down: the server answers 503 Service Unavailable"},
		"slow: ": {"read 0,", "FAILED: ", "/slow: the page has not come whole within 2s"},
		"loop: ": {"read 0,", "FAILED: ", "/loop: refused ", "the page redirects in a circle"},
		"bomb: ": {"read 0,", "FAILED: ", "/bomb: refused ", "the page has more than 1000000 bytes"},
	} {
		expectLine(t, told, name, parts...)
		if len(parts) == 1 && strings.Contains(lineOf(told, name), "FAILED") {
			t.Errorf("%s", lineOf(told, name))
		}
	}
}

// TestKilledOnlineCollection kills `collect` while it waits for page 7; what it began does not count, and the next one ends as
// one that was left alone.
func TestKilledOnlineCollection(t *testing.T) {
	t.Parallel()
	site := newBulletin(t, 12)
	answers := func(p programtest.Program) string {
		var kept []string
		for line := range strings.Lines(p.Export(t, "records")) {
			cells := strings.Split(line, ",")
			kept = append(kept, strings.Join(cells[:min(len(cells), 17)], ",")) // without the times
		}
		return strings.Join(kept, "\n") + p.Export(t, "obligations", "--as-of", "2026-06-01")
	}
	undisturbed := programtest.New(t)
	undisturbed.Configure(t, site.Server, loopback+website)
	undisturbed.Succeed(t, "collect", "--config", "yangguang.yaml")
	want := answers(undisturbed)
	if strings.Count(want, "党费公示第") < 120 {
		t.Fatalf("the undisturbed collection is incomplete:\n%s", want)
	}

	p := programtest.New(t)
	p.Configure(t, site.Server, loopback+website)
	waiting := make(chan struct{}, 9)
	site.put(7, func(_ http.ResponseWriter, r *http.Request) {
		waiting <- struct{}{}
		<-r.Context().Done()
	})
	command := p.Command(t, "collect", "--config", "yangguang.yaml")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	engine := programtest.EngineOf(t, command.Process.Pid)
	select {
	case <-waiting:
	case <-time.After(programtest.Patience):
		t.Fatal("page 7 is not asked for")
	}
	programtest.Send(t, command.Process.Pid, syscall.SIGKILL)
	if err := command.Wait(); err == nil {
		t.Error("a killed collection ended with status 0")
	}
	programtest.WaitUntil(t, "the engine has ended", func() bool { return !programtest.Alive(engine) })
	if records := p.Export(t, "records"); strings.Contains(records, "党费公示第") {
		t.Errorf("records of a collection that was killed count:\n%s", records)
	}
	expectStates(t, p, 2026, "T1 unverified", "T2 unverified", "V1 unverified", "V2 unverified")
	if sources := p.Export(t, "sources"); strings.Contains(lineOf(sources, "网站"), "success") {
		t.Errorf("a killed collection is successful:\n%s", sources)
	}
	site.put(7, nil)
	if summary := p.Succeed(t, "collect", "--config", "yangguang.yaml"); !strings.Contains(summary, "read 120, new 120, changed 0, unchanged 0, rejected 0") {
		t.Errorf("the next collection said %q", summary)
	}
	if got := answers(p); got != want {
		t.Errorf("afterwards:\n%s\nwithout the interruption:\n%s", got, want)
	}
	if again := p.Succeed(t, "collect", "--config", "yangguang.yaml"); !strings.Contains(again, "read 120, new 0, changed 0, unchanged 120") {
		t.Errorf("one more collection said %q", again)
	}
}
