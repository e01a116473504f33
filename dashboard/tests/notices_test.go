package tests

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
)

// testNotices holds every page to saying what must be known of the program's own state, what is unverified first, and the address for everyone
// to what is for everyone.
func testNotices(t *testing.T, store *ask.Asker, remembered *ask.Cached) {
	const said, unverified = "数据加载失败", "截至 2026-10-20 09:30 的结果"
	notices := func(o *page.Options) {
		o.Notices = func() []page.Notice {
			return []page.Notice{
				{Message: "notice.incomplete"},
				{Message: "notice.last_good", Values: []any{"Instant", time.Date(2026, 10, 20, 1, 30, 0, 0, time.UTC)}, Unverified: true, Public: true},
			}
		}
	}
	for name, test := range map[string]struct {
		handler     http.Handler
		wants, nots []string
	}{
		"all":          {site(t, store, remembered, notices), []string{said, unverified, `class="notices"><li class="unverified"`}, nil},
		"for everyone": {site(t, store, remembered.ForSocietyAt(clock), notices, func(o *page.Options) { o.Society, o.Packs, o.Metrics = true, nil, nil }), []string{unverified}, []string{said}},
		"none":         {site(t, store, remembered), nil, []string{said, unverified, `class="notices"`}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, address := range []string{"/", "/sources", "/methodology", "/nothing"} {
				_, _, page := get(t, test.handler, address)
				for _, want := range test.wants {
					if !strings.Contains(page, want) {
						t.Errorf("%s lacks %q", address, want)
					}
				}
				for _, not := range test.nots {
					if strings.Contains(page, not) {
						t.Errorf("%s has %q", address, not)
					}
				}
			}
		})
	}
}
