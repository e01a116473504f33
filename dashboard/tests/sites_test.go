package tests

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"yangguang/queries/model"
)

// nameSites makes four units demonstration sites; one of them from a later day than the pages are asked for.
func nameSites(units []model.Unit) {
	for i := range units {
		switch units[i].ID {
		case "T1", "O07":
			units[i].DemonstrationSince = day(2026, 3, 1)
		case "V11":
			units[i].DemonstrationSince, units[i].Stars = day(2026, 6, 1), 4
		case "O08":
			units[i].DemonstrationSince = day(2026, 11, 1)
		}
	}
}

func siteScores() []model.SiteScore {
	score := func(unit string, month, day_ int, venue, organisation, operation, disclosure, publicity uint16) model.SiteScore {
		return model.SiteScore{
			UnitID: unit, InspectedOn: day(2026, month, day_), Venue: venue, Organisation: organisation, Operation: operation,
			Disclosure: disclosure, Publicity: publicity, Inspector: "督导组",
		}
	}
	return []model.SiteScore{
		score("T1", 3, 20, 8000, 8000, 8000, 8000, 8000), score("T1", 9, 20, 9000, 8500, 8000, 9500, 8800), score("T1", 12, 1, 9900, 9900, 9900, 9900, 9900),
		score("O07", 9, 21, 9000, 9000, 9000, 9000, 9250), score("O08", 9, 22, 10000, 10000, 10000, 10000, 10000),
	}
}

func observations() []model.Observation {
	return []model.Observation{
		{SiteID: "T1", VisitedOn: day(2026, 4, 2), VisitorID: "T2", Attendees: 12},
		{SiteID: "T1", VisitedOn: day(2026, 4, 2), VisitorID: "T3", Attendees: 5},
		{SiteID: "O07", VisitedOn: day(2026, 5, 7), VisitorID: "T2", Attendees: 3},
		{SiteID: "O07", VisitedOn: day(2026, 12, 7), VisitorID: "T3", Attendees: 30},
	}
}

