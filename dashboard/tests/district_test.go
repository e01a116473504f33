// Package tests tries the whole site as readers do. Its tests stand together because they share what one district costs.
package tests

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yangguang/collector"
	"yangguang/collector/ledger"
	"yangguang/collector/record"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
)

func TestMain(m *testing.M) { querytest.Main(m) }

// strange are names that a careless page would trip over.
func strange() []string {
	return []string{
		`</script><b>"{a|b}`, "هيئة {0} السرية", "非常长的单位名称用来看看三十三个字的名称在每一页上会不会把版面撑破掉啊啊", `=cmd|' /C calc'!A0`, "\u202e倒着写的\u200f局",
	}
}

// district fills a fresh database with a district that has every state: 40 organs (enough for a second page), towns,
// villages, exemptions, notices, a source that cannot be read, and a website that can be no more.
func district(t *testing.T) *ask.Asker {
	t.Helper()
	store := querytest.Store(t)
	listed := districtRegistry()
	folder := t.TempDir()
	write(t, filepath.Join(folder, "ledger.csv"), districtLedger(listed))
	sources := []collector.Source{source(t, folder, "台账", "ledger.csv", ""), source(t, folder, "读不到的台账", "gone/*.csv", "T3")}
	site := newWebsite(t)
	covers, err := collector.Covers(append(sources, site.source), listed)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := registry.Save(t.Context(), store.Store, registry.Load{
		Registry: listed, Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai", Since: day(2025, 1, 1), BackdatingToleranceDays: 3, Covers: covers,
	}); err != nil {
		t.Fatal(err)
	}
	options := collector.Options{Store: store.Store, Resolver: record.NewResolver(listed), Zone: shanghai(t), Clock: clock}
	if _, err := collector.Collect(t.Context(), options, sources[0], nil); err != nil {
		t.Fatal(err)
	}
	if _, err := collector.Collect(t.Context(), options, sources[1], nil); err == nil {
		t.Fatal("a ledger that is not there was read")
	}
	collectWebsite(t, site, options)
	return store
}

func source(t *testing.T, folder, name, path, within string) collector.Source {
	t.Helper()
	one, err := ledger.New(ledger.Config{Name: name, Kind: ledger.Kind, Path: path, Within: within}, folder)
	if err != nil {
		t.Fatal(err)
	}
	return one
}

