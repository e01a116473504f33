package collector_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"yangguang/collector"
	"yangguang/collector/online/daystest"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
)

// listsOfADay is what a site with several lists shows on a day, and what a collection of them is then.
type listsOfADay struct {
	lists    map[string][]daystest.Row
	accepted string // who accepts
	outcome  string
	says     string // of the error, or of what is accepted; SITE is the site's address
	never    string // what it must not say
}

func repeatedLists(times int, day listsOfADay) (days []listsOfADay) {
	for range times {
		days = append(days, day)
	}
	return days
}

// events are rows of several days of a month of 2026, the newest first, with the path of their list in their addresses.
func events(list string, month time.Month, newest, count int) (rows []daystest.Row) {
	for i := range count {
		day := time.Date(2026, month, newest-i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		rows = append(rows, daystest.Row{Path: list + "/" + day + ".html", Title: "龙城镇接收党员公示" + list + day, Day: day})
	}
	return rows
}

func joined(lists ...[]daystest.Row) (all []daystest.Row) {
	for _, rows := range lists {
		all = append(all, rows...)
	}
	return all
}

// zonesOfLists are on both sides of the prime meridian.
var zonesOfLists = []string{"Asia/Shanghai", "America/New_York"}

func zoneOf(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// ofLists is the configuration of a web source with these addresses.
func ofLists(url string) string {
	return strings.Replace(byTitle, "url: BASE/1\n", "url: "+url+"\n", 1)
}

func TestEachListOfSeveralIsJudgedForItself(t *testing.T) {
	const look, suspicious = model.Look, model.Suspicious
	type shown = map[string][]daystest.Row
	a, b := events("/a", 3, 25, 20), events("/b", 10, 25, 6)
	whole := listsOfADay{lists: shown{"/a": a, "/b": b}, outcome: look}
	store, sources := querytest.Store(t), 0
	bare := []daystest.Row{{Path: "/p/1", Title: "一"}, {Path: "/p/2", Title: "二"}}
	for name, test := range map[string]struct {
		config string // beside that of a web source with the lists /a and /b
		days   []listsOfADay
	}{
		"one becomes an error page with a menu": {"", []listsOfADay{
			whole,
			{lists: shown{"/a": a, "/b": menu()}, outcome: suspicious, says: "list SITE/b: 4 rows, none with a title that a rule matches; before: 6 of 6; ", never: "SITE/a"},
			{lists: shown{"/a": a, "/b": menu()}, outcome: suspicious, says: "list SITE/b: 4 rows, none with a title that a rule matches; before: 6 of 6; "},
			whole,
		}},
		"one becomes the menu that was always read with it": {"", []listsOfADay{
			{lists: shown{"/a": joined(menu(), a), "/b": joined(menu(), b[:3])}, outcome: look},
			{lists: shown{"/a": joined(menu(), a), "/b": menu()}, outcome: suspicious, says: "list SITE/b: 0 of 3 rows that were records", never: "SITE/a"},
		}},
		"one becomes the menu that was always read with the other": {"", []listsOfADay{
			{lists: shown{"/a": joined(menu(), a), "/b": b}, outcome: look},
			{lists: shown{"/a": joined(menu(), a), "/b": menu()}, outcome: suspicious, says: "list SITE/b: 4 rows, none with a title"},
		}},
		"one is cut": {"", []listsOfADay{whole, {lists: shown{"/a": a, "/b": b[:2]}, outcome: suspicious, says: "list SITE/b: 2 rows, less than half of the 6 of the last look"}}},
		"one shows the rows of the other": {"", []listsOfADay{
			whole, {lists: shown{"/a": a, "/b": a}, outcome: suspicious, says: "list SITE/b: 0 of 6 rows of the last look"},
		}},
		"one is a rolling list with many new rows, of days that the other has passed long ago": {"", []listsOfADay{
			{lists: shown{"/a": a, "/b": events("/b", 9, 20, 20)}, outcome: look}, {lists: shown{"/a": a, "/b": events("/b", 9, 35, 20)}, outcome: look},
		}},
		"rows go from one to the other": {"", []listsOfADay{
			whole, {lists: shown{"/a": joined(b[2:], a), "/b": b[:2]}, outcome: look}, {lists: shown{"/a": joined(b[2:], a), "/b": b[:2]}, outcome: look},
		}},
		"rows stand in both": {"", []listsOfADay{
			{lists: shown{"/a": b[:2], "/b": b}, outcome: look},
			{lists: shown{"/a": b[:2], "/b": b}, outcome: look},
			{lists: shown{"/a": joined(events("/b", 10, 27, 2)), "/b": joined(events("/b", 10, 27, 2), b)}, outcome: look},
		}},
		"one that is short has another row": {"", []listsOfADay{
			{lists: shown{"/a": a, "/b": b[1:2]}, outcome: look}, {lists: shown{"/a": a, "/b": b[:1]}, outcome: look},
		}},
		"one that is short loses its row and gets a menu": {"", []listsOfADay{
			{lists: shown{"/a": a, "/b": b[:1]}, outcome: look}, {lists: shown{"/a": a, "/b": menu()[:1]}, outcome: suspicious, says: "list SITE/b: 1 rows, none with a title that a rule matches; before: 1 of 1"},
		}},
		"pinned rows, and newer ones in the other list": {"", []listsOfADay{
			{lists: shown{"/a": a, "/b": joined(b[4:], b[:4])}, outcome: look},
			{lists: shown{"/a": a, "/b": joined(b[4:], events("/b", 10, 29, 4))}, outcome: look},
		}},
		"both fail, each for itself": {"", []listsOfADay{
			whole,
			{lists: shown{"/a": menu(), "/b": menu()}, outcome: suspicious, says: "list SITE/a: 4 rows, none with a title that a rule matches; before: 20 of 20; list SITE/b: 4 rows, none with a title that a rule matches; before: 6 of 6"},
		}},
		"one without a row that matches from the first day on is accepted": {"", []listsOfADay{
			{lists: shown{"/a": a, "/b": menu()}, outcome: suspicious, says: "list SITE/b: 4 rows, none with a title that a rule matches; what was read"},
			{lists: shown{"/a": a, "/b": menu()}, accepted: "li", outcome: look, says: "list SITE/b: 4 rows, none with a title"},
			{lists: shown{"/a": a, "/b": menu()}, outcome: look},
			{lists: shown{"/a": a, "/b": joined(b[:1], menu())}, outcome: look},
		}},
		"one has no row": {"", []listsOfADay{
			whole,
			{lists: shown{"/a": a, "/b": nil}, outcome: suspicious, says: "no row matches rows: li at SITE/b; correct the selector, or write may_be_empty", never: "SITE/a"},
			{lists: shown{"/a": a, "/b": nil}, accepted: "li", outcome: look, says: "no row matches rows: li at SITE/b"},
		}},
		"one that may be empty is emptied, until seven days agree": {"may_be_empty: true\n", append(append([]listsOfADay{whole},
			repeatedLists(6, listsOfADay{lists: shown{"/a": a, "/b": nil}, outcome: suspicious, says: "list SITE/b: 0 of 6 rows of the last look"})...),
			listsOfADay{lists: shown{"/a": a, "/b": nil}, outcome: look, says: "list SITE/b: 0 of 6"},
			listsOfADay{lists: shown{"/a": a, "/b": nil}, outcome: look}, listsOfADay{lists: shown{"/a": a, "/b": b[:1]}, outcome: look},
		)},
		"one has other rows without a day": {"", []listsOfADay{
			{lists: shown{"/a": a, "/b": joined(b, bare)}, outcome: look}, {lists: shown{"/a": a, "/b": bare}, outcome: suspicious, says: "list SITE/b: 2 of 8 rows of the last look"},
		}},
		"only leaves all of one out": {"only: i\n", []listsOfADay{
			whole, {lists: shown{"/a": a, "/b": []daystest.Row{{Path: "none", Title: "x"}}}, outcome: suspicious, says: "list SITE/b: 1 rows, none"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, zone := range zonesOfLists {
				sources++
				d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: store.Store, Zone: zoneOf(t, zone), Now: time.Date(2026, 11, 1, 1, 0, 0, 0, time.UTC)}
				source := d.Web(fmt.Sprintf("name: s%d\n", sources) + ofLists("[BASE/a, BASE/b]") + test.config)
				for number, day := range test.days {
					pages := map[string]string{}
					for path, rows := range day.lists {
						pages[path] = daystest.Page(rows...)
					}
					d.Site.Show(pages, nil)
					d.AcceptedBy = day.accepted
					summary, err := d.Collect(source)
					said := strings.ReplaceAll(summary.Error+summary.Accepted, d.Site.URL, "SITE")
					if summary.Outcome != day.outcome || errors.Is(err, collector.ErrSuspicious) != (day.outcome == suspicious) || !strings.Contains(said, day.says) ||
						day.never != "" && strings.Contains(said, day.never) {
						t.Errorf("%s, day %d: %s %v, accepted %q; want %s that says %q", zone, number+1, summary.Outcome, err, summary.Accepted, day.outcome, day.says)
					}
					d.Now = d.Now.AddDate(0, 0, 1)
				}
			}
		})
	}
}

func TestListWhoseAddressNamesTheDay(t *testing.T) {
	store := querytest.Store(t)
	for i, zone := range zonesOfLists {
		d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: store.Store, Zone: zoneOf(t, zone), Now: time.Date(2026, 12, 30, 18, 0, 0, 0, time.UTC)}
		source := d.Web(fmt.Sprintf("name: s%d\n", i) + ofLists("['BASE/a', 'BASE/{today:yyyy}/b?until={today:yyyyMMdd}']"))
		step := func(outcome, says string, pages map[string]string) {
			t.Helper()
			d.Site.Show(pages, nil)
			summary, err := d.Collect(source)
			if said := strings.ReplaceAll(summary.Error+summary.Accepted, d.Site.URL, "SITE"); summary.Outcome != outcome || !strings.Contains(said, says) {
				t.Errorf("%s, %s: %s %v, accepted %q; want %s that says %q", zone, d.Now, summary.Outcome, err, summary.Accepted, outcome, says)
			}
			d.Now = d.Now.AddDate(0, 0, 1)
		}
		a, old := daystest.Page(events("/a", 3, 25, 20)...), daystest.Page(events("/b", 12, 20, 10)...)
		step(model.Look, "", map[string]string{"/a": a, "/2026/b": old})
		step(model.Look, "", map[string]string{"/a": a, "/2026/b": old, "/2027/b": old})
		fresh := map[string]string{"/a": a, "/2026/b": old, "/2027/b": daystest.Page(daystest.Row{Path: "/n.html", Title: "龙城镇接收党员公示元旦", Day: "2027-01-01"})}
		d.Now = time.Date(2027, 1, 2, 18, 0, 0, 0, time.UTC)
		step(model.Suspicious, "list SITE/{today:yyyy}/b?until={today:yyyyMMdd}: 1 rows, less than half of the 10 of the last look", fresh)
		d.AcceptedBy = "li"
		step(model.Look, "1 rows, less than half of the 10", fresh)
		d.AcceptedBy = ""
		step(model.Look, "", fresh)
	}
}

func TestListsThatAreAddedRemovedOrOfAnEarlierDatabase(t *testing.T) {
	store := querytest.Store(t)
	d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: store.Store, Now: time.Date(2026, 11, 1, 1, 0, 0, 0, time.UTC)}
	a, b := events("/a", 3, 25, 4), events("/b", 10, 25, 6)
	both, one := d.Web("name: s\n"+ofLists("[BASE/a, BASE/b]")), d.Web("name: s\n"+ofLists("BASE/a"))
	three := d.Web("name: s\n" + ofLists("[BASE/a, BASE/b, BASE/c]"))
	shown := func(b []daystest.Row) map[string]string {
		return map[string]string{"/a": daystest.Page(a...), "/b": daystest.Page(b...), "/c": daystest.Page(events("/c", 5, 20, 2)...)}
	}
	for _, step := range []struct {
		what, outcome string
		source        collector.Source
		b             []daystest.Row
		before        func()
	}{
		{"two lists", model.Look, both, b, nil},
		{"one is removed", model.Look, one, b, nil},
		{"it is there again", model.Look, both, b, nil},
		{"a third one is added", model.Look, three, b, nil},
		{"rows of before lists were told apart", model.Look, three, append(events("/b", 10, 27, 2), b[:4]...), func() {
			if err := store.Conn().Exec(t.Context(), "ALTER TABLE looked_rows UPDATE part = '' WHERE part != '' SETTINGS mutations_sync = 2"); err != nil {
				t.Fatal(err)
			}
		}},
		{"a menu then", model.Suspicious, three, menu(), nil},
		{"and again", model.Suspicious, three, menu(), nil},
		{"rows of before once more, then a menu", model.Suspicious, three, menu(), func() {
			if err := store.Conn().Exec(t.Context(), "ALTER TABLE looked_rows UPDATE part = '' WHERE part != '' SETTINGS mutations_sync = 2"); err != nil {
				t.Fatal(err)
			}
		}},
		{"all is as it was", model.Look, three, b, nil},
	} {
		if step.before != nil {
			step.before()
		}
		d.Site.Show(shown(step.b), nil)
		if summary, err := d.Collect(step.source); summary.Outcome != step.outcome {
			t.Errorf("%s: %s %v", step.what, summary.Outcome, err)
		}
		d.Now = d.Now.AddDate(0, 0, 1)
	}
}

