package tests

import (
	"net/http"
	"testing"
)

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
