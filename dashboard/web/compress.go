package web

import (
	"compress/gzip"
	"net/http"
	"strings"
	"sync"
)

// compressed sends text with gzip to whoever takes it. /metrics, which does so itself, and static files, which are
// compressed once at the start, are left alone; so is what carries its own encoding or is packed already (XLSX).
func compressed(next http.Handler) http.Handler {
	spare := &sync.Pool{New: func() any { return gzip.NewWriter(nil) }}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		own := r.URL.Path == "/metrics" || strings.HasPrefix(r.URL.Path, "/static/")
		if own || r.Method == http.MethodHead || !takesGzip(r) {
			next.ServeHTTP(w, r)
			return
		}
		writer := &gzipWriter{ResponseWriter: w, spare: spare}
		next.ServeHTTP(writer, r)
		writer.close() // not deferred: an aborted export must not look complete
	})
}

func takesGzip(r *http.Request) bool {
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(coding), ";")
		if name == "gzip" && strings.Trim(strings.TrimSpace(weight), "0.") != "q=" {
			return true
		}
	}
	return false
}

// gzipWriter decides at the first byte, when the content type is known.
type gzipWriter struct {
	http.ResponseWriter
	spare   *sync.Pool // of *gzip.Writer
	gzip    *gzip.Writer
	decided bool
}

func (g *gzipWriter) WriteHeader(status int) {
	if g.decided {
		g.ResponseWriter.WriteHeader(status)
		return
	}
	g.decided = true
	header := g.Header()
	header.Add("Vary", "Accept-Encoding")
	if header.Get("Content-Encoding") == "" && isText(header.Get("Content-Type")) && status != http.StatusNoContent && status != http.StatusNotModified {
		header.Set("Content-Encoding", "gzip")
		header.Del("Content-Length")
		g.gzip, _ = g.spare.Get().(*gzip.Writer)
		g.gzip.Reset(g.ResponseWriter)
	}
	g.ResponseWriter.WriteHeader(status)
}

func (g *gzipWriter) Write(content []byte) (int, error) {
	if !g.decided {
		g.WriteHeader(http.StatusOK)
	}
	if g.gzip == nil {
		return g.ResponseWriter.Write(content)
	}
	return g.gzip.Write(content)
}

// Unwrap lets http.ResponseController reach the connection.
func (g *gzipWriter) Unwrap() http.ResponseWriter { return g.ResponseWriter }

func (g *gzipWriter) close() {
	if g.gzip == nil {
		return
	}
	_ = g.gzip.Close() // the reader is gone: nothing is left to tell it
	g.gzip.Reset(nil)
	g.spare.Put(g.gzip)
}

func isText(contentType string) bool {
	return strings.HasPrefix(contentType, "text/") || strings.HasPrefix(contentType, "application/json")
}
