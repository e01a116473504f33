package sources

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// bulletin is a site on the loopback with a list of pages of ten rows, newest first, and whatever else a test adds.
type bulletin struct {
	*httptest.Server
	*http.ServeMux
	pages int

	lock    sync.Mutex // guards the following
	asked   []int
	instead map[int]http.HandlerFunc // of a page
}

const rowsOfPage = 10

func newBulletin(t *testing.T, pages int) *bulletin {
	b := &bulletin{ServeMux: http.NewServeMux(), pages: pages, instead: map[int]http.HandlerFunc{}}
	b.HandleFunc("/list", b.list)
	b.Server = httptest.NewServer(b)
	t.Cleanup(b.Close)
	return b
}

// list shows a page. 东镇 stands on every page, 西镇 only on the ninth.
func (b *bulletin) list(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil {
		http.Error(w, "page", http.StatusBadRequest)
		return
	}
	b.lock.Lock()
	b.asked = append(b.asked, number)
	instead := b.instead[number]
	b.lock.Unlock()
	switch {
	case instead != nil:
		instead(w, r)
	case number > b.pages:
		http.NotFound(w, r)
	default:
		b.show(w, number)
	}
}

func (b *bulletin) show(w http.ResponseWriter, number int) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	for row := range rowsOfPage {
		unit := "东镇"
		if number == 9 && row == 0 {
			unit = "西镇"
		}
		fmt.Fprintf(w, `<li><a href="/d/%d-%d.html">党费公示第%d-%d号</a><b>%s</b><i>2026-04-0%d</i></li>`, number, row, number, row, unit, 1+row%9)
	}
}

// put replaces a page; nil puts it back.
func (b *bulletin) put(number int, handler http.HandlerFunc) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.instead[number] = handler
}

// out is a page that answers with a status.
func out(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "out of order", status) }
}

// rows answers an interface: its rows have a title.
func rows(w http.ResponseWriter, titles ...string) {
	list := []map[string]string{}
	for _, title := range titles {
		list = append(list, map[string]string{"title": title})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"count": 1000, "rows": list})
}

// loopback is a configuration that may ask the loopback, quickly.
const loopback = `timezone: Asia/Shanghai
clickhouse: {data_dir: data}
registry: {units: units.csv, catalogue: catalogue.csv}
network: {allow_private: true, robots: false, rate_per_second: 1000, concurrency: 8, retries: 1}
sources:
`

// website is the source that reads the list of a bulletin.
const website = "  - {name: 网站, kind: web, covers: {items: A1}, url: 'SITE/list?page={page}', rows: li, fields: {title: a, url: a, unit: b, published_on: i}, fixed: {item: A1}}\n"

// lineOf is the line of a text that begins so.
func lineOf(text, beginning string) string {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, beginning) {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

// expectLine checks that a text has a line that begins so and has all parts.
func expectLine(t *testing.T, text, beginning string, parts ...string) {
	t.Helper()
	line := lineOf(text, beginning)
	for _, part := range parts {
		if !strings.Contains(line, part) {
			t.Errorf("the line of %s is %q, want %q in it; all of it:\n%s", beginning, line, part, text)
		}
	}
}
