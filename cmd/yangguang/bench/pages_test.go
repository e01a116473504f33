package bench

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// benchPage prints how many requests per second a page of the ranking is answered that nothing has changed for, beside a static file of the same
// size, both over HTTP by as many readers.
func benchPage(b *testing.B, site http.Handler) {
	b.Helper()
	const path = "/ranking/all"
	_, page := answer(b, site, path)
	file := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "page.html", time.Time{}, bytes.NewReader([]byte(page)))
	})
	rows := strings.Count(page, "<tr") - 1
	for _, coding := range []string{"", "gzip"} {
		pages, files := perSecond(b, site, path, coding), perSecond(b, file, path, coding)
		b.Logf("ranking page of %d rows and %.0f KB, asked for as %q: %.0f/s; a static file of the same size, never compressed, %.0f/s", rows, float64(len(page))/1000, coding, pages, files)
		b.ReportMetric(pages, "pages/s"+coding)
		b.ReportMetric(files, "files/s"+coding)
	}
}

// perSecond counts the answers of two seconds to four readers for each processor.
func perSecond(b *testing.B, handler http.Handler, path, coding string) float64 {
	b.Helper()
	server := httptest.NewServer(handler)
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100, DisableCompression: true}}
	defer client.CloseIdleConnections()
	var answered atomic.Int64
	var readers sync.WaitGroup
	begun := time.Now()
	for range 4 * runtime.GOMAXPROCS(0) {
		readers.Go(func() {
			for time.Since(begun) < 2*time.Second {
				request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, server.URL+path, nil)
				if err != nil {
					b.Error(err)
					return
				}
				request.Header.Set("Accept-Encoding", coding)
				response, err := client.Do(request)
				if err != nil {
					b.Error(err)
					return
				}
				if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != http.StatusOK {
					b.Errorf("status %d, %v", response.StatusCode, err)
				}
				_ = response.Body.Close()
				answered.Add(1)
			}
		})
	}
	readers.Wait()
	return float64(answered.Load()) / time.Since(begun).Seconds()
}
