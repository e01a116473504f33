package tests

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

var shots = flag.String("shots", "", "write a picture of every page that the browser test visits into this directory")

// testBrowser visits every kind of page in a real browser, in each language, width and theme: no console message, no
// violation of the policy, no request to another host, every chart drawn, nothing wider than the screen.
// Pages that say what is wrong are visited last; preparing answers nothing else.
func testBrowser(t *testing.T, handler, preparing http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	ctx, watch := browser(t)
	audit := auditor(t)
	clerks := []string{"/what-if", "/what-if?try=x"} // only where somebody may try a registry
	for i := range append(visitedPages(""), clerks...) {
		for _, one := range visitsTo(i) {
			page := append(visitedPages(one.lang), clerks...)[i]
			address := page + "?lang=" + one.lang
			if strings.Contains(page, "?") {
				address = page + "&lang=" + one.lang
			}
			name := fmt.Sprintf("%s %d %s %s", one.lang, one.width, one.scheme, page)
			t.Run(name, func(t *testing.T) {
				watch.reset()
				visit(t, ctx, server.URL+address, one.width, one.scheme)
				checkDrawn(t, ctx)
				picture(t, ctx, name)
				if one.lang == "zh" && one.width == 1440 { // once for every page
					checkTips(t, ctx, page)
					checkPaper(t, ctx)
					checkSize(t, handler, server.URL, watch.asked())
				}
				watch.check(t, server.URL)
				if one.audited {
					checkAccessible(t, ctx, audit)
				}
			})
		}
	}
	unready := httptest.NewServer(preparing)
	defer unready.Close()
	for _, problem := range []struct {
		host, page, scheme string
		width              int64
	}{
		{server.URL, "/nothing?lang=zh", "dark", 390}, {server.URL, "/?from=2026-12-01&lang=en", "light", 390}, {unready.URL, "/ranking/villages?lang=zh", "light", 1440},
	} {
		t.Run(problem.page, func(t *testing.T) {
			watch.reset()
			visit(t, ctx, problem.host+problem.page, problem.width, problem.scheme)
			checkDrawn(t, ctx)
			picture(t, ctx, "problem "+problem.page)
			watch.expect("Failed to load resource") // which is how a browser tells the status
			watch.check(t, problem.host)
			checkAccessible(t, ctx, audit)
		})
	}
}

// checkInBrowser visits pages that are there only once somebody has made them, as their test has, signed in as a user: each language, a screen and a phone,
// light and dark, with all that testBrowser holds a page to.
func checkInBrowser(t *testing.T, handler http.Handler, user string, pages ...string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.SetBasicAuth(user, "x")
		handler.ServeHTTP(w, r)
	}))
	defer server.Close()
	ctx, watch := browser(t)
	audit := auditor(t)
	for number, page := range pages {
		for _, one := range visitsTo(number) {
			name := fmt.Sprintf("%s %d %s %s", one.lang, one.width, one.scheme, page)
			t.Run(user+" "+name, func(t *testing.T) {
				separator := "?"
				if strings.Contains(page, "?") {
					separator = "&"
				}
				watch.reset()
				visit(t, ctx, server.URL+page+separator+"lang="+one.lang, one.width, one.scheme)
				checkDrawn(t, ctx)
				picture(t, ctx, user+" "+name)
				checkPaper(t, ctx)
				checkAccessible(t, ctx, audit)
				watch.check(t, server.URL)
			})
		}
	}
}

// visitTo is how a page is visited; axe-core judges it if it is audited.
type visitTo struct {
	lang    string
	width   int64
	scheme  string
	audited bool
}

// visitsTo are few visits to a page that have each language, width and theme, and over the pages each of them with each other.
func visitsTo(number int) []visitTo {
	third := []visitTo{{"zh", 390, "dark", false}, {"en", 1440, "dark", false}, {"zh", 390, "light", false}, {"en", 1440, "light", false}}
	return []visitTo{{"zh", 1440, "light", true}, {"en", 390, "dark", true}, third[number%len(third)]}
}

// visitedPages is an address of every kind of page; a new page is one more of them.
func visitedPages(lang string) []string {
	ranking := map[string]string{"zh": "/ranking/organs", "en": "/ranking/all"}[lang]
	return []string{
		"/", ranking, "/unit/O01", "/lapsed", "/supervision", "/procedure", "/evidence", "/placement", "/sites", "/sites/T1", "/methodology", "/sources", "/sources/台账", websiteProof,
		"/freezes", "/audit", "/patrol", "/patrol/samples", "/wall", "/search?q=村", "/compare?unit=O01&unit=O03&unit=V31",
	}
}

