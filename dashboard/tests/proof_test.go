package tests

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
)

const websiteProof = "/proof/%E7%BD%91%E7%AB%99%2F%E5%85%AC%E7%A4%BA/a"

func testProof(t *testing.T, handler http.Handler) {
	_, _, unitPage := get(t, handler, "/unit/O05")
	if !strings.Contains(unitPage, `href="/proof/网站%2F公示/a"`) {
		t.Error("the unit page does not lead to the proof")
	}
	if strings.Contains(unitPage, "alert(1)") {
		t.Error("the unit page carries raw content")
	}
	for name, test := range map[string]struct {
		address     string
		wants, nots []string
	}{
		"back-dated record of a website": {
			websiteProof,
			[]string{
				"写明 2026-10-01 公开，但到 2026-10-08 采集时来源中仍没有，相差 7 天，疑似补录", "三季度重点任务（更正）", "采集时尚未出现", "2026-10-12 08:30",
				"标题：三季度重点任务 → 三季度重点任务（更正）", "首次出现", "第 2 版", "SHA-256", "/a/a.html", "&lt;script&gt;", "数据来源 网站/公示（网页）",
			},
			[]string{"<script>document", `<img src="https`},
		},
		"in English": {websiteProof + "?lang=en", []string{"not yet there when the source was read on 2026-10-08, 7 days later", "Version 2", "Download as it is"}, nil},
		"record that disappeared": {
			strings.TrimSuffix(websiteProof, "a") + "b", []string{"来源中已不见", "来源中不再有；撤下日期：— → 2026-10-12", "撤下的版本没有内容", "先有后无"}, nil,
		},
		"row of a ledger": {
			"/proof/台账/RO02-I1-2026-01", []string{"台账填报", "台账的行不另存原始内容", "ledger.csv", "https://example.org/"}, []string{"SHA-256"},
		},
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

var contentLink = regexp.MustCompile(`href="([^"]*/content\?version=\d+)"`)

// The content is sent as it was kept, and never as something that a browser would show as a page.
func testProofContent(t *testing.T, handler http.Handler) {
	_, _, page := get(t, handler, websiteProof)
	found := contentLink.FindStringSubmatch(page)
	if found == nil {
		t.Fatal("no content to download")
	}
	status, header, body := get(t, handler, found[1])
	if status != http.StatusOK || header.Get("Content-Type") != "text/plain; charset=utf-8" || !strings.HasPrefix(header.Get("Content-Disposition"), "attachment") ||
		header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("status %d, %v", status, header)
	}
	if !strings.Contains(body, `onerror="alert(1)"`) || !strings.HasPrefix(body, "<li") {
		t.Errorf("the content is not the row as it was: %s", body)
	}
}

func testSources(t *testing.T, handler http.Handler) {
	const one = "/sources/%E7%BD%91%E7%AB%99%2F%E5%85%AC%E7%A4%BA"
	for name, test := range map[string]struct {
		address     string
		wants, nots []string
	}{
		"all": {
			"/sources", []string{
				"3 个数据来源中 2 个采集失败或存疑：网站/公示、读不到的台账。", "自 2026-10-20 08:30 起，已有 1 次失败或存疑", "从未成功", "404", "2026-10-13 08:30",
				`href="` + one + `"`, "1 个单位、4 个事项", "/export/sources.csv?", "/export/rejects.csv?", "/export/remarks.csv?", "没有未读取的内容", "1 / 4", "无名局",
			}, nil,
		},
		"last page of the rejects": {"/sources?page=4", []string{"4 / 4", "上一页"}, []string{"下一页"}},
		"rejects sought":           {"/sources?search=" + "无名局99", []string{"含“无名局99”的有 1 行。", "清除"}, []string{"无名局98", "1 / 2"}},
		"rejects sought by reason": {"/sources?search=" + "名册中没有+无名局99", []string{"有 1 行。"}, []string{"无名局98"}},
		"rejects sought in vain":   {"/sources?search=%3Cb%3E%20x", []string{"&lt;b&gt; x", "没有含这些字词的未入库行"}, nil},
		"one": {
			one,
			[]string{"采集失败（自 2026-10-20 08:30 起，已有 1 次失败或存疑）", "collections-option", "2026-10-12 08:30", "404", "无名局", "最近 4 次"},
			[]string{"读不到的台账"},
		},
		"a ledger":                {"/sources/台账", []string{"正常", "没有未入库的行"}, []string{"无名局"}},
		"failing on the overview": {"/", []string{"数据来源 网站/公示 自 10月20日 起采集失败，涉及 1 个单位", "数据来源 读不到的台账 还没有成功采集过"}, nil},
		"failing where it covers": {"/unit/O05", []string{"数据来源 网站/公示 自 10月20日 起采集失败"}, []string{"读不到的台账"}},
		"failing elsewhere":       {"/unit/O02", nil, []string{"采集失败，涉及", "网站/公示"}},
		"never read":              {"/unit/V31", []string{"数据来源 读不到的台账 还没有成功采集过，未能核实"}, []string{"网站/公示"}},
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

// testSchedule shows what the pages say of next runs: planned, without a schedule, being repeated, and of a source that is configured no more.
func testSchedule(t *testing.T, store *ask.Asker, questions ask.Answerer) {
	next := time.Date(2026, 10, 21, 23, 10, 0, 0, time.UTC)
	handler := site(t, store, questions, func(o *page.Options) {
		o.Schedule = func() map[string]page.Run {
			return map[string]page.Run{"台账": {}, "网站/公示": {Schedule: "10 7 * * *", Next: next}, "新来源": {Schedule: "@every 1h"}}
		}
	})
	_, _, page := get(t, handler, "/sources")
	for _, want := range []string{"2026-10-22 07:10", "10 7 * * *", "无计划", "新来源", "尚未采集", "采集后确定", "已不在配置中"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if status, _, _ := get(t, handler, "/sources/新来源"); status != http.StatusOK {
		t.Errorf("the page of a source that was never collected: %d", status)
	}
}
