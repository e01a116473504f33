package collector_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/api"
	"yangguang/collector/online/onlinetest"
	"yangguang/collector/record"
	"yangguang/collector/web"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
)

// bulletin is a site with a list of three rows a page, newest first, as pages and as JSON. It is out of order at some pages.
type bulletin struct {
	*httptest.Server
	lock   sync.Mutex // guards the following
	titles []string
	broken map[int]bool
	asked  []int
}

func newBulletin(t *testing.T, rows int) *bulletin {
	b := &bulletin{broken: map[int]bool{}}
	for i := rows; i > 0; i-- {
		b.titles = append(b.titles, fmt.Sprintf("第%02d批", i))
	}
	b.Server = httptest.NewServer(b)
	t.Cleanup(b.Close)
	return b
}

func (b *bulletin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.lock.Lock()
	defer b.lock.Unlock()
	number, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || number < 1 {
		http.Error(w, "page", http.StatusBadRequest)
		return
	}
	b.asked = append(b.asked, number)
	if b.broken[number] {
		http.Error(w, "out of order", http.StatusInternalServerError)
		return
	}
	from, to := min(3*number-3, len(b.titles)), min(3*number, len(b.titles))
	if strings.HasPrefix(r.URL.Path, "/json") {
		rows := []map[string]string{}
		for _, title := range b.titles[from:to] {
			rows = append(rows, map[string]string{"title": title, "day": "2026-06-01"})
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"rows": rows})
		return
	}
	if from == to {
		http.NotFound(w, r)
		return
	}
	for _, title := range b.titles[from:to] {
		fmt.Fprintf(w, `<li><a href="/%s">%s</a> <i>2026-06-01</i></li>`, title, title)
	}
}

// pages are those that were asked for since the last call.
func (b *bulletin) pages() []int {
	b.lock.Lock()
	defer b.lock.Unlock()
	asked := b.asked
	b.asked = nil
	return asked
}

// change changes the site.
func (b *bulletin) change(titles []string, broken ...int) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.titles, b.broken = titles, map[int]bool{}
	for _, page := range broken {
		b.broken[page] = true
	}
}

// sources read a bulletin by its pages and by its JSON; more are further lines of the configuration's paging.
func (b *bulletin) sources(t *testing.T, more string) map[string]collector.Source {
	t.Helper()
	const shared = "covers: all\nfixed: {unit: T1, item: G2}\n"
	var list web.Config
	var data api.Config
	for text, into := range map[string]any{
		"name: list\nkind: web\n" + shared + "url: " + b.URL + "/html?page={page}\nrows: li\nfields: {title: a, url: a, published_on: i}\n" +
			"paging: {max: 50" + more + "}\n": &list,
		"name: data\nkind: api\n" + shared + "url: " + b.URL + "/json\nrows: .rows\nfields: {title: .title, published_on: .day}\n" +
			"paging: {style: page, parameter: page" + more + "}\n": &data,
	} {
		if err := yaml.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	network := onlinetest.Network{Client: b.Client()}
	pages, err := web.New(list, network)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := api.New(data, t.TempDir(), network)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]collector.Source{"web": pages, "api": rows}
}

// reader collects a source of a bulletin, on a day that the test sets.
type reader struct {
	t      *testing.T
	site   *bulletin
	source collector.Source
	store  *ask.Asker
	now    time.Time
}

// read collects once and compares the pages that were asked for and what came of it, "N new" or the error's beginning.
func (r *reader) read(what string, pages []int, outcome string) {
	r.t.Helper()
	r.now = r.now.Add(time.Minute)
	summary, err := collector.Collect(r.t.Context(), collector.Options{
		Store: r.store.Store, Clock: func() time.Time { return r.now },
		Resolver: record.NewResolver(model.Registry{
			Units: []model.Unit{{ID: "T1", Name: "龙城镇", Tier: "town"}}, Items: []model.Item{{ID: "G2", Name: "发展党员", Cadence: "event"}},
		}),
	}, r.source, nil)
	got := fmt.Sprintf("%d new", summary.New)
	if err != nil {
		got += ", " + summary.Outcome
	}
	if diff := cmp.Diff(pages, r.site.pages()); diff != "" {
		r.t.Errorf("%s: pages asked for (-want +got):\n%s", what, diff)
	}
	if got != outcome {
		r.t.Errorf("%s: %s (%v), want %s", what, got, err, outcome)
	}
}

func upTo(from, to int) (pages []int) {
	for page := from; page <= to; page++ {
		pages = append(pages, page)
	}
	return pages
}

