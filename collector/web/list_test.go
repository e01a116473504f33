package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// trs is a list of the shape that TRS sites have: groups of rows, a day in the address other than the one shown, one title
// several times, an item of the navigation, and a template row at the end.
const trs = `<html><head><meta charset="utf-8"><meta name="ColumnName" content="工作进展"></head><body>
<ul><li><a href="../../" title="首页">首页</a></li></ul>
<div class="list_base list_base_date_01"><div><ul>
<li><a href="./202608/t20260812_7.htm" title="2026年1-7月沙河区财政局三公经费统计表">2026年1-7月沙河区财政局三公经费…</a><em></em><span>2026-08-01</span></li>
<li><a href="./202608/t20260805_6.htm" title="沙河区公安局1月至7月三公经费统计表">沙河区公安局1月至7月…</a><em></em><span>2026-08-05</span></li>
</ul><ul>
<li><a href="../../zw/202607/t20260710_5.htm" title="区公安局2026年第二季度网吧  抽查情况">区公安局…</a><em></em><span>2026-07-10</span></li>
<li><a href="./202604/t20260402_4.htm" title="区公安局抽查计划表 (2026）">区公安局抽查计划表</a><em></em><span>2026-03-01</span></li>
<li><a href="./202604/t20260402_3.htm" title="区公安局抽查计划表 (2026）">区公安局抽查计划表</a><em></em><span>2026-03-01</span></li>
<li><a href="./202601/t20260104_2.htm" title="沙河区公按局2025年12月三公经费">沙河区公按局</a><em></em><span>2026-01-04</span></li>
<li><a href="./202601/t20260103_1.htm" title="沙河区关于公安局抽查工作的说明">说明</a><em></em><span>2026-01-03</span></li>
</ul></div><ul ms-if="list.length>0">
<li ms-repeat="list"><a ms-attr-href="el.url" ms-text="el.title"></a><em></em><span ms-text="el.time" class="bf-pass"></span></li>
</ul></div></body></html>`

const trsConfiguration = `
url: SITE/zwgk/jz/
rows: .list_base li
only: a[href]
fields: {title: {select: a, attr: title}, url: a, published_on: span}
upload_day: '/t(\d{8})_'
channel: 网站
titles:
  - match: ['^{period}(?P<unit>.+?)三公经费', '^(?P<unit>\D+?){period}三公经费']
    item: S1
  - match: ['^(?P<unit>.+?局){period}.*抽查情况', '^(?P<unit>.+?局)抽查计划表 ?[(（]{period}[)）]']
    item: 抽查情况
`

func TestListWithUploadDaysAndTitles(t *testing.T) {
	got := collect(t, trsConfiguration, pages{"/zwgk/jz/": trs})
	if got.err != nil {
		t.Fatal(got.err)
	}
	var rows []string
	ids := map[string]bool{}
	for i, r := range got.records {
		ids[r.RecordID] = true
		rows = append(rows, strings.Join([]string{r.UnitID, r.ItemID, r.PeriodFrom.Format(time.DateOnly), r.PeriodTo.Format(time.DateOnly), r.Channel, got.lines()[i]}, " "))
	}
	want := []string{
		"O2 S1 2026-01-01 2026-07-31 website 2026-08-01 2026-08-12 2026年1-7月沙河区财政局三公经费统计表 /zwgk/jz/202608/t20260812_7.htm",
		"O1 S1 2026-01-01 2026-07-31 website 2026-08-05 2026-08-05 沙河区公安局1月至7月三公经费统计表 /zwgk/jz/202608/t20260805_6.htm",
		"O1 S2 2026-04-01 2026-06-30 website 2026-07-10 2026-07-10 区公安局2026年第二季度网吧 抽查情况 /zw/202607/t20260710_5.htm",
		"O1 S2 2026-01-01 2026-12-31 website 2026-03-01 2026-04-02 区公安局抽查计划表 (2026） /zwgk/jz/202604/t20260402_4.htm",
		"O1 S2 2026-01-01 2026-12-31 website 2026-03-01 2026-04-02 区公安局抽查计划表 (2026） /zwgk/jz/202604/t20260402_3.htm",
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	if len(ids) != len(want) {
		t.Errorf("%d ids for %d records; a title that comes again at another address is another record", len(ids), len(want))
	}
	var reasons []string
	for _, reject := range got.rejects {
		reasons = append(reasons, strings.TrimPrefix(reject.Place, got.address)+" "+reject.Reason)
	}
	wantReasons := []string{
		`/zwgk/jz/202601/t20260104_2.htm unit: "沙河区公按局" is not a unit of the registry; write its id, name or alias; the nearest names are O1 沙河区公安局, O2 沙河区财政局`,
		`/zwgk/jz/202601/t20260103_1.htm title: "沙河区关于公安局抽查工作的说明" matches none of the title rules; add a rule, or correct one; the nearest units are O1 沙河区公安局; the nearest items are S2 抽查情况`,
	}
	if diff := cmp.Diff(wantReasons, reasons); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"left out: the row has nothing at only: a[href]"}, got.leftOut); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	if !strings.Contains(got.rejects[0].Content, "t20260104_2.htm") {
		t.Errorf("content of the reject: %s", got.rejects[0].Content)
	}
}

