package tests

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/fetch"
	"yangguang/collector/web"
)

// hostile is markup that a page must show and never obey.
const hostile = `<script>document.title = "obeyed"</script><img src="https://elsewhere.example/x.png" onerror="alert(1)">`

// website is a source that reads a list on a server of its own; list is the page as it is now, empty when the site is out of order.
type website struct {
	source collector.Source
	list   string
}

func newWebsite(t *testing.T) *website {
	t.Helper()
	site := &website{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if site.list == "" {
			http.Error(w, "out of order", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<ul>"+site.list+"</ul>")
	}))
	t.Cleanup(server.Close)
	var config web.Config
	text := `
name: 网站/公示
kind: web
covers: {units: O05}
complete: true
url: ` + server.URL + `/list.html
rows: li
fields: {title: a, url: a, published_on: span, item: b, unit: i, record_id: {select: a, attr: id}}
scope: society
channel: website
`
	if err := yaml.Unmarshal([]byte(text), &config); err != nil {
		t.Fatal(err)
	}
	var err error
	network := fetch.New(fetch.Options{}).For(config.Name, fetch.Policy{AllowPrivate: true, IgnoreRobots: true, Retries: -1, RatePerSecond: 1000})
	if site.source, err = web.New(config, network); err != nil {
		t.Fatal(err)
	}
	return site
}

// websiteRow is an entry of the list, with hostile markup.
func websiteRow(id, title, published string) string {
	return fmt.Sprintf(`<li><a id="%s" href="/a/%s.html">%s%s</a><b>I2</b><i>O05</i><span>%s</span></li>`, id, id, title, hostile, published)
}

// collectWebsite collects the list over some days: a record that claims an earlier day than it can have been there, its correction, a record
// that disappears, a hundred rows of nobody, and at last a failure.
func collectWebsite(t *testing.T, site *website, options collector.Options) {
	t.Helper()
	nobody := strings.Builder{}
	for i := range 100 {
		fmt.Fprintf(&nobody, `<li><a id="n%d" href="/n/%d">没有这个单位%s</a><b>I2</b><i>无名局%d</i><span>2026-10-02</span></li>`, i, i, strings.Repeat("长", 60), i)
	}
	for _, day := range []struct {
		day  int
		list string
	}{
		{8, websiteRow("b", "先有后无", "2026-10-06") + nobody.String()},
		{12, websiteRow("a", "三季度重点任务", "2026-10-01") + nobody.String()},
		{13, websiteRow("a", "三季度重点任务（更正）", "2026-10-01") + nobody.String()},
		{20, ""},
	} {
		site.list = day.list
		options.Clock = func() time.Time { return time.Date(2026, 10, day.day, 0, 30, 0, 0, time.UTC) }
		if _, err := collector.Collect(t.Context(), options, site.source, nil); (err != nil) != (day.list == "") {
			t.Fatalf("day %d: %v", day.day, err)
		}
	}
}
