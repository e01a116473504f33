package tests

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
)

func testHealth(t *testing.T, handler http.Handler) {
	for address, want := range map[string]string{"/-/healthy": "healthy\n", "/-/ready": "ready\n", "/metrics": "# metrics\n"} {
		t.Run(address, func(t *testing.T) {
			if status, _, body := get(t, handler, address); status != http.StatusOK || body != want {
				t.Errorf("status %d, %q", status, body)
			}
		})
	}
}

func testNotReady(t *testing.T, store *ask.Asker, questions ask.Answerer) {
	handler := site(t, store, questions, func(o *page.Options) { o.Ready = func(context.Context) error { return errSecret } })
	if status, _, body := get(t, handler, "/-/ready"); status != http.StatusServiceUnavailable || body != "not ready\n" {
		t.Errorf("status %d, %q", status, body)
	}
	if status, _, _ := get(t, handler, "/-/healthy"); status != http.StatusOK {
		t.Errorf("healthy is %d while the database does not answer", status)
	}
}

func testCompression(t *testing.T, handler http.Handler) {
	for name, test := range map[string]struct{ address, accept, want string }{
		"page":           {"/", "gzip, deflate", "gzip"},
		"not wanted":     {"/", "gzip;q=0", ""},
		"not understood": {"/", "", ""},
		"CSV":            {"/export/ranking.csv", "gzip", "gzip"},
		"XLSX is packed": {"/export/ranking.xlsx", "gzip", ""},
	} {
		t.Run(name, func(t *testing.T) {
			request := httptest.NewRequest(http.MethodGet, test.address, nil)
			request.Header.Set("Accept-Encoding", test.accept)
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, request)
			if got := answer.Header().Get("Content-Encoding"); got != test.want {
				t.Fatalf("encoding %q, want %q", got, test.want)
			}
			if test.want == "" {
				return
			}
			reader, err := gzip.NewReader(answer.Body)
			if err != nil {
				t.Fatal(err)
			}
			if plain, err := io.ReadAll(reader); err != nil || len(plain) < 1000 {
				t.Errorf("%d bytes, %v", len(plain), err)
			}
		})
	}
}

func testStaticFiles(t *testing.T, handler http.Handler) {
	_, _, page := get(t, handler, "/")
	for _, found := range reference.FindAllStringSubmatch(page, -1) {
		if !strings.HasPrefix(found[1], "/static/") {
			continue
		}
		status, header, body := get(t, handler, found[1])
		if status != http.StatusOK || !strings.Contains(header.Get("Cache-Control"), "immutable") || len(body) == 0 {
			t.Errorf("%s: %d %v", found[1], status, header)
		}
	}
	request := httptest.NewRequest(http.MethodGet, regexp.MustCompile(`/static/vendor/echarts[^"]*`).FindString(page), nil)
	request.Header.Set("Accept-Encoding", "gzip")
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	if answer.Header().Get("Content-Encoding") != "gzip" || !bytes.HasPrefix(answer.Body.Bytes(), []byte{0x1f, 0x8b}) {
		t.Error("echarts is not sent compressed")
	}
}
