package collector_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yangguang/collector"
	"yangguang/collector/online/daystest"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
)

// bulletins are numbered rows, the newest first, one a day up to that day of October.
func bulletins(newest, count int) (rows []daystest.Row) {
	for i := range count {
		number := newest - i
		day := time.Date(2026, 10, number, 0, 0, 0, 0, time.UTC)
		rows = append(rows, daystest.Row{Path: fmt.Sprintf("/a/%d.html", number), Title: fmt.Sprintf("龙城镇接收党员公示%d", number), Day: day.Format(time.DateOnly)})
	}
	return rows
}

// menu is what an error page shows.
func menu() []daystest.Row {
	return []daystest.Row{{Path: "/", Title: "首页"}, {Path: "/jg", Title: "机构"}, {Path: "/gk", Title: "公开"}, {Path: "/hd", Title: "互动"}}
}

func prefixed(rows []daystest.Row, prefix string) (changed []daystest.Row) {
	for _, row := range rows {
		row.Title = prefix + row.Title
		changed = append(changed, row)
	}
	return changed
}

const byTitle = `url: BASE/1
rows: li
fields: {title: a, url: a, published_on: i}
titles: [{match: '^{unit}接收党员公示', item: G2}]
covers: all
`

// oneDay is what a site shows on a day, and what a collection of it is then.
type oneDay struct {
	rows     []daystest.Row
	accepted string // who accepts
	outcome  string
	says     string // of the error, or of what is accepted
}

func repeatedDays(times int, day oneDay) (days []oneDay) {
	for range times {
		days = append(days, day)
	}
	return days
}

func TestWhatACollectionProves(t *testing.T) {
	const look, suspicious = model.Look, model.Suspicious
	store := querytest.Store(t)
	for i, test := range []struct {
		name, config string
		days         []oneDay
	}{
		{"an error page with a menu instead of the list", "", []oneDay{
			{rows: bulletins(6, 6), outcome: look},
			{rows: menu(), outcome: suspicious, says: "4 rows, none with a title that a rule matches; before: 6 of 6"},
			{rows: bulletins(7, 7), outcome: look},
		}},
		{"a menu that was always read with the list is no list", "", []oneDay{
			{rows: append(menu(), bulletins(3, 3)...), outcome: look},
			{rows: menu(), outcome: suspicious, says: "0 of 3 rows that were records"},
		}},
		{"titles get a prefix that no rule matches", "", []oneDay{
			{rows: bulletins(6, 6), outcome: look},
			{rows: prefixed(bulletins(6, 6), "【公示】"), outcome: suspicious, says: "6 rows, none with a title that a rule matches; before: 6 of 6"},
		}},
		{"a first collection of rows that are no records", "", []oneDay{{rows: menu(), outcome: suspicious, says: "4 rows, none with a title"}}},
		{"a first collection with some rejected rows", "", []oneDay{{rows: append(menu(), bulletins(2, 2)...), outcome: look}}},
		{"only leaves all out", "only: b\n", []oneDay{{rows: bulletins(3, 3), outcome: suspicious, says: "3 left out: the row has nothing at only: b"}}},
		{"no row", "", []oneDay{{outcome: suspicious, says: "no row matches rows: li"}}},
		{"no row, which may be", "may_be_empty: true\n", []oneDay{{outcome: look}}},
		{"no row any more, though it may be", "may_be_empty: true\n", []oneDay{
			{rows: bulletins(4, 4), outcome: look}, {outcome: suspicious, says: "0 of 4 rows of the last look"},
		}},
		{"a list that is cut", "", []oneDay{
			{rows: bulletins(6, 6), outcome: look},
			{rows: bulletins(6, 2), outcome: suspicious, says: "2 rows, less than half of the 6 of the last look"},
		}},
		{"a rolling list with many new rows", "", []oneDay{{rows: bulletins(20, 20), outcome: look}, {rows: bulletins(31, 20), outcome: look}}},
		{"a new-year list becomes the measure after seven days that agree", "", append(append([]oneDay{{rows: bulletins(10, 10), outcome: look}},
			repeatedDays(6, oneDay{rows: bulletins(31, 2), outcome: suspicious, says: "2 rows, less than half of the 10"})...),
			oneDay{rows: bulletins(31, 3), outcome: look, says: "3 rows, less than half of the 10"}, oneDay{rows: bulletins(31, 3), outcome: look})},
		{"days that do not agree begin anew", "", append(append([]oneDay{{rows: bulletins(10, 10), outcome: look}},
			repeatedDays(4, oneDay{rows: bulletins(31, 4), outcome: suspicious})...), repeatedDays(4, oneDay{rows: bulletins(20, 1), outcome: suspicious})...)},
		{"somebody accepts", "", []oneDay{
			{rows: bulletins(10, 10), outcome: look},
			{rows: bulletins(31, 2), outcome: suspicious},
			{rows: bulletins(31, 2), accepted: "li", outcome: look, says: "2 rows, less than half of the 10"},
			{rows: bulletins(31, 2), outcome: look},
		}},
		{"somebody accepts rows that are no records", "", []oneDay{
			{rows: menu(), accepted: "li", outcome: look, says: "4 rows, none"}, {rows: menu(), outcome: look},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: store.Store, Now: time.Date(2026, 11, 1, 1, 0, 0, 0, time.UTC)}
			source := d.Web(fmt.Sprintf("name: s%d\n", i) + byTitle + test.config)
			for number, day := range test.days {
				d.Site.Show(map[string]string{"/1": daystest.Page(day.rows...)}, nil)
				d.AcceptedBy = day.accepted
				summary, err := d.Collect(source)
				if summary.Outcome != day.outcome || errors.Is(err, collector.ErrSuspicious) != (day.outcome == suspicious) || !strings.Contains(summary.Error+summary.Accepted, day.says) {
					t.Errorf("day %d: %s %v, accepted %q; want %s that says %q", number+1, summary.Outcome, err, summary.Accepted, day.outcome, day.says)
				}
				d.Now = d.Now.AddDate(0, 0, 1)
			}
		})
	}
}

