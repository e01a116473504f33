package tests

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"
)

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

// checkPaper says that charts are whole on A4 and leave the wheel to the page.
func checkPaper(t *testing.T, ctx context.Context) {
	t.Helper()
	if kept, err := chromedp.Run(ctx, chromedp.Evaluate[string](wheel)); err != nil || kept != "" {
		t.Errorf("the page cannot be scrolled over the charts %q, %v", kept, err)
	}
	if width, err := chromedp.Run(ctx, chromedp.Evaluate[float64](printed)); err != nil || width > paperWidth {
		t.Errorf("a chart is %v px wide on paper, %d are there; %v", width, paperWidth, err)
	}
}