func TestRecordsOfAListThatIsNotUnderstoodAreNotWithdrawn(t *testing.T) {
	store := querytest.Store(t)
	for i, zone := range zonesOfLists {
		d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: store.Store, Zone: zoneOf(t, zone), Now: time.Date(2026, 11, 1, 1, 0, 0, 0, time.UTC)}
		source := d.Web(fmt.Sprintf("name: s%d\ncomplete: true\n", i) + ofLists("[BASE/a, BASE/b]"))
		a, b := events("/a", 3, 25, 20), events("/b", 10, 25, 3)
		step := func(what, outcome string, b []daystest.Row, withdrawn ...string) {
			t.Helper()
			shown := map[string]string{"/a": daystest.Page(a...), "/b": daystest.Page(b...)}
			for _, row := range append(events("/b", 10, 25, 3), a...) {
				shown[row.Path] = row.Title
			}
			d.Site.Show(shown, nil)
			if summary, err := d.Collect(source); summary.Outcome != outcome {
				t.Errorf("%s, %s: %s %v", zone, what, summary.Outcome, err)
			}
			if got := d.Withdrawn(source.Name()); strings.Join(got, ", ") != strings.Join(withdrawn, ", ") {
				t.Errorf("%s, %s: withdrawn %s, want %s", zone, what, got, withdrawn)
			}
			d.Now = d.Now.AddDate(0, 0, 1)
		}
		step("all", model.Look, b)
		for range 3 {
			step("an error page in the place of one list", model.Suspicious, menu())
		}
		step("all again", model.Look, b)
		step("one record is gone", model.Look, b[1:])
		day := map[string]string{"Asia/Shanghai": "2026-11-06", "America/New_York": "2026-11-05"}[zone]
		step("on the second day too", model.Look, b[1:], b[0].Title+" "+day)
	}
}

