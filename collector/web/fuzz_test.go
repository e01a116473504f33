package web

import (
	"net/url"
	"strings"
	"testing"

	"yangguang/collector"
	"yangguang/collector/markup"
	"yangguang/collector/online"
)

// FuzzParse reads any answer as HTML, as JSON and as HTML within JSON: it must not panic, addresses must lead somewhere, and
// what is no row must be told.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`<ul><li><a href="./1.html">甲</a> 2026-07-01<b>x</b></li><li ms-repeat="x"><a></a></li></ul>`,
		`<base href="::"><table><tr><td><li><a href="%zz">`, `{"data":{"html":"<li><a href=1>x</a></li>","rows":[{"id":1e400},null,[1]]}}`,
		`<script>var rows=[{t:'甲',id:0x1F,/* */u:"a"+'b',},{t:JSON.parse("[1]")}];</script>`, `{"data":"{\"rows\":\"[{\\\"t\\\":1}]\"}"}`,
		`&lt;recordset&gt;&lt;record&gt;&lt;![CDATA[<li><a href=1>x</a></li>]]&gt;&lt;/record&gt;&lt;/recordset&gt;`, `u[0]='/1.html';h[0]="<b>甲</b>";`,
		`cb({"data":{"rows":[{"id":"\u0000","t":20260701}]}})`, "\xff\xfe<\x00l\x00i\x00", "",
	} {
		f.Add(seed)
	}
	open := func(config Config) *Source {
		config.Name, config.URL, config.Covered = "s", online.Addresses{"https://a.gov.cn/b/"}, collector.Coverage{All: true}
		source, err := New(config, nil)
		if err != nil {
			f.Fatal(err)
		}
		return source
	}
	fields := map[string]Field{
		"title": {{Select: "a", Remove: "i"}, {Select: "a", Attr: "title"}}, "url": {{Select: "a"}},
		"published_on": {{Select: "a", After: true}, {Label: "日期"}, {Meta: "pubdate"}, {Select: "b", Nth: -1, Skip: 1, Take: 10}},
		"event_id":     {{From: "url", Match: `(\d+)`, As: "$1-$0"}},
	}
	values := map[string]Field{"title": {{Select: "t"}}, "url": {{Select: "id", As: "x_$0.html"}}, "published_on": {{Select: "t", Epoch: true}}}
	sources := []*Source{
		open(Config{Rows: "li", Fields: fields, Without: "[ms-repeat]", Paging: Paging{Next: Field{{Select: "a"}}}}),
		open(Config{Rows: "li", Fields: fields, Content: Content{Fragment: "data.html"}}),
		open(Config{Rows: "data.rows", Fields: values, Content: Content{Format: formatJSON}}),
		open(Config{Fields: values, Content: Content{Format: formatJSON, Extract: `rows\s*=`}}),
		open(Config{Rows: `u\[\d\]='(?P<id>.*?)';h\[\d\]="(?P<t>.*?)"`, Fields: values, Content: Content{Format: formatText}}),
	}
	f.Fuzz(func(t *testing.T, body string) {
		text, err := markup.Decode([]byte(body), "text/html", "")
		if err != nil {
			return
		}
		for _, source := range sources {
			read, err := source.parse(text, "https://a.gov.cn/b/index.html")
			if err != nil {
				continue
			}
			if read.found != len(read.entries) {
				t.Errorf("%d rows found, %d told", read.found, len(read.entries))
			}
			for _, entry := range read.entries {
				source.fieldsOf(entry)
				address := entry.values["url"]
				if address == "" {
					continue
				}
				link, err := url.Parse(address)
				if err != nil || link.Host == "" || !strings.HasPrefix(link.Scheme, "http") {
					t.Errorf("url %q is no address: %v", address, err)
				}
			}
		}
	})
}
