package tests

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/registry"
)

const meetingJune = "半年 会议"

// testSinceNone: without a pack the pages say so, and how to make one; never that nothing changed.
func testSinceNone(t *testing.T, handler http.Handler) {
	for address, want := range map[string]string{
		"/": "还没有更早的存档会议材料可以对比", "/unit/O05": "还没有更早的存档会议材料可以对比", "/?baseline=" + url.QueryEscape("无此会议"): "没有名为“无此会议”的存档会议材料",
		"/lapsed?baseline=" + url.QueryEscape("无此会议"): "没有名为“无此会议”的存档会议材料", "/ranking/organs?baseline=" + url.QueryEscape("无此会议"): "没有名为“无此会议”的存档会议材料",
		"/?baseline=none": "已选择不与会议对比", "/lapsed?since=new": "还没有更早的存档会议材料可以对比",
	} {
		status, _, body := get(t, handler, address)
		if status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: status %d, lacks %q", address, status, want)
		}
		if strings.Contains(body, "新增逾期") || strings.Contains(body, "较会议名次") {
			t.Errorf("%s: compares with a meeting that is none", address)
		}
	}
	if _, _, body := get(t, handler, "/"); !strings.Contains(body, `<a href="/freezes">去存档会议材料`) {
		t.Error("nothing leads to where a pack is made")
	}
	if status, _, _ := get(t, handler, "/lapsed?since=worse"); status != http.StatusBadRequest {
		t.Errorf("a change that is none: status %d", status)
	}
}

// testSince: what the pages count is the difference of two lists of lapses, the one of then and the one of now.
func testSince(t *testing.T, store *ask.Asker, remembered ask.Answerer, handler http.Handler) {
	const then = "from=2026-01-01&to=2026-06-30&as_of=2026-06-30"
	own := map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:8080"}
	if answer := send(t, handler, "/freezes?"+then, meetingJune, own); answer.Code != http.StatusSeeOther {
		t.Fatalf("freeze: status %d\n%s", answer.Code, answer.Body)
	}
	baseline := "baseline=" + url.QueryEscape(meetingJune)
	for _, group := range []string{"", "&group=villages", "&group=organs"} {
		before, now := lapsesOf(t, handler, then+group), lapsesOf(t, handler, strings.TrimPrefix(group, "&"))
		want := map[string]int{"new": 0, "open": 0}
		for key := range now {
			if before[key] {
				want["open"]++
			} else {
				want["new"]++
			}
		}
		_, _, overview := get(t, handler, "/?"+baseline+group)
		if !strings.Contains(overview, "自6月30日会议以来") || !strings.Contains(overview, fmt.Sprintf("当时 %d 项", len(before))) {
			t.Errorf("%s: the overview does not say what it compares with:\n%s", group, part(overview, "since"))
		}
		sum := 0
		for change, label := range map[string]string{"new": "新增逾期", "open": "仍未公开", "mended": "已补公开", "left": "不再计入"} {
			shown, href := countOf(t, overview, label)
			if change != "new" {
				sum += shown
			}
			if count, known := want[change]; known && count != shown {
				t.Errorf("%s: %s %d, want %d", group, label, shown, count)
			}
			if href == "" {
				continue
			}
			listed := rowsOf(t, handler, strings.Split(html.UnescapeString(href), "#")[0]+"&export=lapses.csv")
			if listed != shown {
				t.Errorf("%s: %s is %d, its list has %d rows", group, label, shown, listed)
			}
		}
		if sum != len(before) {
			t.Errorf("%s: %d of then are accounted for, there were %d", group, sum, len(before))
		}
	}
	testSinceRanks(t, handler, baseline, then)
	t.Run("who fell most", func(t *testing.T) { testSinceSorted(t, handler, baseline) })
	testSinceInstead(t, store, remembered, baseline)
}

