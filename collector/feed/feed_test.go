package feed_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"yangguang/collector/feed"
	"yangguang/collector/online/onlinetest"
)

// source reads a configuration as yangguang.yaml has it; SERVER in it is the server's address.
func source(t *testing.T, server *httptest.Server, text string) (*feed.Source, error) {
	t.Helper()
	var config feed.Config
	if err := yaml.Unmarshal([]byte(strings.ReplaceAll(text, "SERVER", server.URL)), &config); err != nil {
		return nil, err
	}
	return feed.New(config, onlinetest.Network{Client: server.Client()})
}

const towns = `
name: towns
kind: feed
covers: {tiers: town}
titles: [{match: '(?P<unit>..镇).*党费', item: G1}, {match: '(?P<unit>..镇).*发展党员', item: G2}]
`

func TestFeeds(t *testing.T) {
	server := httptest.NewServer(http.FileServer(http.Dir("testdata")))
	defer server.Close()
	for _, test := range []struct {
		name, config string
		want         []string
	}{
		{
			"RSS: zones, repeated ids, markup in a title, an item without a date", "url: SERVER/rss.xml", []string{
				"r-1 T1 G1 2026-07-02 龙城镇2026年第二季度党费收缴情况公示",
				"auto T1 G2 2026-07-03 龙城镇发展党员公示(一)",
				"auto T1 G2 2026-07-03 龙城镇发展党员公示(二)",
				"r-4 T2 G2 sight 新店镇发展党员 公示",
				"! title: \"天气预报\" matches none of the title rules; add a rule, or correct one",
				"! published_on: \"上周\" is not a date; write it like 2026-07-01, 2026/7/1, 2026.7.1 or 2026年7月1日",
			},
		},
		{"Atom: updated stands in for published", "url: SERVER/atom.xml", []string{
			"tag:a,1 T1 G1 2026-07-01 龙城镇党费公示", "tag:a,2 T2 G1 2026-07-05 新店镇党费公示",
		}},
		{"RDF without dates", "url: SERVER/rdf.xml", []string{"auto T1 G1 sight 龙城镇党费公示", "auto T2 G2 sight 新店镇发展党员"}},
		{"GB2312", "url: SERVER/gb2312.xml", []string{"g-1 T1 G2 2026-07-01 龙城镇发展党员公示"}},
		{"fields of one's own", "url: SERVER/rss.xml\nfields: {record_id: link, unit: author, published_on: none}\ntitles: [{match: '党费', item: G1}]", []string{
			"SERVER/a/1.html T2 G1 sight 龙城镇2026年第二季度党费收缴情况公示",
		}},
		{"several feeds", "url: [SERVER/gb2312.xml, SERVER/atom.xml]", []string{
			"g-1 T1 G2 2026-07-01 龙城镇发展党员公示", "tag:a,1 T1 G1 2026-07-01 龙城镇党费公示", "tag:a,2 T2 G1 2026-07-05 新店镇党费公示",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			config := towns
			if strings.Contains(test.config, "titles") {
				config = "name: towns\nkind: feed\ncovers: all\n"
			}
			source, err := source(t, server, config+test.config)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := onlinetest.Rows(t, source)
			if err != nil {
				t.Fatal(err)
			}
			for i := range rows {
				rows[i] = strings.ReplaceAll(rows[i], server.URL, "SERVER")
			}
			if strings.Contains(test.config, "fields") {
				rows = rows[:1]
			}
			if diff := cmp.Diff(test.want, rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLinksAndUploadDay(t *testing.T) {
	server := httptest.NewServer(http.FileServer(http.Dir("testdata")))
	defer server.Close()
	source, err := source(t, server, towns+"url: SERVER/rss.xml\nchannel: 网站\nscope: society\nupload_day: '/P0(\\d{8})'")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := onlinetest.Tried(t, source)
	if err != nil {
		t.Fatal(err)
	}
	first := rows[0].Record
	got := []string{first.URL, first.UploadedOn.Format("2006-01-02"), first.Channel, first.Scope, first.Period}
	if diff := cmp.Diff([]string{server.URL + "/a/1.html", "2026-07-09", "website", "society", ""}, got); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
}

func TestFailures(t *testing.T) {
	server := httptest.NewServer(http.FileServer(http.Dir("testdata")))
	defer server.Close()
	source, err := source(t, server, towns+"url: [SERVER/missing.xml, SERVER/page.html, SERVER/cut.xml, SERVER/atom.xml]")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := onlinetest.Rows(t, source)
	if len(rows) != 2 {
		t.Errorf("rows of the feed that works: %q", rows)
	}
	onlinetest.Problem(t, err, "missing.xml", "404", "page.html: the answer is no feed", "cut.xml: read feed")
}

func TestConfiguration(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	for _, test := range []struct {
		name, config string
		parts        []string
	}{
		{"everything missing", "kind: web", []string{"name is missing", "kind is \"web\"", "covers: missing", "url is missing"}},
		{
			"unknown words", "name: a\ncovers: all\nurl: ftp://x/y\nscope: world\nzone: Mars\nfields: {when: title, title: headline}\nupload_day: '('",
			[]string{`source "a": url: "ftp://x/y"`, `scope "world"`, `zone: "Mars"`, `"when" is not a field`, `"headline" is not an element`, "upload_day"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := source(t, server, test.config)
			onlinetest.Problem(t, err, test.parts...)
		})
	}
}

func TestPeriodFromTitle(t *testing.T) {
	server := httptest.NewServer(http.FileServer(http.Dir("testdata")))
	defer server.Close()
	source, err := source(t, server, "{name: a, covers: all, url: SERVER/rss.xml, upload_day: '/P0(\\d{8})', titles: [{match: '(?P<unit>.+?(?:镇|街道)){period}?.*党费', item: G1}]}")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := onlinetest.Tried(t, source)
	if err != nil {
		t.Fatal(err)
	}
	first := rows[0].Record
	got := []string{first.RecordID, first.UnitID, first.ItemID, first.Period, first.PeriodFrom.Format("2006-01-02"), first.PublishedOn.Format("2006-01-02")}
	if diff := cmp.Diff([]string{"r-1", "T1", "G1", "2026年第二季度", "2026-04-01", "2026-07-02"}, got); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
}