func districtRegistry() model.Registry {
	unit := func(id, name, tier, parent string) model.Unit {
		return model.Unit{ID: id, Name: name, Tier: tier, ParentID: parent, Members: 20, ActiveFrom: day(2024, 1, 1)}
	}
	units := []model.Unit{unit("C1", "区委", "committee", ""), unit("D1", "区纪委监委", "discipline", "C1")}
	names := strange()
	for i := range 40 {
		name := fmt.Sprintf("第%d局", i+1)
		if i < len(names) {
			name = names[i]
		}
		units = append(units, unit(fmt.Sprintf("O%02d", i+1), name, "organ", "C1"))
	}
	for i := range 3 {
		town := unit(fmt.Sprintf("T%d", i+1), fmt.Sprintf("第%d镇", i+1), "town", "C1")
		units = append(units, town)
		for j := range 2 {
			units = append(units, unit(fmt.Sprintf("V%d%d", i+1, j+1), fmt.Sprintf("村%d", j+1), "village", town.ID))
		}
	}
	every := []string{"committee", "discipline", "organ", "town", "village"}
	item := func(id, name, class, cadence string, dueDays uint16) model.Item {
		return model.Item{
			ID: id, Name: name, Programme: "party", Catalogue: "grassroots", Tiers: every, Focus: "integrity", Class: class, Cadence: cadence,
			DueDays: dueDays, DayKind: "natural", NotBefore: "start", ValidFrom: day(2026, 1, 1),
		}
	}
	nameSites(units)
	return model.Registry{
		Units: units, SiteScores: siteScores(), Observations: observations(),
		Items: []model.Item{
			item("I1", "组织生活", "essential", "monthly", 10), item("I2", "重点任务", "obligatory", "quarterly", 15),
			item("I3", "党务公开目录", "recommended", "standing", 30), item("I4", "发展党员公示", "essential", "event", 7),
		},
		Calendar:   []model.CalendarDay{{Date: day(2026, 10, 1), Kind: "holiday"}, {Date: day(2026, 10, 2), Kind: "holiday"}, {Date: day(2026, 10, 10), Kind: "workday"}},
		Exemptions: []model.Exemption{{UnitID: "O01", ItemID: "I2", From: day(2026, 1, 1), Reason: "涉密", ApprovedBy: "区委办公室"}},
		Notices: []model.Notice{
			{ID: "N1", IssueNo: "2026年第1期", IssuedOn: day(2026, 5, 6), UnitID: "O01", ItemID: "I1", Problem: "组织生活未公开", RectifyBy: day(2026, 6, 1), YellowCard: true},
			{ID: "N2", IssueNo: "2026年第1期", IssuedOn: day(2026, 5, 6), UnitID: "T1", ItemID: "I2", Problem: "重点任务迟公开", RectifyBy: day(2026, 6, 1), RectifiedOn: day(2026, 5, 20)},
			{ID: "N3", IssueNo: "2026年第2期", IssuedOn: day(2026, 8, 3), UnitID: "T1", ItemID: "I2", Problem: "重点任务再次迟公开", RectifyBy: day(2026, 8, 20), RectifiedOn: day(2026, 9, 1)},
			{ID: "N4", IssueNo: "2026年第2期", IssuedOn: day(2026, 8, 3), UnitID: "V11", Problem: "公开栏破损", RectifyBy: day(2026, 10, 31)},
			{ID: "N5", IssueNo: "2025年第9期", IssuedOn: day(2025, 12, 1), UnitID: "O02", ItemID: "I1", Problem: "上年的问题", RectifyBy: day(2025, 12, 20), RectifiedOn: day(2025, 12, 10), YellowCard: true},
			{ID: "N6", IssueNo: "2026年第3期", IssuedOn: day(2026, 11, 2), UnitID: "O02", ItemID: "I1", Problem: "以后的通报", RectifyBy: day(2026, 11, 20)},
		},
		Institutions: []model.Institution{
			{UnitID: "T1", Institution: "study", EstablishedOn: day(2025, 1, 1)},
			{UnitID: "T1", Institution: "publicity", EstablishedOn: day(2025, 1, 1)},
			{UnitID: "T1", Institution: "assessment", EstablishedOn: day(2025, 1, 1)},
			{UnitID: "T1", Institution: "disclosure", EstablishedOn: day(2025, 1, 1)},
			{UnitID: "T1", Institution: "meeting", EstablishedOn: day(2025, 1, 1)},
			{UnitID: "T2", Institution: "study", EstablishedOn: day(2026, 1, 1)},
			{UnitID: "T2", Institution: "meeting", EstablishedOn: day(2026, 12, 1)},
		},
	}
}

// inner is in the record_id, title and link of every record that is not for society.
const inner = "INNER"

// districtLedger has a record for most obligations: the further down a unit, the later it publishes and the more it misses.
func districtLedger(listed model.Registry) string {
	var b strings.Builder
	b.WriteString("record_id,unit,parent,item,title,period,occurred_on,proposed_on,reviewed_on,approved_on,published_on,uploaded_on,scope,channel,url\n")
	line := func(unit model.Unit, item, period, occurred string, published time.Time, n int) {
		on := published.Format(time.DateOnly)
		record, title, scope := fmt.Sprintf("R%s-%s-%s%s", unit.ID, item, period, occurred), "记录", "society"
		if n%7 == 4 {
			record, title, scope = inner+record, inner+"记录", "party"
		}
		fmt.Fprintf(&b, "%s,%s,,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,board,https://example.org/%s/%d\n",
			record, unit.ID, item, title, period, occurred, on, on, on, on, published.AddDate(0, 0, n%6).Format(time.DateOnly), scope, title, n)
	}
	for i, unit := range listed.Units {
		for month := 1; month <= 9; month++ {
			if (i*7+month*5)%23 < i/6 {
				continue // missing
			}
			line(unit, "I1", fmt.Sprintf("2026-%02d", month), "", day(2026, month+1, 3+(i*3+month)%(6+i/4)), i)
		}
		for quarter := 1; quarter <= 3; quarter++ {
			if unit.ID != "O01" && (i+quarter)%9 != 0 {
				line(unit, "I2", fmt.Sprintf("2026Q%d", quarter), "", day(2026, quarter*3+1, 5+i%15), i)
			}
		}
		if i%5 != 0 {
			line(unit, "I3", "", "", day(2026, 1, 5+i%40), i)
		}
		line(unit, "I4", "", "2026-04-01", day(2026, 4, 3+i%9), i)
	}
	fmt.Fprintf(&b, "RU,O01,,I4,没有日期的公示,,,,,,2026-05-01,,society,board,\n") // undated
	return b.String()
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func day(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// clock stands still, so that every page says the same on any day.
func clock() time.Time { return time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC) }

func shanghai(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
