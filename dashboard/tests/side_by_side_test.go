package tests

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// testCompare holds a comparison to what the ranking says of the same units, and follows the ways to it.
func testCompare(t *testing.T, handler http.Handler) {
	_, _, ranking := get(t, handler, "/ranking/organs?from=2026-04-01")
	_, _, page := get(t, handler, "/compare?unit=O40&unit=O03&from=2026-04-01")
	for _, want := range []string{
		`href="/compare?from=2026-04-01&amp;unit=O03"`, `href="/compare?from=2026-04-01&amp;unit=O40"`, "逾期未公开", "export=measures.csv", `name="unit" value="O40"`, `name="add"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, want := range []string{`<input type="checkbox" name="unit" value="O03" form="chosen"`, `<form class="choose" id="chosen" action="/compare"`, `name="from" value="2026-04-01"`, `data-ids="d7j"`} {
		if !strings.Contains(ranking, want) {
			t.Errorf("the ranking lacks %q", want)
		}
	}
	if _, _, unit := get(t, handler, "/unit/O03?from=2026-04-01"); !strings.Contains(unit, `href="/compare?from=2026-04-01&amp;unit=O03"`) {
		t.Error("a unit's page does not lead to its comparison")
	}
	if _, _, offers := get(t, handler, "/compare?unit=O40&add=d7j"); !strings.Contains(offers, `href="/compare?unit=O40&amp;unit=O07"`) {
		t.Error("a unit that is named is not offered")
	}
	rows := csvRows(t, handler, "/compare?unit=O40&unit=O03&from=2026-04-01&export=measures.csv&lang=en")
	all := csvRows(t, handler, "/export/ranking.csv?group=organs&from=2026-04-01&lang=en")
	for _, one := range rows[1:] {
		for _, other := range all[1:] {
			if valueIn(t, rows[0], one, "unit_id") != valueIn(t, all[0], other, "unit_id") {
				continue
			}
			for _, column := range []string{"rank", "score", "coverage", "timeliness", "assessed", "lapsed"} {
				if got, want := valueIn(t, rows[0], one, column), valueIn(t, all[0], other, column); got != want {
					t.Errorf("%s: %s is %q, in the ranking %q", valueIn(t, rows[0], one, "unit_id"), column, got, want)
				}
			}
		}
	}
	if len(rows) != 3 || valueIn(t, rows[0], rows[1], "unit_id") != "O40" {
		t.Errorf("the export has %v", rows)
	}
}

func valueIn(t *testing.T, head, row []string, column string) string {
	t.Helper()
	for i, name := range head {
		if name == column {
			return row[i]
		}
	}
	t.Fatalf("no column %s among %v", column, head)
	return ""
}

// pinned makes the unit of the page one's own, or no longer, and says where the navigation leads.
const pinned = `(function () {
  var entry = document.querySelector('[data-mine-at]');
  var before = entry.hidden;
  document.querySelector('[data-mine] button').click();
  return before + ' ' + entry.hidden + ' ' + entry.firstChild.getAttribute('href').replace(location.origin, '');
})()`

// testMyUnit pins a unit, finds it again on another page, and lets it go.
func testMyUnit(t *testing.T, handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	ctx, _ := browser(t)
	for _, step := range []struct{ address, script, want string }{
		{"/unit/O07?lang=en", pinned, "true false /unit/O07?lang=en"},
		{"/lapsed?from=2026-04-01", `document.querySelector('[data-mine-at]').hidden + ' ' + document.querySelector('[data-mine-at] a').getAttribute('href').replace(location.origin, '')`, "false /unit/O07?from=2026-04-01"},
		{"/unit/O07", pinned, "false true /unit/"},
	} {
		visit(t, ctx, server.URL+step.address, 1440, "light")
		if got, err := chromedp.Run(ctx, chromedp.Evaluate[string](step.script)); err != nil || got != step.want {
			t.Errorf("%s: %q, want %q, %v", step.address, got, step.want, err)
		}
	}
}
