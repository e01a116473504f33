package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/api"
	"yangguang/collector/fetch"
	"yangguang/collector/online/onlinetest"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
)

// linked is a list of three pages, each with the header Link to the next, and what of it was sent.
type linked struct {
	sent, unchanged int
}

func (l *linked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page := 1
	fmt.Sscan(r.FormValue("page"), &page)
	w.Header().Set("ETag", fmt.Sprintf(`"%d"`, page))
	w.Header().Set("Content-Type", "application/json")
	if r.Header.Get("If-None-Match") == w.Header().Get("ETag") {
		l.unchanged++ // and no word about what follows
		w.WriteHeader(http.StatusNotModified)
		return
	}
	l.sent++
	if page < 3 {
		w.Header().Set("Link", fmt.Sprintf(`<?page=%d>; rel="next"`, page+1))
	}
	fmt.Fprintf(w, `[{"id": "a%d", "at": 1782864000}, {"id": "b%d", "at": 1782864000}]`, page, page)
}

func TestUnchangedPagesOfALinkedListAreNotSentAgain(t *testing.T) {
	t.Setenv("TEST_API_KEY", "Bearer quiet")
	for name, more := range map[string]string{
		"open": "", "with a secret": "secret_headers: {Authorization: {env: TEST_API_KEY}}",
	} {
		t.Run(name, func(t *testing.T) {
			list := &linked{}
			server := httptest.NewServer(list)
			t.Cleanup(server.Close)
			store := querytest.Store(t)
			var config api.Config
			if err := yaml.Unmarshal([]byte(strings.ReplaceAll(`
name: list
kind: api
covers: all
url: SERVER/
fixed: {unit: 龙城镇, item: 党费收缴}
fields: {record_id: .id, title: .id, published_on: .at}
paging: {style: link}
`, "SERVER", server.URL)+more), &config); err != nil {
				t.Fatal(err)
			}
			fetcher := fetch.New(fetch.Options{Memory: records.Pages{Store: store.Store}})
			t.Cleanup(fetcher.Close)
			source, err := api.New(config, t.TempDir(), fetcher.For("list", fetch.Policy{AllowPrivate: true, IgnoreRobots: true, RatePerSecond: 1000}))
			if err != nil {
				t.Fatal(err)
			}
			options := onlinetest.Options()
			options.Store = store.Store
			type outcome struct {
				Sent, Unchanged            int
				Read, New, Same, Withdrawn uint64
				Bytes                      bool
				Pages                      uint64
			}
			for i, want := range []outcome{
				{Sent: 3, Read: 6, New: 6, Bytes: true, Pages: 3},
				{Sent: 3, Unchanged: 3, Read: 6, Same: 6, Pages: 3},
				{Sent: 3, Unchanged: 6, Read: 6, Same: 6, Pages: 3},
			} {
				options.Clock = func() time.Time { return time.Date(2026, 8, 1+i, 1, 0, 0, 0, time.UTC) }
				summary, err := collector.New(options).Collect(t.Context(), source, nil)
				if err != nil {
					t.Fatal(err)
				}
				got := outcome{list.sent, list.unchanged, summary.Read, summary.New, summary.Unchanged, summary.Withdrawn, summary.Bytes > 0, summary.Pages}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("collection %d (-want +got):\n%s", i+1, diff)
				}
			}
		})
	}
}
