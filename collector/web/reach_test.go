package web_test

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRowsThatScriptsHold(t *testing.T) {
	const fixed = "fixed: {unit: O1, item: S3}\nurl: SITE/a/list.html\n"
	const read = "fields: {title: title, url: url, published_on: day}\n"
	for _, test := range []struct {
		name, configuration, page string
		want                      []string
	}{
		{
			"JSON in a script, read from what stands before it",
			"format: json\nextract: 'var list\\s*='\n" + read,
			`<html><script>var page=1; var list = [{"title":"甲","url":"1.html","day":"2026-07-01"},{"title":"乙 [2]","url":"/2.html","day":"26-07-02"}]; show(list[0]);</script>`,
			[]string{"2026-07-01 甲 /a/1.html", "2026-07-02 乙 [2] /2.html"},
		},
		{
			"what scripts write like JSON",
			"format: json\nextract: 'pageData:'\nrows: items\n" + read,
			`<script>load({pageData: { total: 0x2, items: [ // newest first
				{title: '甲 \'一\' \u7532', url: "/" + '1.html', day: new Date("2026-07-01T00:00:00+08:00"), hot: !0},
			], } })</script>`,
			nil, // !0 is no value: an error, see below
		},
		{
			"JSON in an attribute",
			"format: json\nextract: 'data-list=\"([^\"]*)\"'\n" + read,
			`<div data-list="[{&quot;title&quot;:&quot;甲 &amp;amp; 乙&quot;,&quot;url&quot;:&quot;/1.html&quot;,&quot;day&quot;:&quot;2026-07-01&quot;}]"></div>`,
			[]string{"2026-07-01 甲 & 乙 /1.html"},
		},
		{
			"JSON within JSON strings",
			"format: json\nrows: data.rows\nfields: {title: doc.title, url: doc.url, published_on: day}\n",
			`{"data":"{\"rows\":\"[{\\\"doc\\\":\\\"{\\\\\\\"title\\\\\\\":\\\\\\\"甲\\\\\\\",\\\\\\\"url\\\\\\\":\\\\\\\"/1.html\\\\\\\"}\\\",\\\"day\\\":\\\"2026-07-01\\\"}]\"}"}`,
			[]string{"2026-07-01 甲 /1.html"},
		},
		{
			"rows by regular expression, groups by name",
			"format: text\nrows: 'urls\\[i\\]=''(?P<url>.*?)'';headers\\[i\\]=\"(?P<head>.*?)\";year\\[i\\]=''(\\d+)'';month\\[i\\]=''(\\d+)'';day\\[i\\]=''(\\d+)'';'\n" +
				"fields: {title: [{select: head, match: 'title=''(.*?)'''}, head], url: url, published_on: {select: '0', match: \"year\\\\[i\\\\]='(\\\\d+)';month\\\\[i\\\\]='(\\\\d+)';day\\\\[i\\\\]='(\\\\d+)'\", as: '$1-$2-$3'}}\n",
			`<script language="javascript">i=0;urls[i]='/1.html';headers[i]="<a title='甲全'>甲…</a>";year[i]='2026';month[i]='7';day[i]='1';
			i++;urls[i]='2.html';headers[i]="<b>乙</b>&nbsp;二";year[i]='2026';month[i]='07';day[i]='02';</script>`,
			[]string{"2026-07-01 甲全 /1.html", "2026-07-02 乙 二 /a/2.html"},
		},
		{
			"records of jpage, escaped in a script",
			"rows: record\nfields: {title: {select: a, attr: title}, url: a, published_on: b}\n",
			`<html><body><script type="text/xml">&lt;datastore&gt;&lt;recordset&gt;&lt;record&gt;&lt;![CDATA[&lt;li&gt;&lt;a href="/1.html" title="甲"&gt;甲&lt;/a&gt;&lt;b&gt;2026-07-01&lt;/b&gt;&lt;/li&gt;]]&gt;&lt;/record&gt;&lt;/recordset&gt;&lt;/datastore&gt;</script></body></html>`,
			[]string{"2026-07-01 甲 /1.html"},
		},
		{
			"records of jpage, escaped in the page, without sections",
			"rows: record li\nfields: {title: a, url: a, published_on: b}\n",
			`<html><body><div id=hidden>&lt;recordset&gt;&lt;record&gt;&lt;li&gt;&lt;a href="/1.html"&gt;甲&lt;/a&gt;&lt;b&gt;2026-07-01&lt;/b&gt;&lt;/li&gt;&lt;/record&gt;&lt;record&gt;&lt;li&gt;&lt;a href="/2.html"&gt;乙&lt;/a&gt;&lt;b&gt;2026-07-02&lt;/b&gt;&lt;/li&gt;&lt;/record&gt;&lt;/recordset&gt;</div></body></html>`,
			[]string{"2026-07-01 甲 /1.html", "2026-07-02 乙 /2.html"},
		},
		{
			"sections whose name is written small",
			"rows: record\nfields: {title: a, url: a, published_on: b}\n",
			`<script type="text/xml"><recordset><record><![cdata[<a href="/1.html">甲</a><b>2026-07-01</b>]]></record></recordset></script>`,
			[]string{"2026-07-01 甲 /1.html"},
		},
		{
			"fragment that is a list of texts",
			"fragment: result\nrows: .item\nfields: {title: a, url: a, published_on: span}\n",
			`{"result":["<div class=item><a href=/1.html>甲<\/a><span>时间:2026-07-01<\/span><\/div>","<div class=item><a href=/2.html>乙<\/a><span>2026-07-02<\/span><\/div>"]}`,
			[]string{"2026-07-01 甲 /1.html", "2026-07-02 乙 /2.html"},
		},
		{
			"fragment of each element, rows of a table",
			"fragment: data.*.html\nrows: tr\nfields: {title: a, url: a, published_on: 'td:nth-child(2)'}\n",
			`{"data":[{"html":"<tr><td><a href=/1.html>甲<\/a><td>2026-07-01<\/tr>"},{},{"html":"<tr><td><a href=/2.html>乙<\/a><td>2026-07-02<\/tr>"}]}`,
			[]string{"2026-07-01 甲 /1.html", "2026-07-02 乙 /2.html"},
		},
		{
			"lists within the elements of a list",
			"format: json\nrows: groups.*.rows\n" + read,
			`{"groups":[{"rows":[{"title":"<em>甲<\/em>&amp;","url":"/1.html","day":"2026-07-01"}]},{"rows":null},{"rows":[{"title":"乙","url":"/2.html","day":1782921600000}]}]}`,
			[]string{"2026-07-01 甲& /1.html"},
		},
		{
			"a label that several dates follow, and days counted from today",
			"rows: li\nfields: {title: a, url: a, published_on: {select: p, label: 发布时间}, uploaded_on: i}\n",
			`<ul><li><a href=/1.html>甲</a><p>发布时间：2026-07-01 更新时间：2026-07-05</p><i>3天前</i></li></ul>`,
			[]string{"2026-07-01 2026-07-29 甲 /1.html"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := collect(t, fixed+test.configuration, pages{"/a/list.html": test.page})
			if test.want == nil {
				if got.err == nil || !strings.Contains(got.err.Error(), "extract: what it finds is not JSON, nor what scripts write like it") {
					t.Errorf("error %v", got.err)
				}
				return
			}
			if got.err != nil {
				t.Fatal(got.err)
			}
			if diff := cmp.Diff(test.want, got.lines()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSeveralListsInOneSource(t *testing.T) {
	list := func(name string) string {
		return `<ul><li><a href="/` + name + `.html">` + name + `</a><span>2026-07-01</span></li></ul>`
	}
	got := collect(t, `
url: ['SITE/a/list.html', 'SITE/b/list.html?day={today-7:yyyyMMdd}']
rows: li
fields: {title: a, url: a, published_on: span}
paging: {address: 'list_{page}.html'}
fixed: {unit: O1, item: S3}
`, pages{"/a/list.html": list("甲"), "/a/list_2.html": list("乙"), "/b/list.html?day=20260725": list("丙"), "/b/list_2.html": list("丁")})
	if got.err != nil {
		t.Fatal(got.err)
	}
	want := []string{"2026-07-01 甲 /%E7%94%B2.html", "2026-07-01 乙 /%E4%B9%99.html", "2026-07-01 丙 /%E4%B8%99.html", "2026-07-01 丁 /%E4%B8%81.html"}
	if diff := cmp.Diff(want, got.lines()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got.pages != 4 {
		t.Errorf("%d pages", got.pages)
	}
	got = collect(t, "url: [SITE/a/, SITE/b/]\nrows: li\nfields: {title: a}\nfixed: {unit: O1, item: S3}\n", pages{"/a/": list("甲")})
	if got.err == nil || !strings.Contains(got.err.Error(), "/b/: the site answers 404") || len(got.records) != 1 {
		t.Errorf("a list that is not there: %d records, error %v", len(got.records), got.err)
	}
}

// posted is a site that answers what is posted.
type posted map[string]string

func (p posted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer, ok := p[r.Method+" "+r.URL.RequestURI()+" "+string(body)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	_, _ = io.WriteString(w, answer)
}

func TestDetailsAskedForWithTheRowsValues(t *testing.T) {
	const rows = "rows: a[onclick]\nfixed: {unit: O1, item: S3}\nvalues: {id: {attr: onclick, match: \"show\\\\('(.*?)'\"}, kind: {attr: onclick, match: \"', (\\\\d+)\\\\)\"}}\n" +
		"fields: {title: '', record_id: {from: id}}\nurl: SITE/list\n"
	list := `<a onclick="show('7&quot;1', 3)">甲</a>`
	for name, test := range map[string]struct {
		detail string
		site   posted
	}{
		"a form": {
			"detail: {url: {value: 'SITE/detail'}, method: POST, form: {id: '{id}', kind: '{kind}'}, fields: {published_on: b}}",
			posted{"GET /list ": list, "POST /detail id=7%221&kind=3": "<b>2026-07-01</b>"},
		},
		"JSON": {
			`detail: {url: {value: 'SITE/detail'}, method: POST, body: '{"id":"{id}","kind":{kind},"title":"{title}"}', format: json, fields: {published_on: day}}`,
			posted{"GET /list ": list, `POST /detail {"id":"7\"1","kind":3,"title":"甲"}`: `{"day":"2026-07-01"}`},
		},
		"an address": {
			"detail: {url: {from: kind, as: 'SITE/detail/$0.html'}, fields: {published_on: b}}",
			posted{"GET /list ": list, "GET /detail/3.html ": "<b>2026-07-01</b>"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := collect(t, rows+test.detail, test.site)
			if got.err != nil || len(got.rejects) > 0 {
				t.Fatal(got.err, got.rejects)
			}
			if diff := cmp.Diff([]string{"2026-07-01 甲 "}, got.lines()); diff != "" || got.records[0].RecordID != `7"1` {
				t.Errorf("record_id %q (-want +got):\n%s", got.records[0].RecordID, diff)
			}
		})
	}
}

func TestPagesThatOnlyLeadOn(t *testing.T) {
	const configuration = "url: SITE/\nrows: li\nfields: {title: a, url: a, published_on: span}\nfixed: {unit: O1, item: S3}\n"
	list := `<meta http-equiv="refresh" content="600;url=/other.html"><ul><li><a href="1.html">甲</a><span>2026-07-01</span></li></ul>`
	for name, test := range map[string]struct {
		site pages
		want string // part of the error
	}{
		"at once":          {pages{"/": `<html><head><META HTTP-EQUIV="Refresh" CONTENT="0; URL='a/list.html'"></head></html>`, "/a/list.html": list}, ""},
		"two in a row":     {pages{"/": `<meta http-equiv=refresh content="1;url=/b.html">`, "/b.html": `<meta content="0;url=a/list.html" http-equiv=refresh>`, "/a/list.html": list}, ""},
		"only to itself":   {pages{"/": `<meta http-equiv=refresh content="0;url=/"><ul><li><a href="a/1.html">甲</a><span>2026-07-01</span></li></ul>`}, ""},
		"without scripts":  {pages{"/": `<noscript><meta http-equiv=refresh content="0;url=/no.html"></noscript><ul><li><a href="a/1.html">甲</a><span>2026-07-01</span></li></ul>`}, ""},
		"in a circle":      {pages{"/": `<meta http-equiv=refresh content="0;url=/b.html">`, "/b.html": `<meta http-equiv=refresh content="0;url=/">`}, "more than 5 pages lead on by meta refresh"},
		"to what is none":  {pages{"/": `<meta http-equiv=refresh content="0;url=javascript:go()">`}, "no row matches rows: li"},
		"to what is no li": {pages{"/": `<meta http-equiv=refresh content="0;url=/b.html">`, "/b.html": "<p>"}, "no row matches rows: li"},
	} {
		t.Run(name, func(t *testing.T) {
			got := collect(t, configuration, test.site)
			if test.want != "" {
				if got.err == nil || !strings.Contains(got.err.Error(), test.want) {
					t.Errorf("error %v, want one that says %q", got.err, test.want)
				}
				return
			}
			if diff := cmp.Diff([]string{"2026-07-01 甲 /a/1.html"}, got.lines()); diff != "" || got.err != nil {
				t.Errorf("error %v (-want +got):\n%s", got.err, diff)
			}
		})
	}
}

func TestEntranceSaysWhereTheListIs(t *testing.T) {
	const rows = "rows: li\nfields: {title: a, url: a, published_on: span}\nfixed: {unit: O1, item: S3}\n"
	list := func(name string) string {
		return `<ul><li><a href="/1.html">` + name + `</a><span>2026-07-01</span></li></ul>`
	}
	got := collect(t, "entrance: {url: SITE/, list: {select: iframe, attr: src}}\n"+rows, pages{"/": `<iframe src="in/list.html"></iframe>`, "/in/list.html": list("甲")})
	if diff := cmp.Diff([]string{"2026-07-01 甲 /1.html"}, got.lines()); diff != "" || got.err != nil {
		t.Errorf("frame: error %v (-want +got):\n%s", got.err, diff)
	}
	got = collect(t, "entrance: {url: SITE/, list: {select: 'script[querydata]', attr: querydata, match: \"'id':'(\\\\w+)'\", as: '/unit?id=$1&page={page}'}}\nfragment: html\n"+rows, pages{
		"/": `<script querydata="{'id':'ab1'}"></script>`, "/unit?id=ab1&page=1": `{"html":"<li><a href=/1.html>甲<\/a><span>2026-07-01<\/span><\/li>"}`,
		"/unit?id=ab1&page=2": `{"html":"<li><a href=/2.html>乙<\/a><span>2026-07-02<\/span><\/li>"}`,
	})
	if diff := cmp.Diff([]string{"2026-07-01 甲 /1.html", "2026-07-02 乙 /2.html"}, got.lines()); diff != "" || got.err != nil {
		t.Errorf("attribute: error %v (-want +got):\n%s", got.err, diff)
	}
	got = collect(t, "entrance: {url: SITE/, list: {select: iframe, attr: src}}\n"+rows, pages{"/": "<p>"})
	if got.err == nil || !strings.Contains(got.err.Error(), "entrance, "+got.address+"/: list: no address is found there") {
		t.Errorf("error %v", got.err)
	}
}

// steps is a site that answers, to a method and address, with a page and what the next request must bring along: a form's value, a header's or a parameter's.
type steps struct {
	list    func(page int) string
	state   string // that the next request must bring
	pages   int
	refused []string // requests without it
}

func (s *steps) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet && r.URL.Path == "/list.aspx" {
		s.state = "start+/="
		_, _ = io.WriteString(w, `<form><input name=__VIEWSTATE value="`+s.state+`"></form>`+s.list(1))
		return
	}
	if r.FormValue("__VIEWSTATE") != s.state || r.FormValue("__EVENTTARGET") != "pager" {
		s.refused = append(s.refused, r.FormValue("__VIEWSTATE"))
		http.Error(w, "expired", http.StatusInternalServerError)
		return
	}
	number, _ := strconv.Atoi(r.FormValue("__EVENTARGUMENT"))
	s.state = fmt.Sprintf("state of %d & more", number)
	_, _ = io.WriteString(w, `<form><input name=__VIEWSTATE value="`+s.state+`"></form>`+s.list(min(number, s.pages)))
}

func TestPagesThatEachSayWhatTheNextIsAskedWith(t *testing.T) {
	site := &steps{pages: 3, list: func(page int) string {
		return fmt.Sprintf(`<ul><li><a href="/%d.html">第%d页</a><span>2026-07-0%d</span></li></ul>`, page, page, page)
	}}
	got := collect(t, `
url: SITE/list.aspx
method: POST
form: {__VIEWSTATE: '{state}', __EVENTTARGET: pager, __EVENTARGUMENT: '{page}'}
entrance: {url: SITE/list.aspx, values: {state: {select: 'input[name=__VIEWSTATE]', attr: value}}}
rows: li
fields: {title: a, url: a, published_on: span}
fixed: {unit: O1, item: S3}
`, site)
	if got.err != nil || len(site.refused) > 0 {
		t.Fatalf("%v, refused %q", got.err, site.refused)
	}
	want := []string{"2026-07-01 第1页 /1.html", "2026-07-02 第2页 /2.html", "2026-07-03 第3页 /3.html"}
	if diff := cmp.Diff(want, got.lines()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTokensOfTheEntrance(t *testing.T) {
	const token = `a b"&\u4e2d中`
	const rows = "rows: li\nfields: {title: a, url: a}\nfixed: {unit: O1, item: S3}\nentrance: {url: SITE/in, values: {token: {meta: csrf}}}\n"
	for name, test := range map[string]struct {
		asked string
		seen  func(r *http.Request, body string) string
	}{
		"in an address": {"url: 'SITE/list?t={token}'\n", func(r *http.Request, _ string) string { return r.URL.Query().Get("t") }},
		"in a path":     {"url: 'SITE/list/{token}/1'\n", func(r *http.Request, _ string) string { return strings.Split(r.URL.Path, "/")[2] }},
		"in a form":     {"url: SITE/list\nmethod: POST\nform: {t: '{token}'}\n", func(r *http.Request, body string) string { form, _ := url.ParseQuery(body); return form.Get("t") }},
		"in JSON": {"url: SITE/list\nmethod: POST\nbody: '{\"t\":\"{token}\",\"n\":{\"m\":1}}'\n", func(_ *http.Request, body string) string {
			var sent struct{ T string }
			_ = json.Unmarshal([]byte(body), &sent)
			return sent.T
		}},
	} {
		t.Run(name, func(t *testing.T) {
			seen := ""
			got := collect(t, test.asked+rows, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/in" {
					_, _ = io.WriteString(w, `<meta charset=utf-8><meta name=csrf content="`+html.EscapeString(token)+`">`)
					return
				}
				body, _ := io.ReadAll(r.Body)
				seen = test.seen(r, string(body))
				_, _ = io.WriteString(w, `<meta charset=utf-8><li><a href=/1>甲</a>`)
			}))
			if got.err != nil || seen != token || len(got.records) != 1 {
				t.Errorf("%d records, asked with %q, want %q; error %v", len(got.records), seen, token, got.err)
			}
		})
	}
	got := collect(t, "headers: {X-CSRF: '{token}'}\nurl: SITE/list\n"+rows, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, map[bool]string{true: "<meta name=csrf content=k7>", false: "<li><a href=/1>" + r.Header.Get("X-CSRF") + "</a>"}[r.URL.Path == "/in"])
	}))
	if got.err != nil || len(got.records) != 1 || got.records[0].Title != "k7" {
		t.Errorf("in a header: %+v, %v", got.records, got.err)
	}
	got = collect(t, "url: 'SITE/list?t={token}'\n"+rows, pages{"/in": "<p>"})
	if got.err == nil || !strings.Contains(got.err.Error(), "entrance, "+got.address+"/in: values: token: nothing is found there; correct where it stands") {
		t.Errorf("no token: %v", got.err)
	}
}
