package web_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A list whose first page holds its rows in a script of XML, and whose second page is XML. The rows are an element of a list,
// a bare link with text after it, and a row of a table.
const (
	islandPage = `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><ul class="nav"><li><a href="/">首页</a></li></ul>
<div id="31"><ul class="rows"></ul><script type="text/xml"><datastore>
<nextgroup><![CDATA[<a href="/module/dataproxy.jsp?page=1&columnid=7&unitid=31"></a>]]></nextgroup>
<recordset>
<record><![CDATA[
<li class="clearfix"><a href="/art/2026/7/9/art_7_3.html" title="沙河区财政局2026年上半年三公经费统计表">沙河区财政局2026年...</a><b>2026-07-01</b></li>]]></record>
<record><![CDATA[<a href="/art/2026/7/8/art_7_2.html">沙河区公安局2026年上半年三公经费统计表</a><b>07-08</b>]]></record>
</recordset></datastore></script></div>
<script>//<![CDATA[
$('#31').jpage({totalRecord:3, row: '<li><a href="/x">no row</a></li>'});
//]]></script></body></html>`
	islandNext = `<?xml version="1.0" encoding="UTF-8"?>
<datastore><nextgroup><![CDATA[]]></nextgroup><recordset>
<record><![CDATA[<tr><td><a href="/art/2026/4/3/art_7_1.html">沙河区财政局2026年1-3月三公经费统计表</a></td><td><b>[04-02]</b></td></tr>]]></record>
</recordset></datastore>`
)

func TestRowsInSectionsOfXML(t *testing.T) {
	got := collect(t, `
url: SITE/col/col7/index.html
rows: record
fields: {title: [{select: a, attr: title}, a], url: a, published_on: b}
upload_day: '/art/(\d{4}/\d{1,2}/\d{1,2})/'
paging: {next: nextgroup a}
titles: [{match: '^(?P<unit>.+?){period}三公经费', item: S1}]
`, pages{"/col/col7/index.html": islandPage, "/module/dataproxy.jsp?page=1&columnid=7&unitid=31": islandNext})
	if got.err != nil {
		t.Fatal(got.err)
	}
	want := []string{
		"2026-07-01 2026-07-09 沙河区财政局2026年上半年三公经费统计表 /art/2026/7/9/art_7_3.html",
		"2026-07-08 2026-07-08 沙河区公安局2026年上半年三公经费统计表 /art/2026/7/8/art_7_2.html",
		"2026-04-02 2026-04-03 沙河区财政局2026年1-3月三公经费统计表 /art/2026/4/3/art_7_1.html",
	}
	if diff := cmp.Diff(want, got.lines()); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	if len(got.rejects) > 0 || len(got.leftOut) > 0 || got.pages != 2 {
		t.Errorf("rejects %v, left out %v, %d pages; expected none, none, 2", got.rejects, got.leftOut, got.pages)
	}
}

func TestRowsOfATableInSectionsOfXML(t *testing.T) {
	got := collect(t, `
url: SITE/module/dataproxy.jsp
rows: tr
fields: {title: 'td:nth-child(1)', url: a, published_on: 'td:nth-child(2)'}
upload_day: '/art/(?P<year>\d{4})/(?P<month>\d+)/(?P<day>\d+)/'
fixed: {unit: O1, item: S3}
`, pages{"/module/dataproxy.jsp": islandNext})
	want := []string{"2026-04-02 2026-04-03 沙河区财政局2026年1-3月三公经费统计表 /art/2026/4/3/art_7_1.html"}
	if diff := cmp.Diff(want, got.lines()); diff != "" || got.err != nil {
		t.Errorf("records (-want +got):\n%s\n%v", diff, got.err)
	}
}
