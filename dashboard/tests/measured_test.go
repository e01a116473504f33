package tests

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/ledger"
	"yangguang/collector/record"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/querytest"
	"yangguang/queries/registry"
)

// measuredLedger is small enough to count by hand what its records do for procedure, evidence and placement.
const measuredLedger = `record_id,unit,item,title,period,occurred_on,proposed_on,reviewed_on,approved_on,published_on,uploaded_on,withdrawn_on,scope,channel
A1,O1,I1,一月党费,2026-01,,2026-02-01,2026-02-03,2026-02-05,2026-02-06,2026-02-06,,party,meeting
A2,O1,I1,二月党费,2026-02,,2026-03-05,2026-03-03,2026-03-06,2026-03-08,2026-03-20,,society,board
A3,O2,I1,一月党费,2026-01,,2026-02-01,,2026-02-08,2026-02-09,,,party,website
A4,V1,I2,公示,,2026-05-01,2026-05-01,2026-05-02,2026-05-02,2026-05-03,,2026-05-05,society,board
A5,V1,I2,公示,,2026-05-01,,2026-05-02,2026-05-03,2026-05-04,,,society,board
`

// measuredPlain comes from a source that reports no steps.
const measuredPlain = `record_id,unit,item,title,period,published_on,scope,channel
B1,T1,I1,一月党费,2026-01,2026-02-04,party,meeting
`

// measured is a district of four units with duties: an item for the party at meetings or on the board, and an event's notice that stays on the
// board for five days.
func measured(t *testing.T) http.Handler {
	t.Helper()
	store := querytest.Store(t)
	unit := func(id, name, tier, parent string) model.Unit {
		return model.Unit{ID: id, Name: name, Tier: tier, ParentID: parent, Members: 10, ActiveFrom: day(2024, 1, 1)}
	}
	listed := model.Registry{
		Units: []model.Unit{
			unit("C1", "区委", "committee", ""), unit("O1", "甲局", "organ", "C1"), unit("O2", "乙局", "organ", "C1"), unit("T1", "丙镇", "town", "C1"), unit("V1", "丁村", "village", "T1"),
		},
		Items: []model.Item{
			{
				ID: "I1", Name: "党费收缴", Programme: "party", Catalogue: "grassroots", Tiers: []string{"organ", "town"}, Class: "essential", Cadence: "monthly",
				DueDays: 10, DayKind: "natural", NotBefore: "start", ValidFrom: day(2026, 1, 1), Scopes: []string{"party"}, Channels: []string{"meeting", "board"},
			},
			{
				ID: "I2", Name: "重要公示", Programme: "party", Catalogue: "grassroots", Tiers: []string{"village"}, Class: "obligatory", Cadence: "event",
				DueDays: 7, DayKind: "natural", NotBefore: "start", ValidFrom: day(2026, 1, 1), Channels: []string{"board"}, DisplayDays: 5,
			},
		},
	}
	folder := t.TempDir()
	write(t, filepath.Join(folder, "steps.csv"), measuredLedger)
	write(t, filepath.Join(folder, "plain.csv"), measuredPlain)
	var plain ledger.Config
	if err := yaml.Unmarshal([]byte("{name: 无步骤, kind: ledger, path: plain.csv, steps: false}"), &plain); err != nil {
		t.Fatal(err)
	}
	without, err := ledger.New(plain, folder)
	if err != nil {
		t.Fatal(err)
	}
	sources := []collector.Source{source(t, folder, "台账", "steps.csv", ""), without}
	covers, err := collector.Covers(sources, listed)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := registry.Save(t.Context(), store.Store, registry.Load{
		Registry: listed, Assessment: model.DefaultAssessment(), Timezone: "Asia/Shanghai", Since: day(2025, 1, 1), BackdatingToleranceDays: 3, Covers: covers,
	}); err != nil {
		t.Fatal(err)
	}
	options := collector.Options{Store: store.Store, Resolver: record.NewResolver(listed), Zone: shanghai(t), Clock: clock}
	for _, one := range sources {
		if _, err := collector.Collect(t.Context(), options, one, nil); err != nil {
			t.Fatal(err)
		}
	}
	remembered, err := ask.NewCached(store, 200)
	if err != nil {
		t.Fatal(err)
	}
	return site(t, store, remembered)
}

// cellsOf is a page's table rows as text, cells separated by bars.
func cellsOf(page, figure string) []string {
	_, after, _ := strings.Cut(page, `aria-labelledby="`+figure+`"`)
	section, _, _ := strings.Cut(after, "</section>")
	var rows []string
	for _, part := range strings.Split(section, "<tr")[1:] {
		var cells []string
		for _, one := range strings.Split(part, "<td")[1:] {
			_, text, _ := strings.Cut(one, ">")
			text, _, _ = strings.Cut(text, "</td>")
			text, _, _ = strings.Cut(text, "</tr>") // a cell needs no end
			cells = append(cells, strings.TrimSpace(tagged.ReplaceAllString(strings.ReplaceAll(text, "<small>", " "), "")))
		}
		if len(cells) > 0 {
			rows = append(rows, strings.Join(cells, "|"))
		}
	}
	return rows
}

