package tests

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// testSearch finds units, items and records from the one box, and leads on with the window that was chosen.
func testSearch(t *testing.T, handler http.Handler) {
	for address, wants := range map[string][]string{
		"/search?q=第2镇&from=2026-04-01":    {"单位 3 个", "事项 0 个", `href="/unit/T2?from=2026-04-01"`, "没有这样的事项", `name="from" value="2026-04-01"`},
		"/search?q=zzsh":                   {"单位 0 个", "事项 1 个", `href="/lapsed?item=I1#lapses"`, "没有这样的单位"},
		"/search?q=没有+公示":                  {"记录 1 条", "没有日期的公示", `href="/proof/`},
		"/search?q=记录":                     {"记录 50 条以上"},
		"/search?q=%3Cscript%3E&lang=en":   {"&lt;script&gt;", "0 units, 0 items, 0 records"},
		"/search?q=第1局&as_of=2023-12-31":   {"单位 0 个"}, // not yet active
		"/search":                          {"查找单位、事项和公开记录"},
		"/ranking/organs?as_of=2026-09-30": {`action="/search"`, `name="as_of" value="2026-09-30"`},
	} {
		t.Run(address, func(t *testing.T) {
			_, _, page := get(t, handler, address)
			for _, want := range wants {
				if !strings.Contains(page, want) {
					t.Errorf("the page lacks %q", want)
				}
			}
		})
	}
	status, header, body := get(t, handler, "/search.json?q="+url.QueryEscape("局")+"&from=2026-04-01")
	var offers []struct{ Kind, Text, Note, Href string }
	if err := json.Unmarshal([]byte(body), &offers); err != nil || status != http.StatusOK || header.Get("Content-Type") != "application/json" {
		t.Fatalf("status %d, %v, %v\n%s", status, header, err, body)
	}
	if last := offers[len(offers)-1]; len(offers) != 13 || len(offers) > 20 || offers[0].Kind != "单位" || !strings.HasPrefix(offers[0].Href, "/unit/") ||
		!strings.HasSuffix(offers[0].Href, "?from=2026-04-01") || !strings.HasPrefix(last.Href, "/search?from=2026-04-01&q=") {
		t.Errorf("%d offers: %+v", len(offers), offers)
	}
	if _, _, body := get(t, handler, "/search.json?q=+"); strings.TrimSpace(body) != "[]" {
		t.Errorf("nothing is sought, %s is offered", body)
	}
}

// offered types into the box of the frame after the key / and waits for what it offers.
const offered = `new Promise(function (done) {
  document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true, cancelable: true}));
  var input = document.activeElement;
  if (input.id !== 'find') { done('the key goes to ' + input.tagName); return; }
  input.value = 'v2';
  input.dispatchEvent(new InputEvent('input', {bubbles: true}));
  var list = document.getElementById('find-list');
  new MutationObserver(function () {
    input.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown', bubbles: true, cancelable: true}));
    var chosen = document.getElementById(input.getAttribute('aria-activedescendant'));
    done(list.children.length + ' ' + (chosen && chosen.textContent) + ' ' + input.getAttribute('aria-expanded'));
  }).observe(list, {childList: true});
})`

// escaped closes the box, and goes where the chosen offer leads.
const escaped = `(function () {
  var input = document.getElementById('find');
  function press(key) { input.dispatchEvent(new KeyboardEvent('keydown', {key: key, bubbles: true, cancelable: true})); }
  press('Escape');
  return String(document.getElementById('find-list').hidden) + ' ' + input.value + ' ' + input.getAttribute('aria-expanded');
})()`

// initialled types what one unit alone is called, and presses Enter as soon as it is offered.
const initialled = `new Promise(function (done) {
  var input = document.getElementById('find');
  input.focus();
  input.value = 'o07';
  input.dispatchEvent(new InputEvent('input', {bubbles: true}));
  new MutationObserver(function () {
    done(document.querySelectorAll('#find-list li').length + ' ' + input.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true})));
  }).observe(document.getElementById('find-list'), {childList: true});
})`

const entered = `document.getElementById('find').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true})) + ''`

// testSearchBox uses the box as a reader with a keyboard does.
func testSearchBox(t *testing.T, handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	ctx, _ := browser(t)
	audit := auditor(t)
	read := func(script string, options ...chromedp.EvaluateOption) string {
		t.Helper()
		text, err := chromedp.Run(ctx, chromedp.Evaluate[string](script, options...))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	visit(t, ctx, server.URL+"/lapsed?lang=zh&from=2026-04-01", 1440, "light")
	if got := read(offered, chromedp.EvalAwaitPromise); !strings.HasPrefix(got, "3 单位村1村 · 第2镇") || !strings.HasSuffix(got, "true") {
		t.Fatalf("offered: %s", got)
	}
	picture(t, ctx, "search offers")
	checkAccessible(t, ctx, audit)
	if got := read(escaped); got != "true v2 false" {
		t.Errorf("after Escape: %s", got)
	}
	visit(t, ctx, server.URL+"/lapsed?lang=zh&from=2026-04-01", 1440, "light")
	read(offered, chromedp.EvalAwaitPromise)
	leads := func(to string) {
		t.Helper()
		for range 100 {
			if strings.HasSuffix(read("location.href"), to) {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Errorf("Enter leads to %s", read("location.href"))
	}
	if got := read(entered); got != "false" {
		t.Fatalf("Enter is left to the form: %s", got)
	}
	leads("/unit/V21?from=2026-04-01&lang=zh")
	visit(t, ctx, server.URL+"/lapsed?lang=zh&from=2026-04-01", 1440, "light")
	if got := read(initialled, chromedp.EvalAwaitPromise); got != "2 false" {
		t.Fatalf("offers, and whether Enter is left to the form: %s", got)
	}
	leads("/unit/O07?from=2026-04-01&lang=zh")
}
