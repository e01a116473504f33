package texts

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/attachment/attachmenttest"
	"yangguang/collector/fetch"
	"yangguang/collector/online"
	links "yangguang/collector/patrol"
	"yangguang/queries/ask"
	"yangguang/queries/patrol"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

// An attachment that several pages link is visited once in a round, and what is found in it is found for each record; two pages that link one file are no
// copies of each other, and neither is a page that the next period's has replaced.
func TestAttachmentOfSeveralPages(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	if _, _, err := registry.Save(ctx, store.Store, querytest.SampleLoad()); err != nil {
		t.Fatal(err)
	}
	said := "现将党费收缴情况公示如下：应交党费党员 47 人，实交党费党员 45 人，收缴党费 1382.50 元，上缴上级党委 460.80 元，支出 312.40 元，结余 609.30 元，时间为7月14日。"
	shared := attachmenttest.DOCX(t, said+"联系电话见名册，户主张三 13812345678")
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/shared.docx":
			asked.Add(1)
			w.Header().Set("Content-Type", "application/octet-stream")
			_, _ = w.Write(shared)
		case "/standing.html":
			fmt.Fprintf(w, "<h1>党费收缴情况公示</h1><p>%s欢迎党员群众监督，公示期五天，如有异议，请向镇纪委反映。</p>", said)
		case "/1.html", "/2.html", "/3.html":
			fmt.Fprintf(w, `<h1>公示%s</h1><p>现将本季度党费收缴情况公示如下，详见<a href="/shared.docx">附件</a>。`, r.URL.Path)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	var versions []records.RecordVersion
	var targets []patrol.Target
	for n, of := range []struct{ unit, page, period string }{
		{"V1", "/1.html", "2026Q2"}, {"V1", "/2.html", "2026Q3"}, {"T1", "/3.html", "2026Q2"}, {"V1", "/standing.html", "2026Q2"}, {"V1", "/standing.html", "2026Q3"}, {"T1", "/standing.html", "2026Q3"},
	} {
		end := map[string]time.Time{"2026Q2": querytest.Day(2026, 6, 30), "2026Q3": querytest.Day(2026, 9, 30)}[of.period]
		version := records.RecordVersion{
			RecordID: fmt.Sprint("r", n), UnitID: of.unit, ItemID: "G1", Title: fmt.Sprint("公示", of.page), Period: of.period, PeriodFrom: end.AddDate(0, -3, 1), PeriodTo: end,
			PublishedOn: end.AddDate(0, 0, 8+n), URL: server.URL + of.page, Hash: uint64(n) + 1,
		}
		versions = append(versions, version)
		record := patrol.Record{Source: "web", RecordID: version.RecordID, Version: 1, UnitID: of.unit, ItemID: "G1", Title: version.Title, PublishedOn: version.PublishedOn}
		if last := len(targets) - 1; last >= 0 && targets[last].URL == version.URL {
			targets[last].Records = append(targets[last].Records, record)
			continue
		}
		targets = append(targets, patrol.Target{URL: version.URL, Records: []patrol.Record{record}, HostOpened: true})
	}
	for n := range 400 { // what a few of very many state alike is not alike by chance
		versions = append(versions, records.RecordVersion{
			RecordID: fmt.Sprint("other", n), UnitID: "V1", ItemID: "G1", Title: "公示", PublishedOn: querytest.Day(2026, 7, 1), Hash: uint64(1000 + n),
		})
	}
	querytest.Collect(t, store, "web", time.Now().AddDate(0, 0, -2), versions, nil, nil, nil)
	var checks []patrol.Check
	for range 2 {
		checks = append(checks, visitAndRead(t, store, server.URL, targets)...)
	}
	var found []string
	standing, err := patrol.Standing(ctx, store.Store, kinds()...)
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range standing {
		found = append(found, fmt.Sprint(finding.RecordID, " ", strings.TrimPrefix(finding.Place, server.URL), " ", finding.Kind))
	}
	slices.Sort(found)
	if diff := cmp.Diff([]string{"r0 /shared.docx mobile", "r1 /shared.docx mobile", "r2 /shared.docx mobile"}, found); diff != "" {
		t.Error(diff)
	}
	if asked.Load() != 2 {
		t.Errorf("the attachment was asked for %d times in two rounds", asked.Load())
	}
	opened := map[string]int{}
	for _, check := range checks {
		if check.ParentURL != "" && check.Outcome == patrol.Opens {
			opened[check.Record.RecordID]++
		}
	}
	if diff := cmp.Diff(map[string]int{"r0": 2, "r1": 2, "r2": 2}, opened); diff != "" {
		t.Error(diff)
	}
}