// eachKind runs a test for each kind of source that reads lists of several pages.
func eachKind(t *testing.T, rows int, paging string, test func(r *reader)) {
	for _, kind := range []string{"web", "api"} {
		t.Run(kind, func(t *testing.T) {
			site := newBulletin(t, rows)
			test(&reader{
				t: t, site: site, source: site.sources(t, paging)[kind], store: querytest.Store(t), now: time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC),
			})
		})
	}
}

func TestCollectionGoesOnWhereTheLastFailed(t *testing.T) {
	eachKind(t, 36, "", func(r *reader) {
		titles := r.site.titles
		r.site.change(titles, 7)
		r.read("page 7 of 12 fails", upTo(1, 7), "18 new, failed")

		titles = append([]string{"第37批"}, titles...) // what stood on page 6 stands in part on page 7 now
		r.site.change(titles, 9)
		r.read("goes on with a page of overlap, behind what is new, and fails at page 9", slices.Concat(upTo(1, 2), upTo(6, 9)), "6 new, failed")

		r.site.change(titles)
		r.read("goes on again", slices.Concat([]int{1}, upTo(8, 14)), "13 new")
		r.read("starts over after a success", upTo(1, 14), "0 new")

		r.now = r.now.AddDate(0, 0, 3)
		r.site.change(slices.Insert(slices.Clone(titles), 16, "补发")) // on page 6
		r.read("another day", upTo(1, 14), "1 new")
		var unseen time.Time
		if err := r.store.Conn().QueryRow(r.t.Context(), "SELECT assumeNotNull(unseen_on) FROM record_versions WHERE title = '补发'").Scan(&unseen); err != nil {
			r.t.Fatal(err)
		}
		if want := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC); !unseen.Equal(want) {
			r.t.Errorf("a row that was not there on 1 July has unseen_on %v", unseen)
		}
	})
}

func TestPartsOfTwoCollectionsReachAsDeepAsOne(t *testing.T) {
	eachKind(t, 12, "", func(r *reader) {
		titles := r.site.titles
		r.site.change(titles, 3)
		r.read("page 3 of 4 fails", upTo(1, 3), "6 new, failed")
		r.site.change(titles)
		r.read("the rest", []int{1, 2, 3, 4, 5}, "6 new") // the page behind the first is that of the bookmark
		r.now = r.now.AddDate(0, 0, 3)
		r.site.change(slices.Insert(slices.Clone(titles), 10, "补发"))
		r.read("a row has come at the end", upTo(1, 6), "1 new")
		var unseen int64
		if err := r.store.Conn().QueryRow(r.t.Context(), "SELECT toInt64(count()) FROM record_versions WHERE title = '补发' AND unseen_on = '2026-07-01'").Scan(&unseen); err != nil || unseen != 1 {
			r.t.Errorf("row 11 was not there when both parts had been read on 1 July: %d %v", unseen, err)
		}
	})
}

func TestFailedCollectionIsBegunAnew(t *testing.T) {
	eachKind(t, 12, "", func(r *reader) {
		titles := r.site.titles
		r.site.change(titles, 3)
		r.read("page 3 fails", upTo(1, 3), "6 new, failed")
		r.now = r.now.AddDate(0, 0, 1)
		r.read("on another day all is read again", upTo(1, 3), "0 new, failed")
		r.site.change(titles, 2)
		r.read("the page to go on with is gone too", upTo(1, 2), "0 new, failed")
		r.site.change(titles)
		r.read("so the next starts over", upTo(1, 5), "6 new")
	})
}

func TestReadingOnlyWhatIsNew(t *testing.T) {
	eachKind(t, 12, ", stop_at_known: true", func(r *reader) {
		titles := r.site.titles
		r.read("everything is new", upTo(1, 5), "12 new")
		r.read("nothing is", []int{1}, "0 new")
		titles = append([]string{"甲", "乙", "丙", "丁"}, titles...)
		r.site.change(titles)
		r.read("two pages have something new", upTo(1, 3), "4 new")
		titles = append([]string{"戊", "己", "庚", "辛", "壬", "癸"}, titles...)
		r.site.change(titles, 2)
		r.read("a page with something new fails", upTo(1, 2), "3 new, failed")
		r.now = r.now.AddDate(0, 0, 1)
		r.site.change(titles)
		r.read("what lies below is read down to the newest row of the last look, although the first page is known", upTo(1, 3), "3 new")
		r.read("nothing is new again", []int{1}, "0 new")
	})
}
