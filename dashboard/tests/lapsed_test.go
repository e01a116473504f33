package tests

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"
)

// testLapsed holds the page against what the district's ledger leaves out, counted by hand: within T1 the town and its two villages lack
// eleven publications, of the standing item none.
func testLapsed(t *testing.T, handler http.Handler) {
	for name, test := range map[string]struct {
		address     string
		wants, nots []string
	}{
		"one by one": {
			"/lapsed?within=T1",
			[]string{
				"截至10月20日，3 个单位有 11 项逾期未公开，最早自2月10日", "范围限定</span> 第1镇", "其中重点", `<a href="/export/lapsed.csv?as_of=2026-10-20`,
				"252 天", "224 天", "193 天", "188 天", "163 天", "132 天", "102 天", "97 天", "40 天", "10 天", "5 天",
				"期限后采集过（至 2026-10-20），未见公开", "7 天内 0 项，30 天内共 3 项", "2026-11-10 周二", `"value":3,"tip":["2026-11-10 周二`, "村1、村2", "没有未能核实的任务", `href="/unit/V11?within=T1"`,
			},
			[]string{"第2镇", "第1局", "⟦"},
		},
		"by unit":  {"/lapsed?within=T1&by=unit", []string{"组织生活 2026-01、组织生活 2026-02、组织生活 2026-06、重点任务 2026Q3", "252 天", "193 天"}, []string{"224 天"}},
		"by item":  {"/lapsed?within=T1&by=item", []string{"第1镇、村2、村1", "村2、村1、第1镇", "188 天"}, []string{"224 天"}},
		"by group": {"/lapsed?within=T1&group=villages", []string{"2 个单位有 7 项逾期未公开，最早自4月10日"}, []string{"252 天"}},
		"one kind": {"/lapsed?within=T1&programme=judicial", []string{"没有逾期未公开的任务。", "没有未能核实的任务", "未来 30 天没有待公开的任务"}, []string{"项逾期未公开，"}},
		"what nobody could look for": {
			"/lapsed?within=T3",
			[]string{"截至10月20日，没有逾期未公开的任务。", "时段内 10 项期限后还没有采集过，不算逾期", "数据来源 读不到的台账 还没有成功采集过，未能核实", "state unverified"},
			[]string{"state lapsed"},
		},
		"an earlier day": {
			"/lapsed?within=T1&as_of=2026-04-10&lang=en",
			[]string{"As of 10 April, 3 disclosures have lapsed (units concerned: 2), the oldest since 10 February.", "no previous value", "59 days", "31 days", "2 days"},
			[]string{"28 days", "more than"}, // the window before had nothing to disclose
		},
		"beside a window before": {"/lapsed?within=T1&from=2026-07-01&to=2026-09-30", []string{"逾期未公开，最早自2月10日，比上期多 "}, nil},
		"in English":             {"/lapsed?within=T1&lang=en", []string{"As of 20 October, 11 disclosures have lapsed (units concerned: 3), the oldest since 10 February", "Tue", "Over 90 days"}, nil},
	} {
		t.Run(name, func(t *testing.T) { checkPage(t, handler, test.address, test.wants, test.nots) })
	}
	t.Run("its export has as many rows", func(t *testing.T) {
		_, _, body := get(t, handler, "/export/lapsed.csv?within=T1&as_of=2026-10-20&lang=en")
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 1+11 {
			t.Errorf("%d rows, %v", len(rows), err)
		}
	})
	for address, want := range map[string]string{
		"/lapsed?by=colour": "参数 by 的值“colour”不对，应为其一：",
		"/lapsed?page=3":    "没有第 3 页",
		"/lapsed?page=0":    "以上的整数",
	} {
		if status, _, page := get(t, handler, address); status == http.StatusOK || !strings.Contains(page, want) {
			t.Errorf("%s: status %d lacks %q", address, status, want)
		}
	}
}

func checkPage(t *testing.T, handler http.Handler, address string, wants, nots []string) {
	t.Helper()
	status, header, page := get(t, handler, address)
	if status != http.StatusOK {
		t.Fatalf("status %d\n%s", status, page)
	}
	checkPolicy(t, header, page)
	for _, want := range wants {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, not := range nots {
		if strings.Contains(page, not) {
			t.Errorf("the page has %q", not)
		}
	}
}