// browser starts a headless Chromium that ends with the test.
func browser(t *testing.T) (context.Context, *watcher) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start chromium, which this test needs: %v", err)
	}
	watch := &watcher{}
	if err := chromedp.Listen(ctx, watch.see); err != nil {
		t.Fatal(err)
	}
	return ctx, watch
}

func visit(t *testing.T, ctx context.Context, address string, width int64, scheme string) {
	t.Helper()
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	prepare := chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, log.Enable, cdp.Empty{}); err != nil {
			return err
		}
		if _, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
		return err
	})
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), prepare, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
}

// blank lists the charts that have no canvas, or one with fewer than three colours on it.
const blank = `Array.from(document.querySelectorAll('[data-chart]')).filter(function (box) {
  var canvas = box.querySelector('canvas');
  if (!canvas || !canvas.width) return true;
  var pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  return new Set(pixels).size < 3;
}).map(function (box) { return box.dataset.chart; }).join(' ')`

func checkDrawn(t *testing.T, ctx context.Context) {
	t.Helper()
	undrawn, err := chromedp.Run(ctx, chromedp.Evaluate[string](blank))
	if err != nil || undrawn != "" {
		t.Errorf("charts not drawn: %q %v", undrawn, err)
	}
	checkFits(t, ctx, "the page")
	rows, err := chromedp.Run(ctx, chromedp.Evaluate[int](headerRows))
	if err != nil || rows > 1 {
		t.Errorf("navigation and tools stand in %d rows, %v", rows, err)
	}
	if uneven, err := chromedp.Run(ctx, chromedp.Evaluate[string](unevenFigures)); err != nil || uneven != "" {
		t.Errorf("figures beside one another do not stand on one line: %s, %v", uneven, err)
	}
	lastColumns(t, ctx, "1500px")
	checkFits(t, ctx, "with a wider table the page")
	lastColumns(t, ctx, "") // pictures show the page as it is
	broken, err := chromedp.Run(ctx, chromedp.Evaluate[string](brokenWords))
	if err != nil || broken != "" {
		t.Errorf("charts break the words %s, %v", broken, err)
	}
}

func checkFits(t *testing.T, ctx context.Context, what string) {
	t.Helper()
	wider, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`document.documentElement.scrollWidth - window.innerWidth`))
	if err != nil || wider > 0 {
		t.Errorf("%s is %v px wider than the screen, %v", what, wider, err)
	}
}

// headerRows counts the rows of what stands above a page where there is room for one, with the link to the reader's own unit, which stands there once he chose it.
const headerRows = `(function () {
  var header = document.querySelector('.top-inner');
  if (!header || window.innerWidth <= 1400) return 0;
  var mine = document.querySelector('[data-mine-at]');
  var hidden = mine.hidden;
  mine.hidden = false;
  var middles = Array.from(header.querySelectorAll('.brand, .nav li, .tools')).map(function (part) {
    var box = part.getBoundingClientRect();
    return box.top + box.height / 2;
  });
  mine.hidden = hidden;
  return Math.max.apply(null, middles) - Math.min.apply(null, middles) > 12 ? 2 : 1;
})()`

// unevenFigures are those that stand higher or lower than the one before in the same row.
const unevenFigures = `Array.from(document.querySelectorAll('.figure + .figure')).filter(function (figure) {
  var before = figure.previousElementSibling;
  function top(element) { return element.getBoundingClientRect().top; }
  return Math.abs(top(figure) - top(before)) < 1 && Math.abs(top(figure.querySelector('.big')) - top(before.querySelector('.big'))) > 1;
}).map(function (figure) { return figure.textContent; }).join(' ')`

// lastColumns gives the last columns of paged tables a width, by which they can be wider than any screen here: then they scroll in their own boxes.
func lastColumns(t *testing.T, ctx context.Context, width string) {
	t.Helper()
	script := `document.querySelectorAll('[data-page] thead th:last-child').forEach(function (head) { head.style.minWidth = '` + width + `'; }),
	  window.dispatchEvent(new Event('resize'))`
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script)); err != nil {
		t.Error(err)
	}
}

// brokenWords are English names on the axis of a chart of which a part stands on a line of its own.
const brokenWords = `Array.from(document.querySelectorAll('[data-chart]')).map(function (box) {
  var chart = echarts.getInstanceByDom(box);
  var drawn = chart.getZr().storage.getDisplayList(true).map(function (shape) { return shape.style && shape.style.text || ''; }).join('\n').split(/[^A-Za-z]+/);
  return (chart.getOption().xAxis || []).filter(function (axis) { return axis.type === 'category' && axis.data.length <= 8; }).map(function (axis) {
    return axis.data.join(' ').split(/[^A-Za-z]+/).filter(function (word) { return word && drawn.indexOf(word) < 0; }).join(' ');
  }).join(' ');
}).join(' ').trim()`

