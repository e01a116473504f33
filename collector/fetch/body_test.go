package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"yangguang/collector/online"
)

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var into bytes.Buffer
	packer := gzip.NewWriter(&into)
	if _, err := io.WriteString(packer, text); err != nil {
		t.Fatal(err)
	}
	if err := packer.Close(); err != nil {
		t.Fatal(err)
	}
	return into.Bytes()
}

func TestBodies(t *testing.T) {
	bomb, nothing, page := packed(t, strings.Repeat("0", 1<<20)), packed(t, ""), packed(t, "page")
	url, network, _ := local(t, Policy{IgnoreRobots: true, MaxBody: 1000, Retries: -1}, func(w http.ResponseWriter, r *http.Request) {
		if coding := r.Header.Get("Accept-Encoding"); coding != "gzip, deflate" {
			t.Errorf("asked for %q", coding)
		}
		switch r.URL.Path {
		case "/exact":
			fmt.Fprint(w, strings.Repeat("x", 1000))
			return
		case "/large":
			fmt.Fprint(w, strings.Repeat("x", 1001))
			return
		case "/long":
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "short")
			return
		case "/strange":
			w.Header().Set("Content-Encoding", "br")
			fmt.Fprint(w, "?")
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		switch r.URL.Path {
		case "/packed":
			_, _ = w.Write(page)
		case "/bomb":
			_, _ = w.Write(bomb)
		case "/cut":
			_, _ = w.Write(page[:len(page)-4])
		case "/plain":
			fmt.Fprint(w, "<!doctype html>")
		case "/endless": // unpacks to nothing, for as long as one reads
			for r.Context().Err() == nil {
				if _, err := w.Write(nothing); err != nil {
					return
				}
			}
		}
	})
	for path, want := range map[string]struct {
		bytes   int64
		text    string
		problem string
	}{
		"/exact":   {1000, strings.Repeat("x", 1000), ""},
		"/packed":  {int64(len(page)), "page", ""},
		"/empty":   {0, "", ""},
		"/large":   {0, "", "the page has more than 1000 bytes (network.max_body)"},
		"/bomb":    {0, "", "the page has more than 1000 bytes"},
		"/endless": {0, "", "the page has more than 1000 bytes"},
		"/long":    {0, "", "the page has not come whole: unexpected EOF"},
		"/cut":     {0, "", "the page has not come whole: unexpected EOF"},
		"/plain":   {15, "<!doctype html>", ""},
		"/strange": {0, "", `packed as "br", which was not asked for`},
	} {
		answer, err := network.Fetch(t.Context(), online.Request{URL: url + path, Header: http.Header{"Accept-Encoding": {"gzip, deflate, br"}}})
		switch {
		case want.problem != "":
			if err == nil || !strings.Contains(err.Error(), want.problem) {
				t.Errorf("%s: %v; want %s", path, err, want.problem)
			}
		case err != nil || string(answer.Body) != want.text || answer.Bytes != want.bytes:
			t.Errorf("%s: %q, %d bytes, %v", path, answer.Body, answer.Bytes, err)
		}
	}
}

// TestTooShortContentLength: what is behind the announced length and looks like an answer is neither taken for a part of the page nor for the
// answer to the next request.
func TestTooShortContentLength(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	given := make(chan struct{}) // up, by the client
	go func() {
		defer close(given)
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			received := bufio.NewReader(connection)
			if _, err := http.ReadRequest(received); err == nil {
				_, _ = io.WriteString(connection, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npageHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nforged")
			}
			_, _ = received.ReadByte() // nothing more is asked over this connection
			connection.Close()
			given <- struct{}{}
		}
	}()
	defer listener.Close()
	fetcher, _ := loopback(t, nil)
	network := fetcher.For("source", Policy{IgnoreRobots: true, AllowPrivate: true})
	for range 3 {
		answer, err := network.Fetch(t.Context(), online.Request{URL: "http://" + listener.Addr().String()})
		if err != nil || string(answer.Body) != "page" {
			t.Errorf("%q, %v", answer.Body, err)
		}
		<-given
	}
	listener.Close()
	<-given
}

func TestSlowPageRunsOutOfTime(t *testing.T) {
	for name, begin := range map[string]func(http.ResponseWriter){
		"nothing comes": func(http.ResponseWriter) {},
		"it begins and stops": func(w http.ResponseWriter) {
			fmt.Fprint(w, "first part")
			_ = http.NewResponseController(w).Flush()
		},
	} {
		t.Run(name, func(t *testing.T) {
			url, network, clock := local(t, Policy{IgnoreRobots: true, Timeout: 20 * time.Millisecond, Retries: 1}, func(w http.ResponseWriter, r *http.Request) {
				begin(w)
				<-r.Context().Done()
			})
			_, err := network.Fetch(t.Context(), online.Request{URL: url})
			if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "has not come whole within 20ms (network.timeout)") {
				t.Error(err)
			}
			if len(clock.slept) == 0 || clock.slept[0] < 500*time.Millisecond {
				t.Errorf("waited %v before asking again", clock.slept)
			}
		})
	}
}
