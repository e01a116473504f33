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
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/attachment/attachmenttest"
	"yangguang/collector/fetch"
	"yangguang/collector/online"
	links "yangguang/collector/patrol"
	"yangguang/queries/patrol"
	"yangguang/queries/querytest"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

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
	fetcher := fetch.New(fetch.Options{})
	defer fetcher.Close()
	look := func() (found []string) {
		t.Helper()
		keeper, err := NewKeeper(ctx, store.Store)
		if err != nil {
			t.Fatal(err)
		}
		_, err = links.Visit(ctx, links.Options{
			Network: func(string, bool) online.Network {
				return fetcher.For("patrol", fetch.Policy{RatePerSecond: 10_000, Concurrency: 4, Timeout: time.Minute, Retries: -1, AllowPrivate: true, Afresh: true})
			},
			Reachable: []string{server.URL + "/"}, Sink: keeper.Seen,
			Note: func(_ context.Context, checks []patrol.Check) error {
				return patrol.NoteLooks(ctx, store.Store, time.Now(), patrol.Rules{Again: time.Hour, Zone: time.UTC}, checks)
			},
		}, []patrol.Target{{URL: url, Records: []patrol.Record{{Source: "web", RecordID: "r1", Version: 1, UnitID: "V1", ItemID: "G1", Title: title}}, HostOpened: true}})
		if closing := keeper.Close(ctx); err != nil || closing != nil {
			t.Fatal(err, closing)
		}
		if _, err := Run(ctx, Options{Store: store.Store, Zone: time.UTC, Now: time.Now()}); err != nil {
			t.Fatal(err)
		}
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