// fallen are the changes of rank since the meeting as a ranking lists them, and the unit that stands first.
const fallen = `(function () {
  var rows = Array.from(document.querySelectorAll('[data-table="units"] tbody tr'));
  return [rows[0].querySelector('a').textContent].concat(rows.map(function (row) {
    var shown = row.cells[2].textContent.trim();
    return shown === '—' ? '' : shown === '=' ? '0' : shown.replace('↑', '').replace('↓', '-');
  })).join('|');
})()`

// testSinceSorted: one click on the overview leads to who lost ranks since the meeting, most first.
func testSinceSorted(t *testing.T, handler http.Handler, baseline string) {
	server := httptest.NewServer(handler)
	defer server.Close()
	ctx, _ := browser(t)
	visit(t, ctx, server.URL+"/?lang=zh&"+baseline, 1440, "light")
	named, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(function () {
	  var line = document.querySelectorAll('.moved')[1];
	  var link = line.querySelector('.on-screen a[href^="/ranking/organs"]');
	  var name = Array.from(line.querySelectorAll('span:not(.on-screen)')).filter(function (one) { return one.textContent.includes('区直单位'); })[0];
	  return name.querySelector('a').textContent + ' ' + link.textContent.replace(/\D/g, '') + '|' + link.href;
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	clicked, address, _ := strings.Cut(named, "|")
	visit(t, ctx, address, 1440, "light")
	until(t, ctx, `document.querySelector('th[aria-sort="ascending"]')`)
	listed, err := chromedp.Run(ctx, chromedp.Evaluate[string](fallen))
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(listed, "|")
	down, before := 0, -1<<31
	for _, row := range rows[1:] {
		change, err := strconv.Atoi(row)
		if err != nil {
			change = 1 << 31 // not ranked then: last
		}
		if change < before {
			t.Errorf("%s is listed after %d", row, before)
		}
		if before = change; change < 0 {
			down++
		}
	}
	if want := rows[0] + " " + strconv.Itoa(down); clicked != want || down == 0 {
		t.Errorf("the overview names %q, the list begins with and has %q", clicked, want)
	}
}

// testSinceRanks: ranks and scores of then are those of the ranking of then.
func testSinceRanks(t *testing.T, handler http.Handler, baseline, then string) {
	_, _, ranking := get(t, handler, "/ranking/organs?"+baseline)
	if !strings.Contains(ranking, "较会议名次") || !strings.Contains(ranking, "较会议得分") {
		t.Error("the ranking does not compare")
	}
	rows := csvOf(t, handler, "/export/ranking.csv?lang=en&group=organs&"+then)
	for _, row := range rows[1:] {
		if row[2] != "O05" {
			continue
		}
		_, _, unit := get(t, handler, "/unit/O05?"+baseline)
		if want := "当时组内第 " + row[0] + " 名、" + row[6] + " 分"; !strings.Contains(unit, want) {
			t.Errorf("the unit's page lacks %q:\n%s", want, part(unit, "since"))
		}
		if !strings.Contains(ranking, "当时 "+row[6]+" 分") {
			t.Errorf("the ranking does not say that the score was %s", row[6])
		}
		return
	}
	t.Error("the unit is not ranked")
}

// testSinceInstead: what cannot be compared with is said, and everything else of the page is there.
func testSinceInstead(t *testing.T, store *ask.Asker, remembered ask.Answerer, baseline string) {
	for name, test := range map[string]struct {
		err     error
		many    uint64
		society bool
		want    string
	}{
		"preparing": {err: &facts.NotStoredError{Units: 9}, want: "当时的数据正在准备"},
		"removed":   {err: &model.UserError{Parameter: "known_at"}, want: "当时的数据已按保留期限清理"},
		"failed":    {err: errors.New("no answer"), want: "数据加载失败"},
		"very many": {many: 1, want: "单位太多，此处不与会议对比"},
		"society":   {society: true},
	} {
		t.Run(name, func(t *testing.T) {
			questions := remembered
			if test.err != nil {
				questions = withoutSince{remembered, test.err}
			}
			handler := site(t, store, questions, func(o *page.Options) { o.Many, o.Society = test.many, test.society })
			for _, address := range []string{"/?" + baseline, "/unit/O05?" + baseline} {
				_, _, body := get(t, handler, address)
				panel := part(body, "since")
				if test.society {
					if panel != "" {
						t.Errorf("%s: packs are not for everyone: %s", address, panel)
					}
					continue
				}
				if !strings.Contains(panel, test.want) || strings.Contains(panel, "项") && test.err != nil {
					t.Errorf("%s: want %q and no count:\n%s", address, test.want, panel)
				}
				if !strings.Contains(body, `class="big"`) {
					t.Errorf("%s: the rest of the page is missing", address)
				}
			}
		})
	}
}

// withoutSince is the real store but for what became since a meeting.
type withoutSince struct {
	ask.Answerer
	err error
}

func (q withoutSince) Answer(ctx context.Context, asked ask.Asked) (any, error) {
	if asked.Name() == "since/lapses" {
		return nil, q.err
	}
	return q.Answerer.Answer(ctx, asked)
}

// lapsesOf are the lapses of the export of a question.
func lapsesOf(t *testing.T, handler http.Handler, question string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, row := range csvOf(t, handler, "/export/lapsed.csv?lang=en&"+question)[1:] {
		found[strings.Join([]string{row[0], row[2], row[6], row[7]}, " ")] = true
	}
	return found
}

func rowsOf(t *testing.T, handler http.Handler, address string) int {
	t.Helper()
	return len(csvOf(t, handler, address)) - 1
}

func csvOf(t *testing.T, handler http.Handler, address string) [][]string {
	t.Helper()
	status, _, body := get(t, handler, address)
	if status != http.StatusOK {
		t.Fatalf("%s: status %d\n%s", address, status, body)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%s: %v", address, err)
	}
	return rows
}

// part is the panel of an id; empty: the page has none.
func part(body, id string) string {
	return regexp.MustCompile(`(?s)<section class="panel[^>]*aria-labelledby="` + id + `".*?</section>`).FindString(body)
}

// countOf is one of the counts of the panel with the address that it leads to; 0 and nothing where there is none such.
func countOf(t *testing.T, body, label string) (count int, href string) {
	t.Helper()
	found := regexp.MustCompile(`<dt>` + label + `</dt>\s*<dd class="big"><a href="([^"]*)">([\d,]+)</a>`).FindStringSubmatch(part(body, "since"))
	if found == nil {
		return 0, ""
	}
	count, err := strconv.Atoi(strings.ReplaceAll(found[2], ",", ""))
	if err != nil {
		t.Fatal(err)
	}
	return count, found[1]
}

// testSinceRules: what a change of rules did to a unit's score is told apart from what the unit did, by the scores of both rules. It is last: the rules
// are others from then on.
func testSinceRules(t *testing.T, store *ask.Asker, handler http.Handler) {
	baseline := "?baseline=" + url.QueryEscape(meetingJune)
	score := func() string {
		t.Helper()
		for _, row := range csvOf(t, handler, "/export/ranking.csv?lang=en&group=organs")[1:] {
			if row[2] == "O05" {
				return row[6]
			}
		}
		t.Fatal("the unit is not ranked")
		return ""
	}
	before := score()
	if _, _, unit := get(t, handler, "/unit/O05"+baseline); strings.Contains(unit, "规则自会议后有改动") {
		t.Error("the rules are said to have changed")
	}
	assessment := model.DefaultAssessment()
	assessment.Score.Timeliness = model.Whole(9)
	if _, _, err := registry.Save(t.Context(), store.Store, registry.Load{
		Registry: districtRegistry(), Assessment: assessment, Timezone: "Asia/Shanghai", Since: day(2025, 1, 1), BackdatingToleranceDays: 3,
	}); err != nil {
		t.Fatal(err)
	}
	want := "按会议时的规则得 " + before + " 分，按现行规则得 " + score() + " 分"
	if _, _, unit := get(t, handler, "/unit/O05"+baseline); !strings.Contains(unit, want) {
		t.Errorf("the unit's page lacks %q:\n%s", want, part(unit, "since"))
	}
}
