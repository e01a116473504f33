package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/online/onlinetest"
)

// wandering is a server whose pages are bytes: how many rows a page has, which rows, and which page it says comes next.
type wandering struct {
	pages []byte
	asked []string
}

const mostAsked = 40 // pages; the configurations read no more

func (s *wandering) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked = append(s.asked, r.URL.RawQuery)
	number, err := strconv.Atoi(r.URL.Query().Get("at"))
	if err != nil || number < 0 {
		number = 0
	}
	rows, next := s.page(number)
	answer := map[string]any{"count": 1 << 30, "rows": rows}
	if next != "" {
		answer["next"] = next
		w.Header().Set("Link", "</?at="+next+`>; rel="next"`)
	}
	_ = json.NewEncoder(w).Encode(answer)
}

// page: the low three bits of its byte are its rows, the next three which rows these are, the last two what it says is next.
func (s *wandering) page(number int) (rows []string, next string) {
	rows = []string{}
	if number >= len(s.pages) {
		return rows, ""
	}
	says := s.pages[number]
	for i := range int(says & 7) {
		rows = append(rows, fmt.Sprintf("第%d号", int(says>>3&7)*10+i))
	}
	switch says >> 6 {
	case 1:
		next = strconv.Itoa(number + 1)
	case 2:
		next = strconv.Itoa(number / 2)
	case 3:
		next = strconv.Itoa(number + 2)
	}
	return rows, next
}

// FuzzPaging walks any list, in which counts, cursors and links lie: it ends, no page is asked for twice, and by number all
// rows come until a page is empty or one that was there before.
func FuzzPaging(f *testing.F) {
	for _, seed := range []string{"\x43\x4b\x53", "\x43\x4b\x4b", "\x43\x80\x42", "\xc1\xc9\xd1\x40", "\x41\x82\x81", ""} {
		f.Add([]byte(seed))
	}
	site := &wandering{}
	server := httptest.NewServer(site)
	f.Cleanup(server.Close)
	const shared = "{name: s, covers: all, may_be_empty: true, url: SERVER/, rows: .rows, fixed: {unit: T1, item: G2, published_on: '2026-07-01'}, fields: {title: .}, paging: "
	styles := map[string]string{
		"page": "{style: page, parameter: at, first: 0, max: 40}", "offset": "{style: offset, parameter: at, max: 40}",
		"cursor": "{style: cursor, parameter: at, next: .next, max: 40}", "link": "{style: link, max: 40}",
	}
	f.Fuzz(func(t *testing.T, pages []byte) {
		site.pages = pages[:min(len(pages), 2*mostAsked)]
		for style, paging := range styles {
			site.asked = nil
			source, err := source(t, server, shared+paging+"}")
			if err != nil {
				t.Fatal(err)
			}
			tried, err := onlinetest.Tried(t, source)
			if len(site.asked) > mostAsked {
				t.Errorf("%s: %d pages were asked for", style, len(site.asked))
			}
			asked := slices.Sorted(slices.Values(site.asked))
			if again := slices.Compact(slices.Clone(asked)); len(again) < len(asked) {
				t.Errorf("%s: asked twice: %v", style, site.asked)
			}
			if style != "page" {
				continue
			}
			if err != nil {
				t.Errorf("page: %v", err)
			}
			var got []string
			for _, row := range tried {
				got = append(got, row.Record.Title)
			}
			if diff := cmp.Diff(site.until(), got); diff != "" {
				t.Errorf("page: rows (-want +got):\n%s", diff)
			}
		}
	})
}

// until are the rows of the pages before the first that is empty or like one before it.
func (s *wandering) until() (titles []string) {
	seen := map[string]bool{}
	for number := range mostAsked {
		rows, _ := s.page(number)
		if key := fmt.Sprint(rows); len(rows) == 0 || seen[key] {
			return titles
		} else {
			seen[key] = true
		}
		titles = append(titles, rows...)
	}
	return titles
}