func TestEachFeedOfSeveralIsJudgedForItself(t *testing.T) {
	store := querytest.Store(t)
	for i, zone := range zonesOfLists {
		d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: store.Store, Zone: zoneOf(t, zone), Now: time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC)}
		source := d.Feed(fmt.Sprintf("name: f%d\nurl: [BASE/a.xml, BASE/b.xml]\ncovers: all\ntitles: [{match: '^{unit}接收党员公示', item: G2}]\n", i))
		a, b := events("/a", 3, 25, 20), events("/b", 9, 20, 20)
		step := func(what, outcome, says string, b []daystest.Row) {
			t.Helper()
			d.Site.Show(map[string]string{"/a.xml": feedOf(a), "/b.xml": feedOf(b)}, nil)
			summary, err := d.Collect(source)
			if said := strings.ReplaceAll(summary.Error, d.Site.URL, "SITE"); summary.Outcome != outcome || !strings.Contains(said, says) {
				t.Errorf("%s, %s: %s %v; want %s that says %q", zone, what, summary.Outcome, err, outcome, says)
			}
			d.Now = d.Now.AddDate(0, 0, 1)
		}
		step("all", model.Look, "", b)
		step("fifteen new items", model.Look, "", events("/b", 9, 35, 20))
		step("no item", model.Suspicious, "no item in SITE/b.xml; see whether the address is still that of the feed", nil)
		step("news of the site", model.Suspicious, "list SITE/b.xml: 2 rows, none with a title that a rule matches; before: 20 of 20",
			[]daystest.Row{{Path: "/n/1", Title: "新闻", Day: "2026-11-01"}, {Path: "/n/2", Title: "要闻", Day: "2026-11-02"}})
		step("all again", model.Look, "", events("/b", 9, 36, 20))
	}
}

