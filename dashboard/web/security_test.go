package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Nobody shows the pages in a frame but the origins that are configured; nothing else of the policy depends on them.
func TestFrameAncestors(t *testing.T) {
	policies := map[string]string{}
	for want, ancestors := range map[string][]string{"'none'": nil, "https://portal.example http://10.0.0.8:8081": {"https://portal.example", "http://10.0.0.8:8081"}} {
		answer := httptest.NewRecorder()
		secured(ancestors, http.NotFoundHandler()).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
		before, got, found := strings.Cut(answer.Header().Get("Content-Security-Policy"), "; frame-ancestors ")
		if !found || got != want {
			t.Errorf("frame-ancestors %s, want %s", got, want)
		}
		if framed := answer.Header().Get("X-Frame-Options"); (framed == "DENY") != (len(ancestors) == 0) {
			t.Errorf("with %v X-Frame-Options is %q", ancestors, framed)
		}
		policies[before] = want
	}
	if len(policies) != 1 {
		t.Errorf("the rest of the policy differs: %v", policies)
	}
}
