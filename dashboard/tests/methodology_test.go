package tests

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// testMethodology holds the page against SPEC §5's weights and the district's catalogue, calendar and exemptions. Worked by hand:
// 36 + 24 + 15 + 11.25 = 86.25, less 5 + 2; without procedure (36 + 24 + 11.25) / 0.85 = 83.8235….
func testMethodology(t *testing.T, handler http.Handler) {
	for name, test := range map[string]struct {
		address, figure string
		want            []string
		says            []string
	}{
		"score": {
			"/methodology", "score", []string{"公开率|40 %", "及时率|30 %", "程序规范率|15 %", "公开到位率|15 %"}, []string{
				"每张黄牌扣 5 分", "每件扣 2 分", "合计最多扣 20 分",
				"100 ×（40 % × 0.90 + 30 % × 0.80 + 15 % × 1.00 + 15 % × 0.75）− 7 = 79.25 分，合格。",
				"100 ×（47.06 % × 0.90 + 35.29 % × 0.80 + 17.65 % × 0.75）= 83.82 分，合格。",
			},
		},
		"bands":   {"/methodology", "rank", []string{"优秀|95 分及以上", "良好|85 分及以上，不满 95 分", "合格|60 分及以上，不满 85 分", "不合格|不满 60 分"}, []string{"不足 90 % 的", "不足 1 项的", "上期为 2025-01-01 至 2025-10-20，统计截止日 2025-10-20"}},
		"classes": {"/methodology", "measures", []string{"重点|50 %|3", "必须|33.33 %|2", "提倡|16.67 %|1"}, []string{"（3 × 0 ÷ 3 + 2 × 1 ÷ 1）÷（3 + 2）"}},
		"an obligation": {"/methodology", "obligation", nil, []string{
			"“组织生活”每月公开，期限为 10 个自然日。所属期 2026-09 的最后一日为 2026-09-30，其后第 10 个自然日是 2026-10-10", "2026-10-13 公开，延迟 3 天", "已逾期 10 天",
		}},
		"catalogue": {"/methodology", "catalogue", []string{
			"组织生活 I1 · 基层“7+1” · 阳光党务 · 党风廉政建设|重点|区委、纪检机关、区直单位、镇、村|每月|所属期满后第 10 个自然日|不限|不限|—|—",
			"重点任务 I2 · 基层“7+1” · 阳光党务 · 党风廉政建设|必须|区委、纪检机关、区直单位、镇、村|每季度|所属期满后第 15 个自然日|不限|不限|—|—",
			"党务公开目录 I3 · 基层“7+1” · 阳光党务 · 党风廉政建设|提倡|区委、纪检机关、区直单位、镇、村|长期|启用或生效后第 30 个自然日，此后长期|不限|不限|—|—",
			"发展党员公示 I4 · 基层“7+1” · 阳光党务 · 党风廉政建设|重点|区委、纪检机关、区直单位、镇、村|随时|发生或审批后第 7 个自然日|不限|不限|—|—",
		}, []string{"共 4 个"}},
		"calendar":       {"/methodology", "calendar", []string{"2026|2026-10-01 周四 – 2026-10-02 周五|放假|2 天", "2026|2026-10-10 周六|调休上班|1 天"}, []string{"共 3 天", "2027 年没有登记"}},
		"exemptions":     {"/methodology", "exemptions", nil, []string{"涉密", "区委办公室", "共 1 条"}},
		"before them":    {"/methodology?as_of=2025-12-31", "exemptions", nil, []string{"考核期内没有免予公开的"}},
		"in English":     {"/methodology?lang=en", "score", []string{"Coverage|40 %", "Timeliness|30 %", "Procedure|15 %", "Placement|15 %"}, []string{"= 79.25, rating: Pass.", "5 points for each yellow card"}},
		"from elsewhere": {"/supervision?as_of=2026-08-25", "", nil, []string{"/methodology?as_of=2026-08-25"}},
	} {
		t.Run(name, func(t *testing.T) {
			checkPage(t, handler, test.address, nil, nil)
			_, _, page := get(t, handler, test.address)
			page = html.UnescapeString(page)
			for _, want := range test.says {
				if !strings.Contains(page, want) {
					t.Errorf("the page lacks %q", want)
				}
			}
			if diff := cmp.Diff(test.want, cellsOf(page, test.figure)); test.want != nil && diff != "" {
				t.Error(diff)
			}
		})
	}
}

var explained = regexp.MustCompile(`href="/methodology[^"#]*#([a-z_]+)"`)

// testDefinitions follows every measure's name on every page to where the methodology explains it.
func testDefinitions(t *testing.T, handler http.Handler) {
	_, _, rules := get(t, handler, "/methodology")
	for address, wants := range map[string][]string{
		"/":               {"coverage", "organisation_coverage", "member_coverage", "timeliness", "evidenced_timeliness", "states"},
		"/ranking/organs": {"rank", "score", "coverage", "timeliness", "evidenced_timeliness", "procedure", "placement", "verified", "states"},
		"/ranking/towns":  {"score", "verified"}, "/sites": {"sites", "timeliness_before", "observations"}, "/sites/T1": {"sites", "timeliness_after"},
		"/unit/O01": {"rank", "score", "coverage", "verified", "backdated", "overdue_rectifications"}, "/procedure": {"procedure"}, "/placement": {"placement", "overexposed"},
		"/evidence": {"timeliness", "evidenced_timeliness", "evidence_share", "backdated", "evidenced_on"}, "/supervision": {"yellow_cards", "institutions"},
		"/lapsed": {"states", "essential_lapsed"},
	} {
		t.Run(address, func(t *testing.T) {
			_, _, page := get(t, handler, address)
			led := map[string]bool{}
			for _, found := range explained.FindAllStringSubmatch(page, -1) {
				led[found[1]] = true
				if !strings.Contains(rules, `id="`+found[1]+`"`) {
					t.Errorf("the methodology has no %q", found[1])
				}
			}
			for _, want := range wants {
				if !led[want] {
					t.Errorf("nothing leads to %q", want)
				}
			}
		})
	}
}
