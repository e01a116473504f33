package web_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// watched is a site that remembers what was asked for.
type watched struct {
	site  http.Handler
	lock  sync.Mutex // guards asked
	asked []string
}

func (w *watched) ServeHTTP(answer http.ResponseWriter, r *http.Request) {
	w.lock.Lock()
	w.asked = append(w.asked, r.URL.RequestURI())
	w.lock.Unlock()
	w.site.ServeHTTP(answer, r)
}

func TestDetailPages(t *testing.T) {
	site := &watched{site: pages{
		"/": `<ul><li><a href=1.html>甲</a><i>2026-07-01</i></li><li><a href=2.html>乙</a></li><li><a href=3.html>丙</a></li>
			<li><a href="https://mp.weixin.qq.com/s/x">丁</a></li><li><a href=4.pdf>戊</a></li><li><a href=5.html>己</a></li><li><a href=6.html>庚</a></li></ul>`,
		"/2.html": `<head><meta name=PubDate content="2026-07-02 09:00"></head><p>正文</p>`,
		"/3.html": `<div class=info><span>索引号：3</span><span>发布日期：2026年7月3日</span></div>`,
		"/6.html": "500",
	}}
	got := collect(t, `
fixed: {unit: O1, item: S3}
url: SITE/
rows: li
fields: {title: a, url: a, published_on: i}
detail:
  fields:
    published_on: [{meta: PubDate}, {select: .info span, label: 发布日期}]
    title: h1
`, site)
	want := []string{"2026-07-01 甲 /1.html", "2026-07-02 乙 /2.html", "2026-07-03 丙 /3.html", "2026-08-01? 丁 https://mp.weixin.qq.com/s/x", "2026-08-01? 戊 /4.pdf"}
	if diff := cmp.Diff(want, got.lines()); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	slices.Sort(site.asked)
	if diff := cmp.Diff([]string{"/", "/2.html", "/3.html", "/5.html", "/6.html"}, site.asked); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	if len(got.rejects) != 1 || !strings.Contains(got.rejects[0].Reason, "/5.html: the site answers 404 Not Found; a missing field stands there") {
		t.Errorf("rejects: %v", got.rejects)
	}
	if got.err == nil || !strings.Contains(got.err.Error(), "/6.html: the site answers 500") {
		t.Errorf("error: %v", got.err)
	}
}

func TestDetailOfJSON(t *testing.T) {
	got := collect(t, `
fixed: {unit: O1, item: S3}
url: SITE/page=1.json
format: json
rows: data.rows
fields: {title: docTitle, url: {select: docId, as: 'view.html?id=$0'}}
detail:
  url: {select: docId, as: 'data_docId=$0.json'}
  format: json
  fields: {published_on: data.publishDate}
`, pages{
		"/page=1.json":       `{"data":{"rows":[{"docTitle":"甲","docId":7}]}}`,
		"/data_docId=7.json": `{"data":{"publishDate":"2026-07-01 08:00:00"}}`,
	})
	if diff := cmp.Diff([]string{"2026-07-01 甲 /view.html?id=7"}, got.lines()); diff != "" || got.err != nil {
		t.Errorf("%v (-want +got):\n%s", got.err, diff)
	}
}

func TestLabelsAfterSpacesOfAnyWidth(t *testing.T) {
	got := collect(t, `
fixed: {unit: O1, item: S3}
url: SITE/
rows: li
fields: {title: a, url: a}
detail: {fields: {published_on: {select: .info, label: 发布时间}}}
`, pages{
		"/":       `<ul><li><a href=1.html>甲</a></li><li><a href=2.html>乙</a></li></ul>`,
		"/1.html": `<div class=info>来源：公安局　发布时间：2026-07-01 08:00　浏览次数：1</div>`,
		"/2.html": `<div class=info>来源：公安局&nbsp;&nbsp;发布 时间：2026年07月02日&nbsp;浏览：<span></span></div>`,
	})
	want := []string{"2026-07-01 甲 /1.html", "2026-07-02 乙 /2.html"}
	if diff := cmp.Diff(want, got.lines()); diff != "" || got.err != nil {
		t.Errorf("records (-want +got):\n%s\n%v", diff, got.err)
	}
}

func TestADayWithoutAYearAndWithoutADayOfUploadingIsAReject(t *testing.T) {
	got := collect(t, `
fixed: {unit: O1, item: S3}
url: SITE/
rows: li
fields: {title: a, url: a, published_on: i}
upload_day: '/t(\d{8})_'
`, pages{"/": `<ul><li><a href=t20260703_1.html>甲</a><i>[06-30]</i></li><li><a href=2.html>乙</a><i>[06-30]</i></li></ul>`})
	if diff := cmp.Diff([]string{"2026-06-30 2026-07-03 甲 /t20260703_1.html"}, got.lines()); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	want := `published_on: "[06-30]" has no year, and upload_day finds no day of uploading in the row's address to take it from; write upload_day, or take published_on from the detail page`
	if len(got.rejects) != 1 || got.rejects[0].Reason != want {
		t.Errorf("rejects %v, expected one: %s", got.rejects, want)
	}
}

func TestWhatTheTitleSaysIsNotLookedUp(t *testing.T) {
	site := &watched{site: pages{
		"/": `<ul><li><a href=1.html>沙河区公安局2026年6月三公经费</a><i>2026-07-01</i></li><li><a href=2.html>2026年6月三公经费</a><i>2026-07-02</i></li>
			<li><a href=3.html>沙河区公安局2026年6月…</a><i>2026-07-03</i></li></ul>`,
		"/2.html": `<head><meta name=ArticleTitle content="2026年6月三公经费"></head><div class=info>来源：区财政局&nbsp; 发布时间：2026-07-02</div>`,
		"/3.html": `<head><meta name=ArticleTitle content="沙河区公安局2026年6月三公经费"></head><div class=info>来源：网站</div>`,
	}}
	got := collect(t, `
url: SITE/
rows: li
fields: {title: {select: a, match: '^.*[^….]$'}, url: a, published_on: i}
titles: [{match: ['^{unit}{period}三公经费', '^{period}三公经费'], item: S1}]
detail: {fields: {title: {meta: ArticleTitle}, unit: {select: .info, match: '来源：(\S+)'}}}
`, site)
	var units []string
	for _, r := range got.records {
		units = append(units, r.UnitID+" "+r.Title)
	}
	want := []string{"O1 沙河区公安局2026年6月三公经费", "O2 2026年6月三公经费", "O1 沙河区公安局2026年6月三公经费"}
	if diff := cmp.Diff(want, units); diff != "" || got.err != nil || len(got.rejects) > 0 {
		t.Errorf("records (-want +got):\n%s\n%v %v", diff, got.err, got.rejects)
	}
	slices.Sort(site.asked)
	if diff := cmp.Diff([]string{"/", "/2.html", "/3.html"}, site.asked); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
}
