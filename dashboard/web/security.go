package web

import (
	"fmt"
	"net/http"
	"strings"
)

// policy lets a page load scripts, styles and pictures of this host only, and nothing inline; its forms are sent to this host only.
// Who may show it within a page of his own follows.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"font-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "

// secured sets the headers that every answer carries. ancestors are the origins whose pages may show ours; none: nobody's.
func secured(ancestors []string, next http.Handler) http.Handler {
	within := "'none'"
	if len(ancestors) > 0 {
		within = strings.Join(ancestors, " ")
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy+within)
		header.Set("X-Content-Type-Options", "nosniff")
		if len(ancestors) == 0 {
			header.Set("X-Frame-Options", "DENY") // it knows no origins; browsers that know both go by the policy
		}
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// recovered turns a fault of ours into status 500 without a word of its inside; the log has it. A handler that aborts
// its connection on purpose goes on doing so.
func (s *server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if fault == http.ErrAbortHandler { //nolint:errorlint // the value itself, as net/http compares it
				panic(fault)
			}
			s.Logger.ErrorContext(r.Context(), "page broke", "path", r.URL.Path, "fault", strings.TrimSpace(fmt.Sprint(fault)))
			http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		}()
		next.ServeHTTP(w, r)
	})
}
