package collector_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector/online/daystest"
	"yangguang/queries/querytest"
)

// TestFeedWhoseIDsAreAddresses: most feeds give the address of an item's page for its id. Such an id moves with the site, and is that of
// the next article where an address is used again.
func TestFeedWhoseIDsAreAddresses(t *testing.T) {
	d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: querytest.Store(t).Store, Now: time.Date(2026, 8, 1, 1, 0, 0, 0, time.UTC)}
	second := daystest.Row{Path: "http://www.a.gov.cn/2.html", Title: "新店镇2026年第一季度党费收缴公示", Day: "2026-04-08"}
	item := func(address, title, day string) []daystest.Row {
		return []daystest.Row{{Path: address, Title: title, Day: day}, second}
	}
	const title, before, both = "龙城镇2026年第一季度党费收缴公示", "2026-04-09 2026-03-31", "2026-04-09 2026-03-31, 2026-08-06 2026-06-30"
	for day, test := range []struct {
		name, fields string
		rows         []daystest.Row
		want         string // days of publication and last days of the periods of the first row's records
	}{
		{"the id counts, as in a database of before", "fields: {record_id: id}\n", item("http://www.a.gov.cn/1.html", title, "2026-04-09"), before},
		{"it does not any more", "", item("http://www.a.gov.cn/1.html", title, "2026-04-09"), before},
		{"https", "", item("https://www.a.gov.cn/1.html", title, "2026-04-09"), before},
		{"a new address", "", item("https://zwgk.a.gov.cn/c/1.html", title, "2026-04-09"), before},
		{"a corrected title", "", item("https://zwgk.a.gov.cn/c/1.html", title+"（更正）", "2026-04-09"), before},
		{"the address of the next quarter", "", item("https://zwgk.a.gov.cn/c/1.html", "龙城镇2026年第二季度党费收缴公示", "2026-08-06"), both},
		{"again", "", item("https://zwgk.a.gov.cn/c/1.html", "龙城镇2026年第二季度党费收缴公示", "2026-08-06"), both},
	} {
		var items strings.Builder
		for _, row := range test.rows {
			fmt.Fprintf(&items, "<item><title>%s</title><link>%[2]s</link><guid>%[2]s</guid><pubDate>%s</pubDate></item>", row.Title, row.Path, row.Day)
		}
		d.Site.Show(map[string]string{"/f": `<rss version="2.0"><channel><title>x</title>` + items.String() + "</channel></rss>"}, nil)
		source := d.Feed("name: s\ncovers: all\nurl: BASE/f\n" + test.fields + "titles: [{match: '^{unit}{period}党费收缴', item: G1}]\n")
		if _, err := d.Collect(source); err != nil {
			t.Fatal(err)
		}
		got := d.Lines(`SELECT concat(toString(published_on), ' ', toString(period_to)) AS line FROM (
			SELECT * FROM record_versions WHERE unit_id = 'T1' AND NOT moved ORDER BY record_id, version DESC LIMIT 1 BY record_id) ORDER BY line`)
		if diff := cmp.Diff(test.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("day %d, %s (-want +got):\n%s", day+1, test.name, diff)
		}
		d.Now = d.Now.AddDate(0, 0, 1)
	}
}