func TestWithdrawalTakesTwoLooksOfDifferentDays(t *testing.T) {
	d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: querytest.Store(t).Store, Now: time.Date(2026, 11, 1, 1, 0, 0, 0, time.UTC)}
	source := d.Web("name: s\ncomplete: true\n" + byTitle)
	all := bulletins(4, 4)
	own := func(rows ...daystest.Row) map[string]string {
		shown := map[string]string{"/1": daystest.Page(rows...)}
		for _, row := range all {
			shown[row.Path] = row.Title
		}
		return shown
	}
	step := func(what string, days int, shown map[string]string, outcome string, want ...string) {
		t.Helper()
		d.Now = d.Now.AddDate(0, 0, days).Add(time.Hour)
		d.Site.Show(shown, nil)
		if summary, err := d.Collect(source); summary.Outcome != outcome {
			t.Errorf("%s: %s %v", what, summary.Outcome, err)
		}
		if diff := cmp.Diff(want, d.Withdrawn("s")); diff != "" {
			t.Errorf("%s: withdrawn (-want +got):\n%s", what, diff)
		}
	}
	fourth := all[0].Title
	step("all", 0, own(all...), model.Look)
	step("one is not there", 1, own(all[1:]...), model.Look)
	step("again on the same day", 0, own(all[1:]...), model.Look)
	step("an error page", 1, own(menu()...), model.Suspicious)
	step("the second day", 1, own(all[1:]...), model.Look, fourth+" 2026-11-02")
	step("it is back", 1, own(all...), model.Look)
	step("seen on a suspicious day between two looks", 1, own(all[1:]...), model.Look)
	step("…", 1, own(append(menu(), all[0])...), model.Suspicious)
	step("…", 1, own(all[1:]...), model.Look)
	step("back once more", 1, own(all...), model.Look)
	gone := own(all[1:]...)
	delete(gone, all[0].Path)
	nowhere := map[string]string{"/1": gone["/1"]}
	step("a site that answers no address of a record", 1, nowhere, model.Look)
	step("back a third time", 1, own(all...), model.Look)
	step("its own address says that it is gone", 1, gone, model.Look, fourth+" 2026-11-12")
}

func TestRowThatSlipsBetweenPagesWhileTheyAreRead(t *testing.T) {
	d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: querytest.Store(t).Store, Now: time.Date(2026, 11, 1, 1, 0, 0, 0, time.UTC)}
	source := d.Web("name: s\ncomplete: true\npaging: {address: '/{page}'}\n" + byTitle)
	rows := bulletins(6, 6)
	pages := func(rows []daystest.Row) map[string]string {
		return map[string]string{"/1": daystest.Page(rows[:3]...), "/2": daystest.Page(rows[3:]...)}
	}
	d.Site.Show(pages(rows), nil)
	if _, err := d.Collect(source); err != nil {
		t.Fatal(err)
	}
	d.Now = d.Now.AddDate(0, 0, 1)
	d.Site.Asked()
	d.Site.Show(pages(rows), func(path string) {
		if path == "/2" { // the first row goes, and the fourth comes to the first page, which has been read
			d.Site.Show(pages(rows[1:]), nil)
		}
	})
	summary, err := d.Collect(source)
	if err != nil || summary.Read != 6 {
		t.Errorf("%+v, %v; want 6 rows read", summary, err)
	}
	if diff := cmp.Diff([]string{"/1", "/2", "/3", "/1", "/2", "/3"}, d.Site.Asked()); diff != "" {
		t.Errorf("pages asked for (-want +got):\n%s", diff)
	}
}