// tips shows what every bar or point of every chart says when it is pointed at, and gives all that stands on the canvas then. Of a chart that can be
// moved all is shown: whose bar lies outside follows from the ranks.
const tips = `Array.from(document.querySelectorAll('[data-chart]')).map(function (box) {
  var chart = echarts.getInstanceByDom(box);
  chart.dispatchAction({type: 'dataZoom', start: 0, end: 100});
  return chart.getOption().series.slice(0, 3).map(function (series, number) {
    return series.data.slice(0, 60).map(function (value, at) {
      chart.dispatchAction({type: 'showTip', seriesIndex: number, dataIndex: at});
      chart.getZr().flush();
      return chart.getZr().storage.getDisplayList(true).map(function (shape) { return shape.style && shape.style.text || ''; }).join('\n');
    }).join('\n');
  }).join('\n');
}).join('\n')`

// checkTips points at everything on every chart; what the console says of it is found afterwards.
func checkTips(t *testing.T, ctx context.Context, page string) {
	t.Helper()
	shown, err := chromedp.Run(ctx, chromedp.Evaluate[string](tips))
	if err != nil {
		t.Errorf("pointing at the charts: %v", err)
	}
	if page != "/ranking/organs" {
		return
	}
	for _, name := range strange() {
		if name = strings.NewReplacer("{", "｛", "}", "｝").Replace(name); !strings.Contains(shown, name) { // braces would be a style's
			t.Errorf("no chart tells the name %q", name)
		}
	}
}

// mostOfAPage bounds what a page makes a browser load besides ECharts, in bytes as sent.
const mostOfAPage = 300_000

// checkSize asks for everything that a page asked for, as a browser without memory does.
func checkSize(t *testing.T, handler http.Handler, host string, requests []string) {
	t.Helper()
	sent := 0
	for _, address := range requests {
		path, ours := strings.CutPrefix(address, host)
		if !ours || strings.Contains(path, "/vendor/") {
			continue
		}
		request := httptest.NewRequest(http.MethodGet, path, nil)
		request.Header.Set("Accept-Encoding", "gzip")
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		sent += answer.Body.Len()
	}
	if sent == 0 || sent > mostOfAPage {
		t.Errorf("the page loads %d bytes besides ECharts, at most %d are right", sent, mostOfAPage)
	}
}

func picture(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if *shots == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	file := strings.NewReplacer(" ", "_", "/", "-").Replace(name) + ".png"
	if err := os.WriteFile(filepath.Join(*shots, file), png, 0o600); err != nil {
		t.Fatal(err)
	}
}

// watcher notes what a page says to the console and what it asks for.
type watcher struct {
	lock     sync.Mutex // guards the rest
	messages []string
	requests []string
}

func (w *watcher) see(event any) {
	w.lock.Lock()
	defer w.lock.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded: // violations of the policy too
		w.messages = append(w.messages, e.Entry.Text)
	case *runtime.EventConsoleAPICalled:
		for _, argument := range e.Args {
			w.messages = append(w.messages, string(argument.Value)+argument.Description)
		}
	case *runtime.EventExceptionThrown:
		w.messages = append(w.messages, e.ExceptionDetails.Text)
	case *network.EventRequestWillBeSent:
		w.requests = append(w.requests, e.Request.URL)
	}
}

// asked are the addresses that were asked for.
func (w *watcher) asked() []string {
	w.lock.Lock()
	defer w.lock.Unlock()
	return slices.Clone(w.requests)
}

func (w *watcher) reset() {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.messages, w.requests = nil, nil
}

// expect leaves out messages that begin so.
func (w *watcher) expect(beginning string) {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.messages = slices.DeleteFunc(w.messages, func(message string) bool { return strings.HasPrefix(message, beginning) })
}

func (w *watcher) check(t *testing.T, host string) {
	t.Helper()
	w.lock.Lock()
	defer w.lock.Unlock()
	for _, message := range w.messages {
		t.Errorf("the console says %s", message)
	}
	for _, request := range w.requests {
		if !strings.HasPrefix(request, host+"/") && !strings.HasPrefix(request, "data:") {
			t.Errorf("a request to %s", request)
		}
	}
	if len(w.requests) < 3 {
		t.Errorf("only the requests %v were seen", w.requests)
	}
}
