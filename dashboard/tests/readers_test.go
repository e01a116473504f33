package tests

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// seek types into a table's box, presses a chip and sorts, and gives the address and the rows in their order.
const seek = `(function () {
  var box = document.querySelector('[data-table="units"]');
  var input = box.querySelector('input[type="search"]');
  input.value = 'O0';
  input.dispatchEvent(new Event('input', {bubbles: true}));
  input.dispatchEvent(new Event('change', {bubbles: true}));
  box.querySelector('th[data-sortable="text"] button').click();
  var chip = box.querySelector('[data-tag]');
  if (chip) { chip.click(); chip.click(); }
  return location.href;
})()`

const seen = `Array.from(document.querySelectorAll('[data-table="units"] tbody tr')).filter(function (row) { return !row.hidden; }).map(function (row) { return row.querySelector('a').textContent; }).join('|')`

// testView says that what a reader has made of a table stands in the address: it is there again after Back, a reload or in a link that was sent, and ids find units.
func testView(t *testing.T, handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	ctx, _ := browser(t)
	visit(t, ctx, server.URL+"/ranking/organs?lang=zh", 1440, "light")
	read := func(script string) string {
		t.Helper()
		text, err := chromedp.Run(ctx, chromedp.Evaluate[string](script))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	all := read(seen)
	address := read(seek)
	chosen := read(seen)
	if !strings.Contains(address, "view=") || chosen == "" || chosen == all {
		t.Errorf("of %q an id, a chip and a column show %q at %s", all, chosen, address)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/unit/O01?lang=zh")); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	if again := read(seen); again != chosen {
		t.Errorf("the address %s shows %q, it was %q", address, again, chosen)
	}

	visit(t, ctx, server.URL+"/ranking/organs?lang=zh", 390, "light") // where a page has fewer rows
	turned := read(`document.querySelector('[data-table="units"] [data-step="1"]').click(), location.href`)
	second := read(seen)
	visit(t, ctx, server.URL+"/unit/O01", 390, "light")
	visit(t, ctx, turned, 390, "light")
	if again := read(seen); again != second || again == all || !strings.Contains(turned, "units.page") {
		t.Errorf("the address %s shows the page %q, it was %q", turned, again, second)
	}
	if other := read(`document.querySelector('.tools a').href`); !strings.Contains(other, "units.page") {
		t.Errorf("the other language is at %s, without the page that is open", other)
	}
}

// serious lists what axe-core finds on the page as serious or critical: the rule, what is wrong, and the first places.
// Tables behind charts are opened, for what is folded is not judged.
const serious = `document.querySelectorAll('main details:not(.filter)').forEach(function (one) { one.open = true; });
axe.run(document, {resultTypes: ['violations']}).then(function (found) {
  return found.violations.filter(function (one) { return one.impact === 'serious' || one.impact === 'critical'; }).map(function (one) {
    return one.id + ': ' + one.help + one.nodes.slice(0, 3).map(function (node) { return '\n  ' + node.html.slice(0, 160) + ' ' + node.any.map(function (why) { return why.message; }).join('; '); }).join('');
  });
})`

// auditor reads axe-core, which judges pages by the rules of WCAG.
func auditor(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("../../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("read axe-core, which make setup installs: %v", err)
	}
	return string(script) + ";''"
}

// checkAccessible lets axe-core judge the page that is open.
func checkAccessible(t *testing.T, ctx context.Context, auditor string) {
	t.Helper()
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[string](auditor)); err != nil {
		t.Fatal(err)
	}
	findings, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](serious, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range findings {
		t.Error(finding)
	}
}

// paperWidth is what A4 leaves between the margins of the style sheet, in pixels of CSS.
const paperWidth = 703

// wheel turns the wheel over every chart, as does a finger on a touchpad, and lists the charts that keep it from the page.
const wheel = `Array.from(document.querySelectorAll('[data-chart]')).filter(function (box) {
  var canvas = box.querySelector('canvas');
  var at = canvas.getBoundingClientRect();
  return [-120, 120].some(function (by) {
    var turned = new WheelEvent('wheel', {deltaY: by, bubbles: true, cancelable: true, clientX: at.left + at.width / 2, clientY: at.top + at.height / 2});
    return !canvas.dispatchEvent(turned);
  });
}).map(function (box) { return box.dataset.chart; }).join(' ')`

// printed lists the charts that are wider than paper when the page is printed.
const printed = `(function () {
  window.dispatchEvent(new Event('beforeprint'));
  var widest = Math.max.apply(null, [0].concat(Array.from(document.querySelectorAll('[data-chart] canvas')).map(function (canvas) { return canvas.clientWidth; })));
  window.dispatchEvent(new Event('afterprint'));
  return widest;
})()`

// paperTheme is how a page that is dark is printed, and how it is afterwards.
const paperTheme = `(function () {
  var root = document.documentElement;
  if (root.classList.contains('wall')) return 'light dark'; // no chart is on it: the style sheet is enough
  root.dataset.theme = 'dark';
  window.dispatchEvent(new Event('beforeprint'));
  var themes = root.dataset.theme;
  window.dispatchEvent(new Event('afterprint'));
  themes += ' ' + root.dataset.theme;
  delete root.dataset.theme;
  document.dispatchEvent(new Event('themechange'));
  return themes;
})()`

// checkPaper says that charts are whole on A4 and leave the wheel to the page.
func checkPaper(t *testing.T, ctx context.Context) {
	t.Helper()
	if kept, err := chromedp.Run(ctx, chromedp.Evaluate[string](wheel)); err != nil || kept != "" {
		t.Errorf("the page cannot be scrolled over the charts %q, %v", kept, err)
	}
	if themes, err := chromedp.Run(ctx, chromedp.Evaluate[string](paperTheme)); err != nil || themes != "light dark" {
		t.Errorf("the themes of paper and of the screen after it are %q, %v", themes, err)
	}
	if width, err := chromedp.Run(ctx, chromedp.Evaluate[float64](printed)); err != nil || width > paperWidth {
		t.Errorf("a chart is %v px wide on paper, %d are there; %v", width, paperWidth, err)
	}
}