func TestWaysToFindFields(t *testing.T) {
	const fixed = "fixed: {unit: O1, item: S3}\nurl: SITE/a/b/list.html\n"
	for _, test := range []struct {
		name, configuration, page string
		want                      []string
	}{
		{
			"text of elements, separators left out by :not",
			"rows: '.list li:not(.line)'\nfields: {title: h4 a, url: h4 a, published_on: .date}",
			`<ul class=list><li><h4><a href="./1.html">甲</a></h4><span class=date>2026-07-01</span></li><li class=line></li><li><h4><a href="https://other.cn/2">乙</a></h4><span class=date>2026年7月2日</span></li></ul>`,
			[]string{"2026-07-01 甲 /a/b/1.html", "2026-07-02 乙 https://other.cn/2"},
		},
		{
			"attribute prefix, text after the link, addresses from the root and of the scheme",
			`rows: '[class^="conList"] li'` + "\nfields: {title: a, url: a, published_on: {select: a, after: true}}",
			`<ul class=conList_ul><li><a href=/1.html>甲</a> [2026-07-01]<b>2020-01-01</b></li><li><a href="//other.cn/2">乙</a>2026.7.2</li></ul>`,
			[]string{"2026-07-01 甲 /1.html", "2026-07-02 乙 http://other.cn/2"},
		},
		{
			"nested tables by position, substring, the first row left out",
			"rows: 'table > tbody > tr:nth-child(4) tr:not(:first-child)'\nfields: {title: 'td:nth-child(2) a', url: 'td:nth-child(2) a', published_on: {select: td, nth: -1, skip: 1, take: 10}}",
			`<table><tr></tr><tr></tr><tr></tr><tr><td><table><tr><th>序号<th>标题<th>日期</tr><tr><td>1<td><a href=../1.html> 甲 </a><td>[2026-07-01] 10:00</tr></table></td></tr></table>`,
			[]string{"2026-07-01 甲 /a/1.html"},
		},
		{
			"label with padding and full-width colon, second element, meta, part of an address",
			"rows: .row\nfields: {title: {select: p, nth: 2}, url: a, published_on: {select: span, label: 发文日期}, record_id: {from: url, match: 'id=(\\d+)'}, event_id: {meta: columnname}}",
			`<head><meta name=ColumnName content=通知></head><div class=row><p>不是</p><p>甲</p><a href="?id=7">看</a><span>索引号：1</span><span>发文 日期： 2026-07-01 </span></div>`,
			[]string{"2026-07-01 甲 /a/b/list.html?id=7"},
		},
		{
			"regular expression with a template, alternatives, elements left out",
			"rows: li\nfields: {title: {select: a, remove: 'i, .new'}, url: {select: a, attr: onclick, match: \"open\\\\('(\\\\d+)'\\\\)\", as: '../c/$1.html'}, published_on: [{select: u}, {select: b, match: '(\\d+)月(\\d+)日', as: '2026-$1-$2'}]}",
			`<ul><li><a onclick="open('12')">甲<i>新</i><span class=new>!</span><script>var x</script></a><b>7月1日</b></li><li><a onclick="none()">乙</a><u>2026-7-2</u></li></ul>`,
			[]string{"2026-07-01 甲 /a/c/12.html", "2026-07-02 乙 "},
		},
		{
			"title attribute, base element, no date at all, an upload day in an attachment",
			"rows: li\nupload_day: ['P0(?P<date>\\d{8})', '/(?P<year>\\d{4})/(?P<month>\\d\\d)/(?P<day>\\d\\d)/']\nfields: {title: [{select: a, attr: title}, a], url: {select: a, nth: 1}, attachment: {select: a, nth: 2}}",
			`<base href="/z/"><ul><li><a title="甲全" href=1.html>甲</a><a href="P020260701123.pdf">附件</a></li><li><a href=2026/07/02/1.html>乙</a></li><li><a href="javascript:void(0)">丙</a></li></ul>`,
			[]string{"2026-08-01? 2026-07-01 甲全 /z/1.html", "2026-08-01? 2026-07-02 乙 /z/2026/07/02/1.html", "2026-08-01? 丙 "},
		},
		{
			"the link within an element; text that is an address, and text that is none",
			"rows: tr\nfields: {title: 'td:nth-child(1)', url: 'td:nth-child(2)', published_on: td:nth-child(3)}",
			`<table><tr><td>甲<td><b><a href=1.html>看</a></b><td>2026-07-01<tr><td>乙<td>http://other.cn/2<td>发布于：2026/7/2 09:30 来源<tr><td>丙<td>无<td>2026年07月03日 星期五</table>`,
			[]string{"2026-07-01 甲 /a/b/1.html", "2026-07-02 乙 http://other.cn/2", "2026-07-03 丙 "},
		},
		{
			"rows of a fragment in JSON",
			"fragment: data.html\nrows: tr\nfields: {title: a, url: a, published_on: td:last-child}",
			`{"code":1,"data":{"html":"<tr><td><a href=\"/1.html\">甲<\/a><\/td><td>2026-07-01<\/td><\/tr>"}}`,
			[]string{"2026-07-01 甲 /1.html"},
		},
		{
			"rows of JSON: address by id, milliseconds in the zone, a long number, rows filtered",
			"format: json\nrows: data.rows\nonly: docId\nwithout: hidden\nbase: SITE/cn/\nfields: {title: [docSubtitle, docTitle], url: {select: docId, as: 'view_$0.html'}, published_on: {select: time, epoch: true}, record_id: docId}",
			`cb({"data":{"rows":[{"docTitle":"甲","docId":12345678901234567890,"time":1782835200000},{"docTitle":"无","docId":null},{"docTitle":"藏","docId":1,"hidden":true},{"docTitle":"乙","docSubtitle":"乙全","docId":2,"time":1782921600}]}});`,
			[]string{"2026-07-01 甲 /cn/view_12345678901234567890.html", "2026-07-02 乙全 /cn/view_2.html"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := collect(t, fixed+test.configuration, pages{"/a/b/list.html": test.page})
			if got.err != nil {
				t.Fatal(got.err)
			}
			for _, reject := range got.rejects {
				t.Errorf("rejected: %s", reject.Reason)
			}
			if diff := cmp.Diff(test.want, got.lines()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestHeadersAreSent(t *testing.T) {
	got := collect(t, "fixed: {unit: O1, item: S3}\nurl: SITE/\nheaders: {Referer: SITE/index, X-Requested-With: XMLHttpRequest}\nrows: li\nfields: {title: a, url: a}",
		http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(r.Header.Get("Referer"), "/index") || r.Header.Get("X-Requested-With") != "XMLHttpRequest" {
				http.Error(w, "no", http.StatusForbidden)
				return
			}
			_, _ = w.Write([]byte("<li><a href=1.html>甲</a></li>"))
		}))
	if diff := cmp.Diff([]string{"2026-08-01? 甲 /1.html"}, got.lines()); diff != "" || got.err != nil {
		t.Errorf("%v (-want +got):\n%s", got.err, diff)
	}
}