// visitAndRead is one round of addresses, of which our own network's state is told by a host, and one of texts.
func visitAndRead(t *testing.T, store *ask.Asker, host string, targets []patrol.Target) (noted []patrol.Check) {
	t.Helper()
	ctx := t.Context()
	fetcher := fetch.New(fetch.Options{})
	defer fetcher.Close()
	keeper, err := NewKeeper(ctx, store.Store)
	if err != nil {
		t.Fatal(err)
	}
	_, err = links.Visit(ctx, links.Options{
		Network: func(string, bool) online.Network {
			return fetcher.For("patrol", fetch.Policy{RatePerSecond: 10_000, Concurrency: 4, Timeout: time.Minute, Retries: -1, AllowPrivate: true, Afresh: true})
		},
		Reachable: []string{host + "/"}, Sink: keeper.Seen,
		Note: func(_ context.Context, checks []patrol.Check) error {
			noted = append(noted, checks...)
			return patrol.NoteLooks(ctx, store.Store, time.Now(), patrol.Rules{Again: time.Hour, Zone: time.UTC}, checks)
		},
	}, targets)
	if closing := keeper.Close(ctx); err != nil || closing != nil {
		t.Fatal(err, closing)
	}
	if _, err := Run(ctx, Options{Store: store.Store, Zone: time.UTC, Now: time.Now()}); err != nil {
		t.Fatal(err)
	}
	return noted
}

// Attachments are seen on their pages, read and found fault with; what is gone, or not linked any more, is mended, and found again when it is back.
func TestVisitedAttachments(t *testing.T) {
	store, ctx := querytest.Store(t), t.Context()
	if _, _, err := registry.Save(ctx, store.Store, querytest.SampleLoad()); err != nil {
		t.Fatal(err)
	}
	private := attachmenttest.DOCX(t, "户主张三 13812345678")
	files := map[string][]byte{
		"/fine.docx": attachmenttest.DOCX(t, "收缴党费 300 元"), "/private.docx": private, "/left.docx": private, "/cut.docx": private[:len(private)-100], "/nothing.xlsx": {},
		"/locked.docx": attachmenttest.Old("EncryptedPackage"), "/old.doc": attachmenttest.Old("WordDocument"), "/wrong.docx": attachmenttest.PDF("党费"), "/blank.xlsx": attachmenttest.XLSX(t),
	}
	title := "孟庙镇第三季度党费收缴情况公示"
	linked := slices.Sorted(maps.Keys(files))
	var lock sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lock.Lock()
		defer lock.Unlock()
		if body, is := files[r.URL.Path]; is {
			w.Header().Set("Content-Type", "application/octet-stream")
			_, _ = w.Write(body)
			return
		}
		if r.URL.Path != "/page.html" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<h1>%s</h1><p>现将本季度党费收缴情况公示如下，详见附件。", title)
		for _, path := range linked {
			fmt.Fprintf(w, `<a href="%s">附件</a>`, path)
		}
	}))
	defer server.Close()
	url := server.URL + "/page.html"
	querytest.Collect(t, store, "web", time.Now().AddDate(0, 0, -2), []records.RecordVersion{
		{RecordID: "r1", UnitID: "V1", ItemID: "G1", Title: title, PublishedOn: querytest.Day(2026, 10, 8), URL: url, Hash: 1},
	}, nil, nil, nil)
	look := func() (found []string) {
		t.Helper()
		visitAndRead(t, store, server.URL, []patrol.Target{
			{URL: url, Records: []patrol.Record{{Source: "web", RecordID: "r1", Version: 1, UnitID: "V1", ItemID: "G1", Title: title}}, HostOpened: true},
		})
		standing, err := patrol.Standing(ctx, store.Store, kinds()...)
		if err != nil {
			t.Fatal(err)
		}
		for _, finding := range standing {
			found = append(found, strings.TrimPrefix(finding.Place, server.URL)+" "+finding.Kind)
		}
		slices.Sort(found)
		return found
	}
	want := []string{
		"/blank.xlsx attachment_empty", "/cut.docx attachment_broken", "/left.docx mobile", "/locked.docx attachment_broken", "/nothing.xlsx attachment_broken", "/private.docx mobile",
		"/wrong.docx attachment_broken",
	}
	if diff := cmp.Diff(want, look()); diff != "" {
		t.Fatal(diff)
	}
	lock.Lock()
	delete(files, "/private.docx")
	linked = slices.DeleteFunc(linked, func(path string) bool { return path == "/left.docx" })
	lock.Unlock()
	less := slices.DeleteFunc(slices.Clone(want), func(one string) bool { return strings.HasSuffix(one, "mobile") })
	if diff := cmp.Diff(less, look()); diff != "" {
		t.Error(diff)
	}
	lock.Lock()
	files["/private.docx"], linked = private, append(linked, "/left.docx")
	lock.Unlock()
	if diff := cmp.Diff(want, look()); diff != "" {
		t.Error(diff)
	}
}
