package tests

import (
	"context"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

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
	script, err := os.ReadFile("../node_modules/axe-core/axe.min.js")
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