func TestListThatShiftsSoThatTheNextPageShowsNothingNew(t *testing.T) {
	store := querytest.Store(t)
	rows := bulletins(6, 6)
	pages := func(rows []daystest.Row) map[string]string {
		shown := map[string]string{"/1": daystest.Page(rows[:3]...)}
		if len(rows) > 3 {
			shown["/2"] = daystest.Page(rows[3:]...)
		}
		return shown
	}
	for i, test := range []struct {
		name          string
		before, after []daystest.Row // while the pages are read, and when the first one has been
	}{
		{"the rows of the first page come to the second", rows, append(append([]daystest.Row{}, rows[3:]...), rows[:3]...)},
		{"a row goes, and with it the second page", rows[:4], rows[1:4]},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: store.Store, Now: time.Date(2026, 11, 1, 1, 0, 0, 0, time.UTC)}
			source := d.Web(fmt.Sprintf("name: s%d\ncomplete: true\npaging: {address: '/{page}'}\n", i) + byTitle)
			for day := range 3 {
				d.Site.Show(pages(test.before), func(path string) {
					if path == "/2" && day > 0 {
						d.Site.Show(pages(test.after), nil)
					}
				})
				if summary, err := d.Collect(source); err != nil || summary.Read != uint64(len(test.before)) {
					t.Errorf("day %d: %d rows read of %d, %v", day+1, summary.Read, len(test.before), err)
				}
				d.Now = d.Now.AddDate(0, 0, 1)
			}
			if withdrawn := d.Withdrawn(source.Name()); withdrawn != nil {
				t.Errorf("withdrawn although on the list all the time: %s", withdrawn)
			}
		})
	}
}

func TestStoppingBehindTheNewestKnownRow(t *testing.T) {
	store := querytest.Store(t)
	pinned := []daystest.Row{
		{Path: "/p/1", Title: "龙城镇接收党员公示甲", Day: "2026-03-01"}, {Path: "/p/2", Title: "龙城镇接收党员公示乙", Day: "2026-03-02"},
	}
	reversed := func(rows []daystest.Row) (turned []daystest.Row) {
		for i := range rows {
			turned = append(turned, rows[len(rows)-1-i])
		}
		return turned
	}
	for i, test := range []struct {
		name          string
		before, after [][]daystest.Row
		asked         []string
		added         uint64
	}{
		{
			"pinned rows fill the first page",
			[][]daystest.Row{pinned, bulletins(4, 2), bulletins(2, 2)},
			[][]daystest.Row{pinned, bulletins(6, 2), bulletins(4, 2), bulletins(2, 2)},
			[]string{"/1", "/2", "/3"},
			2,
		},
		{
			"the newest row of before is pinned above pinned ones",
			[][]daystest.Row{append(bulletins(4, 1), pinned...), bulletins(3, 2)},
			[][]daystest.Row{append(bulletins(4, 1), pinned...), bulletins(6, 2), bulletins(3, 2)},
			[]string{"/1", "/2", "/3", "/4"},
			2,
		},
		{
			"the newest row of before is pinned since",
			[][]daystest.Row{pinned, bulletins(4, 2), bulletins(2, 2)},
			[][]daystest.Row{append(bulletins(4, 1), pinned...), bulletins(6, 2), bulletins(3, 2), bulletins(1, 1)},
			[]string{"/1", "/2", "/3", "/4", "/5"},
			2,
		},
		{"nothing is new", [][]daystest.Row{bulletins(4, 2), bulletins(2, 2)}, [][]daystest.Row{bulletins(4, 2), bulletins(2, 2)}, []string{"/1"}, 0},
		{
			"the oldest rows come first",
			[][]daystest.Row{reversed(bulletins(2, 2)), reversed(bulletins(4, 2))},
			[][]daystest.Row{reversed(bulletins(2, 2)), reversed(bulletins(4, 2)), reversed(bulletins(6, 2))},
			[]string{"/1", "/2", "/3", "/4"},
			2,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := &daystest.Days{T: t, Site: daystest.NewSite(t), Store: store.Store, Now: time.Date(2026, 11, 1, 1, 0, 0, 0, time.UTC)}
			source := d.Web(fmt.Sprintf("name: s%d\npaging: {address: '/{page}', stop_at_known: true}\n", i) + byTitle)
			for number, pages := range [][][]daystest.Row{test.before, test.after} {
				shown := map[string]string{}
				for at, rows := range pages {
					shown[fmt.Sprintf("/%d", at+1)] = daystest.Page(rows...)
				}
				d.Site.Show(shown, nil)
				d.Site.Asked()
				summary, err := d.Collect(source)
				if err != nil {
					t.Fatal(err)
				}
				if number == 1 && summary.New != test.added {
					t.Errorf("%d new, want %d", summary.New, test.added)
				}
				d.Now = d.Now.AddDate(0, 0, 1)
			}
			if diff := cmp.Diff(test.asked, d.Site.Asked()); diff != "" {
				t.Errorf("pages asked for (-want +got):\n%s", diff)
			}
		})
	}
}