// feedOf is a feed of rows.
func feedOf(rows []daystest.Row) string {
	var items strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&items, "<item><title>%s</title><link>%s</link><pubDate>%sT02:00:00+08:00</pubDate></item>", row.Title, row.Path, row.Day)
	}
	return "<rss version=\"2.0\"><channel>" + items.String() + "</channel></rss>"
}

// An older row that comes into sight again, because a newer one went from a list that shows only some, need not be new (SPEC §3 "Evidence").
func TestOlderRowThatComesIntoSightInOneOfSeveralLists(t *testing.T) {
	store := querytest.Store(t)
	sources := 0
	for _, zone := range zonesOfLists {
		for _, kind := range []string{"web", "feed", "pages"} {
			d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: store.Store, Zone: zoneOf(t, zone), Now: time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC)}
			a, b := events("/a", 10, 25, 7), events("/b", 3, 20, 4)
			sources++
			name := fmt.Sprintf("s%d", sources)
			var source collector.Source
			show := func(a, b []daystest.Row) {
				switch kind {
				case "feed":
					d.Site.Show(map[string]string{"/a.xml": feedOf(a), "/b.xml": feedOf(b)}, nil)
				case "web":
					d.Site.Show(map[string]string{"/a": daystest.Page(a...), "/b": daystest.Page(b...)}, nil)
				case "pages": // to their end, so that nothing comes into sight but what is new
					half, of := len(a)/2, len(b)/2
					d.Site.Show(map[string]string{
						"/a/1": daystest.Page(a[:half]...), "/a/2": daystest.Page(a[half:]...), "/b/1": daystest.Page(b[:of]...), "/b/2": daystest.Page(b[of:]...),
					}, nil)
				}
			}
			switch kind {
			case "feed":
				source = d.Feed("name: " + name + "\nurl: [BASE/a.xml, BASE/b.xml]\ncovers: all\ntitles: [{match: '^{unit}接收党员公示', item: G2}]\n")
			case "web":
				source = d.Web("name: " + name + "\n" + ofLists("[BASE/a, BASE/b]"))
			case "pages":
				source = d.Web("name: " + name + "\n" + ofLists("['BASE/a/{page}', 'BASE/b/{page}']"))
			}
			show(a[:5], b)
			if _, err := d.Collect(source); err != nil {
				t.Fatal(err)
			}
			d.Now = d.Now.AddDate(0, 0, 1)
			show(a[1:6], b)
			if summary, err := d.Collect(source); err != nil || summary.New != 1 {
				t.Fatalf("%s, %s: %d new, %v", zone, kind, summary.New, err)
			}
			want := map[string]string{"web": "-", "feed": "-", "pages": "2026-11-01"}[kind]
			got := d.Lines("SELECT ifNull(toString(unseen_on), '-') AS line FROM record_versions WHERE source = '" + name + "' AND title = '" + a[5].Title + "'")
			if len(got) != 1 || got[0] != want {
				t.Errorf("%s, %s: not seen on %s, want %s", zone, kind, got, want)
			}
			d.Now = d.Now.AddDate(0, 0, 1)
			show(append(events("/a", 10, 30, 1), a[1:6]...), b) // a new row above, and the list is longer
			if _, err := d.Collect(source); err != nil {
				t.Fatal(err)
			}
			day := map[string]string{"Asia/Shanghai": "2026-11-02", "America/New_York": "2026-11-02"}[zone]
			got = d.Lines("SELECT ifNull(toString(unseen_on), '-') AS line FROM record_versions WHERE source = '" + name + "' AND title = '" + events("/a", 10, 30, 1)[0].Title + "'")
			if len(got) != 1 || got[0] != day {
				t.Errorf("%s, %s: a new row not seen on %s, want %s", zone, kind, got, day)
			}
		}
	}
}

