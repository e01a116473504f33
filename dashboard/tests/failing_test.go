package tests

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"yangguang/queries/ask"
	"yangguang/queries/facts"
)

// A question that fails costs its panel; the page says so calmly and nothing of the inside.
func testFailingQuestions(t *testing.T, store *ask.Asker, remembered ask.Answerer) {
	for name, test := range map[string]struct {
		store   ask.Answerer
		address string
		status  int
	}{
		"one panel":  {failing{remembered, "reports/items"}, "/", http.StatusOK},
		"everything": {failing{remembered, "all"}, "/", http.StatusOK},
		"ranking":    {failing{remembered, "all"}, "/ranking/all", http.StatusOK},
		"unit":       {failing{remembered, "all"}, "/unit/O01", http.StatusServiceUnavailable},
		"notices":    {failing{remembered, "reports/notices"}, "/unit/O01", http.StatusOK},
		"sites":      {failing{remembered, "all"}, "/sites", http.StatusOK},
		"one site":   {failing{remembered, "all"}, "/sites/T1", http.StatusServiceUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			status, _, page := get(t, site(t, store, test.store), test.address)
			if status != test.status || !strings.Contains(page, "稍后重试") || strings.Contains(page, "secret") {
				t.Errorf("status %d\n%s", status, page)
			}
		})
	}
}

// A page whose answer is being prepared says so and opens itself again.
func testPreparing(t *testing.T, store *ask.Asker, remembered ask.Answerer) {
	for _, address := range []string{"/", "/ranking/villages", "/?lang=en"} {
		status, header, page := get(t, site(t, store, failing{remembered, "preparing"}), address)
		if status != http.StatusServiceUnavailable || header.Get("Refresh") == "" || !strings.Contains(page, "620,573") {
			t.Errorf("%s: status %d, Refresh %q\n%s", address, status, header.Get("Refresh"), page)
		}
	}
}

// failing is the real store with one question, or all, out of order.
type failing struct {
	ask.Answerer
	what string
}

var errSecret = errors.New("secret: dial tcp 10.0.0.1")

func (f failing) Answer(ctx context.Context, asked ask.Asked) (any, error) {
	switch name := asked.Name(); {
	case f.what == "preparing" && slices.Contains([]string{"ranking/with_summaries", "reports/summary"}, name):
		return nil, &facts.NotStoredError{Question: asked.Question, Units: 620573}
	case f.what == name, f.what == "all" && slices.Contains(essentials, name):
		return nil, errSecret
	}
	return f.Answerer.Answer(ctx, asked)
}

// essentials are what a page is not whole without.
var essentials = []string{"reports/items", "reports/ranking", "ranking/with_summaries", "ranking/part", "reports/summary", "reports/sites", "reports/notices"}
