package tests

import (
	"encoding/json"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var chartPanel = regexp.MustCompile(`(?s)<section class="panel[^"]*" aria-labelledby="([a-z_]+)">.*?</section>`)

// markDrawn is a datum of a chart; one that is nothing but its value comes as that.
type markDrawn struct {
	Value any
	Link  string
}

func (m *markDrawn) UnmarshalJSON(text []byte) error {
	if len(text) == 0 || text[0] != '{' {
		return json.Unmarshal(text, &m.Value)
	}
	type mark markDrawn // without this method
	return json.Unmarshal(text, (*mark)(m))
}

// testMarks says that every mark of every chart leads to a list: by a link of its own, of its row, or to the table of its panel; and that the links are there.
func testMarks(t *testing.T, handler http.Handler) {
	charts, followed := 0, map[string]bool{}
	for _, address := range everyPage() {
		_, _, page := get(t, handler, address)
		for _, panel := range chartPanel.FindAllStringSubmatch(page, -1) {
			block := option.FindStringSubmatch(panel[0])
			if block == nil {
				continue
			}
			charts++
			var drawn struct {
				Links  []string
				Series []struct {
					Name string
					Data []markDrawn
				}
			}
			if err := json.Unmarshal([]byte(block[1]), &drawn); err != nil {
				t.Fatal(err)
			}
			listed := strings.Contains(panel[0], `<details class="data">`)
			for _, series := range drawn.Series {
				for at, mark := range series.Data {
					if mark.Link == "" && at < len(drawn.Links) {
						mark.Link = drawn.Links[at]
					}
					if _, drawn := mark.Value.(string); !drawn && mark.Link == "" && !listed {
						t.Errorf("%s: a mark of %s %s leads nowhere", address, panel[1], series.Name)
					}
					path, _, _ := strings.Cut(mark.Link, "#")
					if kind := address + panel[1] + series.Name; path != "" && !followed[kind] {
						followed[kind] = true
						if status, _, answer := get(t, handler, path); status != http.StatusOK {
							t.Errorf("%s: a mark of %s leads to %s: status %d %.200s", address, panel[1], path, status, answer)
						}
					}
				}
			}
		}
	}
	if charts < 20 || len(followed) < 20 {
		t.Errorf("only %d charts with %d links", charts, len(followed))
	}
}

// saved saves a chart and gives what is written on the picture, its kind and its name.
const saved = `new Promise(function (resolve) {
  var written = [];
  var fill = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text) { written.push(text); return fill.apply(this, arguments); };
  var click = HTMLAnchorElement.prototype.click;
  var kind = '';
  var make = URL.createObjectURL;
  URL.createObjectURL = function (blob) { kind = blob.type; return make.call(URL, blob); };
  HTMLAnchorElement.prototype.click = function () { HTMLAnchorElement.prototype.click = click; resolve(kind + '|' + this.download + '|' + written.join('')); };
  document.querySelector('[data-tools="items-option"] [data-save]').click();
})`

// testChartTools says what a saved chart says of itself, that a link to it can be taken along, and that a click shows that it was heard.
func testChartTools(t *testing.T, handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	ctx, _ := browser(t)
	visit(t, ctx, server.URL+"/?lang=zh&focus=integrity", 1440, "light")
	picture, err := chromedp.Run(ctx, chromedp.Evaluate[string](saved, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(picture, "image/png|问题突出事项 2026-10-20.png|") {
		t.Errorf("the picture is %.100s", picture)
	}
	for _, want := range []string{"问题突出事项", "考核 2026-01-01 至 2026-10-20", "统计截止日 2026-10-20", "重点领域", "示例数据", "计算时间 2026-10-20 09:00:00", "组织生活"} {
		if !strings.Contains(picture, want) {
			t.Errorf("the picture does not say %q: %s", want, picture)
		}
	}
	for script, want := range map[string]string{
		`(function () { document.execCommand = function () { copied = document.activeElement.value; return true; }; Object.defineProperty(navigator, 'clipboard', {value: undefined});
		  document.querySelector('[data-tools="items-option"] [data-copy]').click(); return copied; })()`: server.URL + "/?lang=zh&focus=integrity#items",
		`(function () { var box = document.querySelector('[data-chart="coverage_months-option"]'); var data = box.closest('.panel').querySelector('details.data');
		  echarts.getInstanceByDom(box).trigger('click', {componentType: 'series', data: {}, dataIndex: 0}); return String(data.open); })()`: "true",
	} {
		if got, err := chromedp.Run(ctx, chromedp.Evaluate[string](script)); err != nil || got != want {
			t.Errorf("%s: got %q, want %q, %v", script, got, want, err)
		}
	}
	heard, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.querySelector('.nav a').click(), 'leaving' in document.documentElement.dataset`))
	if err != nil || !heard {
		t.Errorf("after a click nothing says that a page is on its way: %v", err)
	}
}

// How many bytes a page may spend on each unit that it ranks, in its table and in its chart, and on each record that it lists: a district's hundreds make
// a page of up to 300 KB.
const (
	mostOfARankedUnit = 800
	mostOfABar        = 190
	mostOfARecord     = 520
)

// testLightRows says that the rows of long tables, and what charts draw of them, stay light: what all rows share is not sent with each, but is there
// nevertheless: labels of a phone's cards, names of boxes, what columns sort by.
func testLightRows(t *testing.T, handler http.Handler) {
	_, _, page := get(t, handler, "/ranking/all")
	if labels := strings.Count(page, "data-label"); labels > 0 {
		t.Errorf("%d labels are sent", labels)
	}
	rows, bytes := bulkOf(page, "units")
	if rows < 50 || bytes/rows > mostOfARankedUnit {
		t.Errorf("the table spends %d bytes on %d units, %d on each are right", bytes, rows, mostOfARankedUnit)
	}
	if drawn := len(option.FindString(page)); drawn/rows > mostOfABar {
		t.Errorf("the chart spends %d bytes on %d units, %d on each are right", drawn, rows, mostOfABar)
	}
	for address, panel := range map[string]string{"/placement": "misplaced", "/evidence": "backdated"} {
		_, _, page := get(t, handler, address)
		if rows, bytes := bulkOf(page, panel); rows == 0 || bytes/rows > mostOfARecord {
			t.Errorf("%s spends %d bytes on %d records, %d on each are right", address, bytes, rows, mostOfARecord)
		}
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	ctx, _ := browser(t)
	visit(t, ctx, server.URL+"/ranking/all?lang=zh", 390, "light")
	label, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.querySelector('[data-table="units"] td.title').dataset.label`))
	if err != nil || html.UnescapeString(label) != "单位" {
		t.Errorf("a card's label is %q, %v", label, err)
	}
	names, err := chromedp.Run(ctx, chromedp.Evaluate[string](`Array.from(document.querySelectorAll('[data-table="units"] tbody tr')).filter(function (row) {
	  return row.querySelector('input').getAttribute('aria-label') !== '对比 · ' + row.querySelector('a').textContent.trim();
	}).map(function (row) { return row.textContent; }).join(' ')`))
	if err != nil || names != "" {
		t.Errorf("boxes do not say whose they are: %q, %v", names, err)
	}
	disordered, err := chromedp.Run(ctx, chromedp.Evaluate[string](disorder))
	if err != nil || disordered != "" {
		t.Errorf("not in order when sorted by %s, %v", disordered, err)
	}
}

// bulkOf counts a panel's rows and their bytes.
func bulkOf(page, panel string) (rows, bytes int) {
	_, after, _ := strings.Cut(page, `aria-labelledby="`+panel+`"`)
	_, after, _ = strings.Cut(after, "<tbody>")
	body, _, _ := strings.Cut(after, "</tbody>")
	return strings.Count(body, "<tr"), len(body)
}

// disorder sorts a table by each of its columns of numbers, largest first, and names those whose numbers as shown are not in order, or where what has no
// value does not stand last.
const disorder = `Array.from(document.querySelectorAll('[data-table="units"] th[data-sortable="number"]')).filter(function (head) {
  if (head.getAttribute('aria-sort') !== 'descending') head.querySelector('button').click();
  var none = false;
  var before = Infinity;
  return Array.from(document.querySelectorAll('[data-table="units"] tbody tr')).some(function (row) {
    var cell = row.cells[head.cellIndex];
    if (cell.querySelector('.none') || !cell.textContent.trim()) { none = true; return false; }
    var shown = cell.firstChild.textContent.replace(/,/g, '');
    var number = shown === '=' ? 0 : parseFloat(shown.replace('↑', '').replace('↓', '-').replace('−', '-'));
    var wrong = none || isNaN(number) || number > before;
    before = number;
    return wrong;
  });
}).map(function (head) { return head.textContent; }).join(' ')`
