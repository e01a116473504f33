package collector_test

import (
	"fmt"
	"hash/fnv"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/fetch"
	"yangguang/collector/online/onlinetest"
	"yangguang/collector/web"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
)

const (
	longPages = 200
	rowsAPage = 50
	padding   = 128 << 10 // bytes of script and style that a page carries, as those of real sites do
)

// longList is a site with a list of 10,000 rows. Its pages can be asked for conditionally: the even ones by ETag, the others
// by Last-Modified.
type longList struct {
	lock   sync.Mutex // guards the following
	titles map[int]string
	bodies int // sent
	spared int // answered that nothing has changed
	live   map[int]uint64
}

func (l *longList) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.lock.Lock()
	defer l.lock.Unlock()
	number, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || number < 1 || number > longPages {
		http.NotFound(w, r)
		return
	}
	if number == 20 || number == longPages {
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		l.live[number] = stats.HeapAlloc
	}
	var page strings.Builder
	for row := range rowsAPage {
		fmt.Fprintf(&page, `<li><a href="/d/%d-%d.html">%s第%d-%d号</a><i>2026-0%d-1%d</i></li>`, number, row, l.titles[number], number, row, 1+number%7, row%10)
	}
	page.WriteString("<script>" + strings.Repeat("/* menu */", padding/10) + "</script>")
	if number%2 == 0 {
		sum := fnv.New64a()
		_, _ = sum.Write([]byte(page.String()))
		w.Header().Set("ETag", fmt.Sprintf(`"%x"`, sum.Sum64()))
	}
	changed := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(len(l.titles[number])) * time.Hour)
	if number%2 == 0 {
		changed = time.Time{}
	}
	sent := &statusOf{ResponseWriter: w}
	http.ServeContent(sent, r, "list.html", changed, strings.NewReader(page.String()))
	if sent.status == http.StatusNotModified {
		l.spared++
	} else {
		l.bodies++
	}
}

// forget counts again, and returns what was counted.
func (l *longList) forget() (bodies, spared int) {
	l.lock.Lock()
	defer l.lock.Unlock()
	bodies, spared = l.bodies, l.spared
	l.bodies, l.spared = 0, 0
	return bodies, spared
}

// statusOf remembers the status of an answer.
type statusOf struct {
	http.ResponseWriter
	status int
}

func (s *statusOf) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

// TestLongList collects 10,000 rows from 200 pages: what is kept in memory does not grow with the pages, and the second time no page
// is sent but the two that have changed.
func TestLongList(t *testing.T) {
	site := &longList{titles: map[int]string{}, live: map[int]uint64{}}
	server := httptest.NewServer(site)
	defer server.Close()
	options := onlinetest.Options()
	options.Store, options.Batch = querytest.Store(t).Store, 500
	now := options.Clock()
	options.Clock = func() time.Time { return now }
	var config web.Config
	if err := yaml.Unmarshal([]byte("{name: list, covers: all, fixed: {unit: T1, item: G2}, url: '"+server.URL+"/?page={page}', rows: li, fields: {title: a, url: a, published_on: i}}"), &config); err != nil {
		t.Fatal(err)
	}
	collect := func(what string, read, added, changed uint64, bodies, spared int) {
		t.Helper()
		// A fetcher of its own: what is remembered of pages stands in the database alone, as after a restart.
		fetcher := fetch.New(fetch.Options{Memory: records.Pages{Store: options.Store}})
		defer fetcher.Close()
		source, err := web.New(config, fetcher.For("list", fetch.Policy{RatePerSecond: 1e6, AllowPrivate: true, IgnoreRobots: true}))
		if err != nil {
			t.Fatal(err)
		}
		site.forget()
		summary, err := collector.Collect(t.Context(), options, source, nil)
		if err != nil || summary.Read != read || summary.New != added || summary.Changed != changed || summary.Rejected != 0 || summary.Pages != longPages {
			t.Errorf("%s: %+v, %v; want %d read, %d new and %d changed", what, summary, err, read, added, changed)
		}
		if sent, not := site.forget(); sent != bodies || not != spared {
			t.Errorf("%s: %d pages were sent and %d not, want %d and %d", what, sent, not, bodies, spared)
		}
		now = now.AddDate(0, 0, 1)
	}
	collect("first", longPages*rowsAPage, longPages*rowsAPage, 0, longPages, 0)
	early, late := site.live[20], site.live[longPages]
	t.Logf("%d bytes were live at page 20, %d at page %d; %d bytes had come between", early, late, longPages, (longPages-20)*padding)
	if late > early+(longPages-20)*padding/4 { // some thousand rows wait to be inserted together
		t.Errorf("%d bytes are live at page %d, %d were at page 20", late, longPages, early)
	}
	collect("second", longPages*rowsAPage, 0, 0, 0, longPages)
	site.titles[17], site.titles[18] = "更正", "更正"
	collect("two pages changed", longPages*rowsAPage, 0, 2*rowsAPage, 2, longPages-2) // other titles at the same addresses
}