// The pages that look into one measure tell what can be counted by hand.
func TestMeasured(t *testing.T) {
	handler := measured(t)
	for name, test := range map[string]struct {
		address, figure string
		want            []string
		says            string
	}{
		"flow": {"/procedure", "flow", []string{
			"区直单位|3|3|3|2|3|3|2|1", "镇（街道）|1|0|0|0|0|0|0|0", "村（社区）|1|1|1|1|1|1|1|1", "全部|5|4|4|3|4|4|3|2",
		}, "4 项有程序记载的已公开任务中，2 项程序完整有序，1 项缺少步骤，1 项顺序不符"},
		"flow of a group":   {"/procedure?group=villages", "flow", []string{"村（社区）|1|1|1|1|1|1|1|1", "全部|1|1|1|1|1|1|1|1"}, "1 项有程序记载"},
		"flow of a quarter": {"/procedure?from=2026-05-01", "flow", []string{"村（社区）|1|1|1|1|1|1|1|1", "全部|1|1|1|1|1|1|1|1"}, "1 项有程序记载"},
		"flow of a day":     {"/procedure?as_of=2026-02-10", "flow", []string{"区直单位|2|2|2|1|2|2|1|1", "镇（街道）|1|0|0|0|0|0|0|0", "全部|3|2|2|1|2|2|1|1"}, "2 项有程序记载"},
		"step times": {"/procedure", "times", []string{
			"提出到审核|2|1.25 天|1.5 天|1.75 天|2 天", "审核到审批|4|0.75 天|1.5 天|2.25 天|3 天",
			"审批到公开|5|1 天|1 天|1 天|2 天", "提出到公开|4|2.75 天|4 天|5.75 天|8 天",
		}, ""},
		"broken": {"/procedure", "broken", []string{
			"丁村|重要公示 公示|2026-05-01|缺提出 该任务另有程序完整有序的记录，不影响得分|—|2026-05-02|2026-05-03|2026-05-04|查看",
			"甲局|党费收缴 二月党费|2026-02|审核早于提出 2 天|2026-03-05|2026-03-03|2026-03-06|2026-03-08|查看",
			"乙局|党费收缴 一月党费|2026-01|缺审核|2026-02-01|—|2026-02-08|2026-02-09|查看",
		}, "/proof/台账/A2"},
		"lowest in procedure": {"/procedure", "lowest", []string{"乙局|区直单位|9|0.0 %", "甲局|区直单位|9|50.0 %"}, ""},
		"backdated":           {"/evidence", "backdated", []string{"甲局|党费收缴 二月党费|2026-03-08|2026-03-20|12 天|上传日期|台账|查看"}, "疑似补录 1 条记录"},
		"backdated by then":   {"/evidence?as_of=2026-03-01", "backdated", nil, "没有疑似补录的记录"},
		"overexposed":         {"/placement", "overexposed", []string{"甲局|党费收缴 二月党费|党内公开|公开栏|2026-03-08|—|查看"}, "1 条记录超范围向社会公开，3 条记录的范围"},
		"misplaced": {"/placement", "misplaced", []string{
			"丁村|重要公示 公示|2026-05-01|2026-05-05 撤下，只公开 2 天，应满 5 天 该任务另有到位的记录，不影响得分|2026-05-03|查看",
			"甲局|党费收缴 二月党费|2026-02|范围为社会公开，允许党内公开|2026-03-08|查看",
			"乙局|党费收缴 一月党费|2026-01|渠道为网站，允许工作会议、公开栏|2026-02-09|查看",
		}, ""},
		"channels":             {"/placement", "channels", []string{"党费收缴|0|1 事项不允许|0|2|1|0|0", "重要公示|0|0|0|0|2|0|0"}, ""},
		"placement of a group": {"/placement?group=organs", "groups", []string{"区直单位|18|25.0 %"}, ""},
		"before it came down":  {"/placement?as_of=2026-05-04&from=2026-04-01&to=2026-05-30", "misplaced", nil, "已公开任务的记录都到位"},
		"coverage by month": {"/?to=2026-05-31", "coverage_months", []string{
			"2026-02|100.0 % 3 / 3|100.0 % 30 / 30|100.0 % 3 / 3|3|0|0|0|0", "2026-03|33.3 % 1 / 3|33.3 % 10 / 30|33.3 % 1 / 3|1|0|2|0|0",
			"2026-04|0.0 % 0 / 3|0.0 % 0 / 30|0.0 % 0 / 3|0|0|3|0|0", "2026-05|25.0 % 1 / 4|25.0 % 10 / 40|25.0 % 1 / 4|1|0|3|0|0",
		}, ""},
		"timeliness of a month":  {"/?from=2026-03-01&to=2026-03-31", "timeliness_months", []string{"2026-03|33.3 % 1 / 3|0.0 % 0 / 3|1|0|2|0|0"}, ""},
		"evidence of a month":    {"/evidence?from=2026-03-01&to=2026-03-31&group=organs", "timeliness_months", []string{"2026-03|50.0 % 1 / 2|0.0 % 0 / 2|1|0|1|0|0"}, ""},
		"who is behind":          {"/", "heat", []string{"逾逾期未公开 8|", "逾逾期未公开 8|", "逾逾期未公开 7|", "|✓按时公开"}, "4 个单位中逾期最多的 4 个"},
		"which towns":            {"/?by=town", "heat", []string{"逾逾期未公开 8|✓按时公开"}, "1 个镇（街道）连同所辖村（社区）"},
		"months of a unit":       {"/unit/O1?to=2026-04-30", "history", []string{"2026-01|—|0|0|0|0|0", "2026-02|100.00|1|0|0|0|0", "2026-03|70.00|1|0|0|0|0", "2026-04|0.00|0|0|1|0|0"}, "最高可得"},
		"procedure of the group": {"/procedure?group=organs", "groups", []string{"区直单位|18|25.0 %"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			status, _, page := get(t, handler, test.address)
			if status != http.StatusOK || !strings.Contains(strings.ToLower(page), strings.ToLower(test.says)) {
				t.Errorf("status %d, or the page lacks %q", status, test.says)
			}
			if got := strings.Join(cellsOf(page, test.figure), "\n"); got != strings.Join(test.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", got, strings.Join(test.want, "\n"))
			}
		})
	}
}