// A redesign of one of several lists is the site's doing where it is half of all records (SPEC §3 "Evidence"), whatever days the other lists show.
func TestRedesignOfOneOfSeveralLists(t *testing.T) {
	store := querytest.Store(t)
	sources := 0
	redesigned := func(rows []daystest.Row) (changed []daystest.Row) {
		for _, row := range rows {
			changed = append(changed, daystest.Row{Path: "/new" + row.Path, Title: row.Title + "（新）", Day: row.Day})
		}
		return changed
	}
	for _, zone := range zonesOfLists {
		for _, test := range []struct {
			name      string
			a, b      []daystest.Row // the older and the newer list
			a2, b2    []daystest.Row
			siteDoing bool
		}{
			{"the older list, half of all", events("/a", 3, 25, 6), events("/b", 10, 25, 6), redesigned(events("/a", 3, 25, 6)), events("/b", 10, 25, 6), true},
			{"the newer list, half of all", events("/a", 3, 25, 6), events("/b", 10, 25, 6), events("/a", 3, 25, 6), redesigned(events("/b", 10, 25, 6)), true},
			{"the newer list, a third of all", events("/a", 3, 25, 12), events("/b", 10, 25, 6), events("/a", 3, 25, 12), redesigned(events("/b", 10, 25, 6)), false},
		} {
			sources++
			d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: store.Store, Zone: zoneOf(t, zone), Now: time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC), AcceptedBy: "li"}
			source := d.Web(fmt.Sprintf("name: s%d\n", sources) + ofLists("[BASE/a, BASE/b]"))
			d.Site.Show(map[string]string{"/a": daystest.Page(test.a...), "/b": daystest.Page(test.b...)}, nil)
			if _, err := d.Collect(source); err != nil {
				t.Fatal(err)
			}
			d.Now = d.Now.AddDate(0, 0, 1)
			d.Site.Show(map[string]string{"/a": daystest.Page(test.a2...), "/b": daystest.Page(test.b2...)}, nil)
			summary, err := d.Collect(source)
			if said := len(summary.Remarks) > 0; err != nil || said != test.siteDoing || (summary.New == 0) != test.siteDoing {
				t.Errorf("%s, %s: %d new, %d changed, %v, %v", zone, test.name, summary.New, summary.Changed, summary.Remarks, err)
			}
		}
	}
}

