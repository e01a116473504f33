package tests

import (
	"net/http"
	"strings"
	"testing"

	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/score"
)

// testScoreApart: of every unit the score taken apart is the score of the report, and its parts are on the page.
func testScoreApart(t *testing.T, store *ask.Asker, handler http.Handler) {
	question := model.Question{}.WithDefaults(model.Today(clock()))
	units, err := ask.Run(t.Context(), store, ask.Ranking, question)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := ask.Run(t.Context(), store, ask.Obligations, question)
	if err != nil {
		t.Fatal(err)
	}
	obligations := map[string][]model.ObligationRow{}
	for _, o := range rows {
		obligations[o.UnitID] = append(obligations[o.UnitID], o)
	}
	for _, unit := range units {
		apart := score.Of(model.DefaultAssessment(), obligations[unit.UnitID], unit.YellowCards, unit.OverdueRectifications)
		if (unit.Score == nil) != (apart.Score == nil) || unit.Score != nil && unit.Score.StringFixed(2) != apart.Score.FloatString(2) {
			t.Errorf("%s: the report has the score %v, its parts make %v", unit.UnitID, unit.Score, apart.Score)
		}
		if unit.UnitID != "O01" && unit.UnitID != "O40" {
			continue
		}
		_, _, page := get(t, handler, "/unit/"+unit.UnitID)
		if want := "最高可得 " + apart.Best.FloatString(2) + " 分"; !strings.Contains(page, want) {
			t.Errorf("the page of %s lacks %q", unit.UnitID, want)
		}
		if got := cellsOf(page, "chances"); len(got) != len(apart.Chances) || !strings.HasSuffix(got[0], "|+"+apart.Chances[0].Gain.FloatString(2)) {
			t.Errorf("%s has %d chances, the page says %q", unit.UnitID, len(apart.Chances), got)
		}
		if got := cellsOf(page, "losses"); len(got) != len(apart.Items) || unit.UnitID == "O40" && !strings.Contains(got[0], "|−"+apart.Items[0].TotalLost().FloatString(2)+"|") {
			t.Errorf("%s lost points for %d items, the page says %q", unit.UnitID, len(apart.Items), got)
		}
	}
}

// testSupervision holds the page against the district's notices: by 20 October one of five is overdue since 1 June (141 days), one open, one
// rectified twelve days late, the second on its item.
func testSupervision(t *testing.T, handler http.Handler) {
	for name, test := range map[string]struct {
		address     string
		wants, nots []string
	}{
		"overdue first": {
			"/supervision?lang=zh",
			[]string{
				"截至10月20日，通报 5 件中 2 件尚未整改，其中 1 件超期，涉及 1 个单位，最久的已超 141 天。", "141 天", "12 天", "同一事项第 2 次", "共 3 期",
				"2 / 3 个单位", "宣传制度、考核制度、信息公开制度、工作例会制度", "共 50 个单位", "/export/notices.csv?",
			},
			[]string{"以后的通报", "同一事项第 3 次"},
		},
		"one group":      {"/supervision?group=villages", []string{"通报 1 件中 1 件正在整改，没有超期的。", "没有重复通报的", "没有发出黄牌", "公开栏破损"}, []string{"组织生活未公开"}},
		"one town":       {"/supervision?within=T1", []string{"通报 3 件中 1 件正在整改", "范围限定</span> 第1镇", "重点任务再次迟公开"}, []string{"组织生活未公开"}},
		"an earlier day": {"/supervision?as_of=2026-08-25", []string{"通报 5 件中 3 件尚未整改，其中 2 件超期，涉及 2 个单位，最久的已超 85 天。", "5 天"}, nil},
		"before all":     {"/supervision?as_of=2025-11-01", []string{"截至2025年11月1日，没有督导整改通报。", "没有督导整改通报。"}, nil},
		"in English":     {"/supervision?lang=en", []string{"As of 20 October, 2 of 5 notices are not rectified, 1 of them is overdue (units concerned: 1), the longest by 141 days."}, nil},
	} {
		t.Run(name, func(t *testing.T) { checkPage(t, handler, test.address, test.wants, test.nots) })
	}
	if status, _, _ := get(t, handler, "/supervision?page=2"); status != http.StatusNotFound {
		t.Errorf("a page beyond the end: status %d", status)
	}
}

// A ranking of many units comes in parts: every part has its address, and what is chosen stays chosen on the way.
func testRankingInParts(t *testing.T, handler http.Handler) {
	for name, test := range map[string]struct {
		address     string
		wants, nots []string
	}{
		"small group is whole": {"/ranking/organs", []string{"data-table", "data-sortable", "第40局"}, []string{"data-words"}},
		"beginning": {
			"/ranking/all",
			[]string{"1 / 2", "下一页", "page=2#units", "sort=-score#units", "前 20 名与末 20 名", "⋮", "每页 50 个单位", "data-words=\"units\"", "only=lapsing", ">51 个单位<"},
			[]string{"data-table", "data-sortable", "上一页"},
		},
		"page 2":             {"/ranking/all?page=2", []string{"2 / 2", "上一页", "以下表本页的单位为准"}, []string{"下一页", "⋮"}},
		"sought":             {"/ranking/all?search=第2镇", []string{"含“第2镇”的有 3 个单位", "村1", "村2", "清除", "sort=-score"}, []string{"第3镇", "第5局", "2 / "}},
		"sought by id":       {"/ranking/all?search=v31", []string{"有 1 个单位", "第3镇"}, []string{"第1镇"}},
		"sought in vain":     {"/ranking/all?search=%3Cb%3E%20x", []string{"&lt;b&gt; x", "没有这样的单位", "有 0 个单位"}, nil},
		"sorted":             {"/ranking/all?sort=score&only=lapsing", []string{`aria-sort="ascending"`, "only=lapsing#units", "sort=score"}, nil},
		"sorted both ways":   {"/ranking/all?sort=-score", []string{`aria-sort="descending"`, "sort=score#units"}, nil},
		"kept on other page": {"/ranking/all?search=村&from=2026-04-01", []string{`href="/lapsed?from=2026-04-01"`}, []string{"/lapsed?from=2026-04-01&amp;search"}},
	} {
		t.Run(name, func(t *testing.T) {
			status, header, page := get(t, handler, test.address)
			if status != http.StatusOK {
				t.Fatalf("status %d\n%s", status, page)
			}
			checkPolicy(t, header, page)
			for _, want := range test.wants {
				if !strings.Contains(page, want) {
					t.Errorf("the page lacks %q", want)
				}
			}
			for _, not := range test.nots {
				if strings.Contains(page, not) {
					t.Errorf("the page has %q", not)
				}
			}
		})
	}
}
