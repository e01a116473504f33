package tests

import (
	"net/http"
	"strings"
	"testing"
)

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
