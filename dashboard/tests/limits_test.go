package tests

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
)

// from asks as a client of the given address.
func from(handler http.Handler, client, forwarded, address string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodGet, address, nil)
	request.RemoteAddr = client
	if forwarded != "" {
		request.Header.Set("X-Forwarded-For", forwarded)
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	return answer
}

// styleSheet finds where a page's style sheet is.
var styleSheet = regexp.MustCompile(`/static/style[^"]*`)

// testLimits lets one request a minute of a client be computed: what is remembered and what is instant is answered all the same.
func testLimits(t *testing.T, store *ask.Asker, remembered ask.Answerer) {
	_, _, overview := get(t, site(t, store, remembered), "/")
	limited := func(forwarded bool) http.Handler {
		return site(t, store, remembered, func(o *page.Options) { o.Limits = page.Limits{PerMinute: 1, AtOnce: 4, Forwarded: forwarded} })
	}
	direct, proxied := limited(false), limited(true)
	const computed = "/proof/台账/nobody" // asks the database, and there is nothing
	for i, step := range []struct {
		handler                    http.Handler
		client, forwarded, address string
		status                     int
	}{
		{direct, "192.0.2.1:1", "", computed, http.StatusNotFound},
		{direct, "192.0.2.1:2", "", computed, http.StatusTooManyRequests},
		{direct, "192.0.2.1:2", "198.51.100.7", computed + "?lang=en", http.StatusTooManyRequests}, // it says itself that it is another
		{direct, "192.0.2.1:2", "", "/export/summary.csv", http.StatusTooManyRequests},
		{direct, "192.0.2.1:2", "", "/", http.StatusOK},
		{direct, "192.0.2.1:2", "", "/metrics", http.StatusOK},
		{direct, "192.0.2.1:2", "", "/-/ready", http.StatusOK},
		{direct, "192.0.2.1:2", "", styleSheet.FindString(overview), http.StatusOK},
		{direct, "192.0.2.2:1", "", "/export/summary.csv", http.StatusOK},
		{direct, "[2001:db8::1]:1", "", computed, http.StatusNotFound},
		{direct, "[2001:db8::ffff:2]:1", "", computed, http.StatusTooManyRequests},
		{direct, "[2001:db8:0:1::2]:1", "", computed, http.StatusNotFound},
		{direct, "", "", computed, http.StatusNotFound}, // the program itself, which opens the first pages so that no reader need wait
		{direct, "", "", computed, http.StatusNotFound},
		{direct, "127.0.0.1:1", "198.51.100.9", computed, http.StatusNotFound},
		{direct, "127.0.0.1:1", "198.51.100.8", computed, http.StatusNotFound},
		{proxied, "203.0.113.1:1", "192.0.2.1", computed, http.StatusNotFound},
		{proxied, "203.0.113.1:1", "203.0.113.9, 192.0.2.1", computed, http.StatusTooManyRequests},
		{proxied, "203.0.113.1:1", "192.0.2.2", computed, http.StatusNotFound},
	} {
		answer := from(step.handler, step.client, step.forwarded, step.address)
		if answer.Code != step.status {
			t.Errorf("step %d, %s for %s: status %d, want %d", i, step.address, step.client, answer.Code, step.status)
		}
		if step.status != http.StatusTooManyRequests {
			continue
		}
		want := "请求过于频繁"
		if strings.Contains(step.address, "lang=en") {
			want = "Too many requests"
		}
		if after := answer.Header().Get("Retry-After"); after == "" || after == "0" || !strings.Contains(answer.Body.String(), want) {
			t.Errorf("step %d: Retry-After %q\n%s", i, after, answer.Body)
		}
		checkPolicy(t, answer.Header(), answer.Body.String())
	}
}

// testBusy lets one export be computed at a time, while another is under way.
func testBusy(t *testing.T, store *ask.Asker, remembered ask.Answerer) {
	begun, end := make(chan struct{}), make(chan struct{})
	handler := site(t, store, remembered, func(o *page.Options) {
		o.Limits = page.Limits{AtOnce: 1, Wait: time.Millisecond}
		o.Export = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { begun <- struct{}{}; <-end })
	})
	ended := make(chan struct{})
	go func() { defer close(ended); from(handler, "192.0.2.1:1", "", "/export/ranking.csv") }()
	<-begun
	status, header, page := get(t, handler, "/export/ranking.csv?lang=en")
	if status != http.StatusServiceUnavailable || header.Get("Retry-After") != "1" || !strings.Contains(page, "<h1>Busy</h1>") {
		t.Errorf("status %d, %v\n%s", status, header, page)
	}
	if status, _, _ := get(t, handler, "/proof/台账/nobody"); status != http.StatusNotFound {
		t.Errorf("a page while an export is under way: status %d", status)
	}
	close(end)
	<-ended
}

// testStalledReader gives up a reader who asks for an export without end and reads nothing of it.
func testStalledReader(t *testing.T, store *ask.Asker, remembered ask.Answerer) {
	broke := make(chan error, 1)
	server := httptest.NewServer(site(t, store, remembered, func(o *page.Options) {
		o.Stall = 20 * time.Millisecond
		o.Export = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			var err error
			for err == nil {
				_, err = w.Write(make([]byte, 1<<16))
			}
			broke <- err
		})
	}))
	defer server.Close()
	reader, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if _, err := io.WriteString(reader, "GET /export/ranking.csv HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-broke:
		var late net.Error
		if late, _ = err.(net.Error); late == nil || !late.Timeout() {
			t.Errorf("the answer broke off by %v", err)
		}
	case <-t.Context().Done():
	}
}

// everyRoute is an address of everything that is served and what it answers, mistakes too.
func everyRoute(overview, pack string) map[string]int {
	routes := map[string]int{
		"/-/healthy": http.StatusOK, "/-/ready": http.StatusOK, "/metrics": http.StatusOK, "/static/nothing": http.StatusNotFound,
		"/export/ranking.csv": http.StatusOK, "/export/ranking.xlsx": http.StatusOK, "/export/ranking.json": http.StatusOK, "/export/nothing.csv": http.StatusNotFound,
		"/export/ranking.csv?from=x": http.StatusBadRequest, websiteProof + "/content": http.StatusOK, "/nothing": http.StatusNotFound, "/?from=x": http.StatusBadRequest,
	}
	for _, file := range []string{"meeting.html", "meeting.xlsx", "pack.zip", "manifest.json", "ranking-towns.csv"} {
		routes[pack+file] = http.StatusOK
	}
	routes[styleSheet.FindString(overview)] = http.StatusOK
	for _, page := range visitedPages("zh") {
		routes[page] = http.StatusOK
	}
	return routes
}

// checkSecured holds everything that is served to the headers that keep other sites out.
func checkSecured(t *testing.T, handler http.Handler, pack string) {
	t.Helper()
	_, _, overview := get(t, handler, "/")
	for address, want := range everyRoute(overview, pack) {
		status, header, body := get(t, handler, address)
		if status != want {
			t.Errorf("%s: status %d, want %d\n%.300s", address, status, want, body)
		}
		for name, value := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Permissions-Policy": "camera=()",
		} {
			if got := header.Get(name); !strings.Contains(got, value) {
				t.Errorf("%s: %s is %q", address, name, got)
			}
		}
		if policy := header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %s", address, policy)
		}
		if header.Get("Content-Type") == "" || header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %v", address, fmt.Sprint(header))
		}
	}
}