// Rows of two lists that differ in their channel alone are one record, and stand in both lists.
func TestListsThatShowTheSameInTwoChannels(t *testing.T) {
	d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: querytest.Store(t).Store, Now: time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC)}
	source := d.Web("name: s\n" + strings.Replace(ofLists("[BASE/press, BASE/website]"), "url: a,", "url: a, channel: {from: page, match: '(press|website)$'},", 1))
	rows := daystest.Page(events("/a", 10, 25, 3)...)
	for day := range 3 {
		d.Site.Show(map[string]string{"/press": rows, "/website": rows}, nil)
		if summary, err := d.Collect(source); err != nil || summary.Outcome != model.Look {
			t.Errorf("day %d: %s %v", day+1, summary.Outcome, err)
		}
		d.Now = d.Now.AddDate(0, 0, 1)
	}
	if got := d.Lines("SELECT DISTINCT toString(channel) AS line FROM record_versions WHERE source = 's'"); len(got) != 1 || got[0] != "press|website" {
		t.Errorf("channels %q", got)
	}
	d.Site.Show(map[string]string{"/press": daystest.Page(menu()...), "/website": rows}, nil)
	if summary, err := d.Collect(source); summary.Outcome != model.Suspicious || !strings.Contains(summary.Error, "/press: 4 rows, none with a title") {
		t.Errorf("a menu: %s %v", summary.Outcome, err)
	}
}
