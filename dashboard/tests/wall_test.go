package tests

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
)

// testWall says that a wall shows what its address names, in that order, and no navigation.
func testWall(t *testing.T, handler http.Handler) {
	_, _, all := get(t, handler, "/wall")
	for _, want := range []string{`data-view="figures"`, `data-view="tiles"`, `data-view="behind"`, `data-view="ranks"`, `data-view="changes"`, "截至10月20日", "村1", "读不到的台账"} {
		if !strings.Contains(all, want) {
			t.Errorf("the wall lacks %s", want)
		}
	}
	_, _, some := get(t, handler, "/wall?views=ranks,figures&seconds=9&group=towns")
	if ranks, figures := strings.Index(some, `data-view="ranks"`), strings.Index(some, `data-view="figures"`); ranks < 0 || figures < ranks || strings.Count(some, "data-view") != 2 ||
		!strings.Contains(some, `data-seconds="9"`) || !strings.Contains(some, "第1镇") || strings.Contains(some, "第9局") {
		t.Errorf("the views are not those of the address: %s", mainPart.FindString(some))
	}
	for _, chrome := range []string{"<nav", `class="filters"`, "table.js", "echarts"} {
		if strings.Contains(some, chrome) {
			t.Errorf("a wall has %s", chrome)
		}
	}
}

// until waits for what a script says to become true.
func until(t *testing.T, ctx context.Context, condition string) {
	t.Helper()
	script := `new Promise(function (resolve) { (function look() { if (` + condition + `) resolve(true); else setTimeout(look, 50); })(); })`
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script, chromedp.EvalAwaitPromise)); err != nil {
		t.Fatalf("%s: %v", condition, err)
	}
}

const (
	viewShown = `Array.from(document.querySelectorAll('[data-view]')).filter(function (view) { return view.checkVisibility(); }).map(function (view) { return view.dataset.view; }).join()`
	pressed   = `document.dispatchEvent(new KeyboardEvent('keydown', {key: '%', bubbles: true})), ''`
	lostShown = `document.querySelector('[data-lost]').checkVisibility()`
)

// testWallInBrowser says that a wall turns by itself and by its keys, stops at a space, and never lets figures grow old in silence.
func testWallInBrowser(t *testing.T, handler http.Handler) {
	var status atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if code := status.Load(); code != 0 {
			w.WriteHeader(int(code))
			return
		}
		handler.ServeHTTP(w, r)
	}))
	defer server.Close()
	ctx, _ := browser(t)
	visit(t, ctx, server.URL+"/wall?views=figures,tiles,ranks&seconds=5&lang=zh", 1920, "dark")
	press := func(key string) {
		t.Helper()
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[string](strings.Replace(pressed, "%", key, 1))); err != nil {
			t.Fatal(err)
		}
	}
	until(t, ctx, viewShown+` === 'figures'`)
	until(t, ctx, viewShown+` === 'tiles'`) // by itself
	press(" ")
	until(t, ctx, `document.querySelector('[data-turn]').textContent.includes('已暂停')`)
	press("ArrowRight")
	until(t, ctx, viewShown+` === 'ranks'`)
	press("ArrowRight")
	until(t, ctx, viewShown+` === 'figures'`)
	press("ArrowLeft")
	until(t, ctx, viewShown+` === 'ranks'`)

	// Where a view is a little higher than the screen its letters are smaller: it stands whole.
	natural, err := chromedp.Run(ctx, chromedp.Evaluate[int64](`document.documentElement.style.fontSize = '', document.body.style.minHeight = '0', document.body.offsetHeight`))
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1920, natural*9/10)); err != nil {
		t.Fatal(err)
	}
	until(t, ctx, `window.innerHeight < `+strconv.FormatInt(natural, 10)+` && document.documentElement.scrollHeight <= window.innerHeight`)

	ask := `window.dispatchEvent(new Event('online')), ''`
	refresh := func() {
		t.Helper()
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.querySelector('#main').dataset.before = 'yes', `+ask)); err != nil {
			t.Fatal(err)
		}
	}
	refresh()
	until(t, ctx, `!document.querySelector('#main').dataset.before`) // it is another
	until(t, ctx, viewShown+` === 'ranks' && !`+lostShown)
	for _, failing := range []int64{http.StatusServiceUnavailable, http.StatusOK} { // the second without a page
		status.Store(failing)
		refresh()
		until(t, ctx, lostShown+` && document.querySelector('[data-lost]').textContent.includes('2026-10-20 09:00')`)
		until(t, ctx, viewShown+` === 'ranks'`)
		status.Store(0)
		refresh()
		until(t, ctx, `!`+lostShown)
	}
}