// testSites holds the pages against what can be counted by hand: T1 has 438 / 5 = 87.60 points in September, 80 before; O07 has 452.5 / 5 = 90.50.
func testSites(t *testing.T, handler http.Handler) {
	for name, test := range map[string]struct {
		address, figure string
		want            []string
		says            string
	}{
		"list": {"/sites", "sites", []string{
			"1|第7局 区直单位|—|90.50|—|90.00|90.00|90.00|90.00|92.50|2026-09-21|1", "2|第1镇 镇（街道）|—|87.60|↑ 7.60 分|90.00|85.00|80.00|95.00|88.00|2026-09-20|2",
			"—|村1 村（社区）|★★★★|—|—|—|—|—|—|—|—|0",
		}, "示范点 3 个，最近一次检查平均 89.05 分，最高的是第7局，90.50 分"},
		"mean":           {"/sites?site=T1", "radar", []string{"第1镇|90.00|85.00|80.00|95.00|88.00", "2 个示范点平均|90.00|87.50|85.00|92.50|90.25"}, "中心为 60 分"},
		"visits":         {"/sites", "visits", []string{"2026-05-07|第7局|1|3|第2镇", "2026-04-02|第1镇|2|17|第2镇、第3镇"}, "2 个单位，20 人次"},
		"visitors":       {"/sites", "visitors", []string{"第2镇|镇|2|2|15|2026-05-07", "第3镇|镇|1|1|5|2026-04-02"}, ""},
		"a group":        {"/sites?group=towns", "sites", []string{"1|第1镇 镇（街道）|—|87.60|↑ 7.60 分|90.00|85.00|80.00|95.00|88.00|2026-09-20|2"}, "示范点 1 个"},
		"sought":         {"/sites?search=" + url.QueryEscape("第１ t1"), "sites", []string{"2|第1镇 镇（街道）|—|87.60|↑ 7.60 分|90.00|85.00|80.00|95.00|88.00|2026-09-20|2"}, "1 个示范点 "},
		"sought in vain": {"/sites?search=第9局", "sites", nil, "没有这样的示范点。"},
		"an earlier day": {"/sites?as_of=2026-04-30", "sites", []string{"1|第1镇 镇（街道）|—|80.00|—|80.00|80.00|80.00|80.00|80.00|2026-03-20|2", "—|第7局 区直单位|—|—|—|—|—|—|—|—|—|0"}, "平均 80.00 分"},
		"before all":     {"/sites?as_of=2025-01-01", "sites", nil, "没有示范点"},
		"one site":       {"/sites/T1", "inspections", []string{"2026-09-20|87.60|90.00|85.00|80.00|95.00|88.00|督导组", "2026-03-20|80.00|80.00|80.00|80.00|80.00|80.00|督导组"}, "第 2 名，9月20日检查 87.60 分，比上次多 7.60 分。"},
		"not inspected":  {"/sites/V11", "inspections", nil, "还没有检查。"},
		"its visits":     {"/sites/T1", "visits", []string{"2026-04-02|2|17|第2镇、第3镇"}, "2 个单位，17 人次"},
		"in English":     {"/sites/T1?lang=en", "radar", []string{"Inspected 2026-09-20|90.00|85.00|80.00|95.00|88.00", "Inspected 2026-03-20 (before)|80.00|80.00|80.00|80.00|80.00", "Mean of 2 sites|90.00|87.50|85.00|92.50|90.25"}, "7.60 more than before"},
	} {
		t.Run(name, func(t *testing.T) {
			checkPage(t, handler, test.address, []string{test.says}, nil)
			_, _, page := get(t, handler, test.address)
			if diff := cmp.Diff(test.want, cellsOf(page, test.figure)); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("timeliness as exported", func(t *testing.T) {
		_, _, page := get(t, handler, "/sites")
		rows := exported(t, handler, "sites")
		for _, cells := range cellsOf(page, "timeliness") {
			cell := strings.Split(cells, "|")
			for column, key := range map[int]string{2: "timeliness_before", 3: "timeliness_after"} {
				want := "—"
				if value := rows[cell[0]][key]; value != "" {
					want = shown(t, value)
				}
				if got, _, _ := strings.Cut(cell[column], " 至 "); got != want {
					t.Errorf("%s %s: %q on the page, %q by the export", cell[0], key, got, want)
				}
			}
		}
		if len(rows) != 3 {
			t.Errorf("%d sites exported", len(rows))
		}
	})
	for address, want := range map[string]string{
		"/sites?site=V11":                 "应为已检查过的示范点编号",
		"/sites?site=T1%7CO07%7CT1%7CO07": "应为已检查过的示范点编号",
		"/sites?page=2":                   "没有第 2 页",
		"/sites/O08":                      "2026-10-20 没有编号为“O08”的示范点",
		"/unit/O07?site=T1":               "site",
	} {
		if status, _, page := get(t, handler, address); status == http.StatusOK || !strings.Contains(page, want) {
			t.Errorf("%s: status %d lacks %q", address, status, want)
		}
	}
}

// exported are a report's rows as CSV by the name of their unit.
func exported(t *testing.T, handler http.Handler, report string) map[string]map[string]string {
	t.Helper()
	_, _, body := get(t, handler, "/export/"+report+".csv?lang=en")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%s: %v", body, err)
	}
	byUnit := map[string]map[string]string{}
	for _, row := range rows[1:] {
		byKey := map[string]string{}
		for i, key := range rows[0] {
			byKey[key] = row[i]
		}
		byUnit[byKey["unit"]] = byKey
	}
	return byUnit
}

// shown is an exported ratio as pages round it.
func shown(t *testing.T, ratio string) string {
	t.Helper()
	number, err := decimal.NewFromString(ratio)
	if err != nil {
		t.Fatal(err)
	}
	return number.Shift(2).StringFixed(1) + " %"
}
