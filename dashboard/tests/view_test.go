package tests

import (
	"net/http"
	"net/http/httptest"
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
}
