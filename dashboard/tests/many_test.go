package tests

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// mainPart is a page without its frame.
var mainPart = regexp.MustCompile(`(?s)<main.*</main>`)

// heatPart is, beside tilesPart, the one panel that has towns for units when there are very many.
var heatPart = regexp.MustCompile(`(?s)<section[^>]*aria-labelledby="heat".*?</section>`)

// exportsPart is where a long list that is exported whole leads to the report in its place.
var exportsPart = regexp.MustCompile(`<p class="exports">.*?</p>`)

// chosenPart is what a mark chooses of a list, which of very many units is not chosen from.
var chosenPart = regexp.MustCompile(`(?:\\u0026|&amp;)(?:age|item)=\w+|(?:age|item)=\w+(?:\\u0026|&amp;)?`)

// Of very many units no page asks for all of them: what it says then is the same, but for panels that read every record, which lead to smaller areas.
func testVeryMany(t *testing.T, handler, many http.Handler) {
	for _, address := range []string{"/?baseline=none", "/lapsed?by=unit&baseline=none", "/lapsed?by=item&baseline=none", "/supervision", "/unit/O02?baseline=none"} {
		t.Run(address, func(t *testing.T) {
			_, _, want := get(t, handler, address)
			status, _, got := get(t, many, address)
			if status != http.StatusOK {
				t.Fatalf("status %d\n%s", status, got)
			}
			wanted, told := mainLines(want), mainLines(got)
			for i := range wanted {
				if i >= len(told) || told[i] != wanted[i] {
					t.Fatalf("line %d:\nwant %s\ngot  %s", i, wanted[i], told[min(i, len(told)-1)])
				}
			}
		})
	}
	for address, heading := range map[string]string{"/procedure": "步骤", "/evidence": "佐证", "/placement": "渠道"} {
		t.Run(address, func(t *testing.T) {
			status, header, page := get(t, many, address)
			checkPolicy(t, header, page)
			for _, want := range []string{heading, "请先选定下面的一个地区", "第1镇 3", "within=T1"} {
				if status != http.StatusOK || !strings.Contains(page, want) {
					t.Errorf("status %d, the page lacks %q", status, want)
				}
			}
			if strings.Contains(page, "稍后重试") {
				t.Error("a panel failed")
			}
		})
	}
}

// yearPart is a comparison that is not prepared of very many units.
var yearPart = regexp.MustCompile(`<a href="[^"]*compare=year[^"]*">.*?</a>`)

func mainLines(page string) []string {
	page = yearPart.ReplaceAllString(page, "")
	page = strings.ReplaceAll(chosenPart.ReplaceAllString(page, ""), "?#", "#")
	return strings.Split(exportsPart.ReplaceAllString(tilesPart.ReplaceAllString(heatPart.ReplaceAllString(mainPart.FindString(page), ""), ""), ""), "\n")
}
