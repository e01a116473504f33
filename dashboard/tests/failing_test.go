package tests

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// A question that fails costs its panel; the page says so calmly and nothing of the inside.
func testFailingQuestions(t *testing.T, store *ask.Asker, remembered page.Questions) {
	for name, test := range map[string]struct {
		store   page.Questions
		address string
		status  int
	}{
		"one panel":  {failing{remembered, "items"}, "/", http.StatusOK},
		"everything": {failing{remembered, "all"}, "/", http.StatusOK},
		"ranking":    {failing{remembered, "all"}, "/ranking/all", http.StatusOK},
		"unit":       {failing{remembered, "all"}, "/unit/O01", http.StatusServiceUnavailable},
		"notices":    {failing{remembered, "notices"}, "/unit/O01", http.StatusOK},
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
func testPreparing(t *testing.T, store *ask.Asker, remembered page.Questions) {
	for _, address := range []string{"/", "/ranking/villages", "/?lang=en"} {
		status, header, page := get(t, site(t, store, failing{remembered, "preparing"}), address)
		if status != http.StatusServiceUnavailable || header.Get("Refresh") == "" || !strings.Contains(page, "620,573") {
			t.Errorf("%s: status %d, Refresh %q\n%s", address, status, header.Get("Refresh"), page)
		}
	}
}

// failing is the real store with one question, or all, out of order.
type failing struct {
	page.Questions
	what string
}

var errSecret = errors.New("secret: dial tcp 10.0.0.1")

func (f failing) Items(ctx context.Context, q model.Question) ([]model.ItemRow, error) {
	if f.what == "items" || f.what == "all" {
		return nil, errSecret
	}
	return f.Questions.Items(ctx, q)
}

func (f failing) Ranking(ctx context.Context, q model.Question) ([]model.RankingRow, error) {
	if f.what == "all" {
		return nil, errSecret
	}
	return f.Questions.Ranking(ctx, q)
}

func (f failing) Results(ctx context.Context, q model.Question) (model.Results, error) {
	if f.what == "preparing" {
		return model.Results{}, &facts.NotKeptError{Question: q, Units: 620573}
	}
	if f.what == "all" {
		return model.Results{}, errSecret
	}
	return f.Questions.Results(ctx, q)
}

func (f failing) RankingPart(ctx context.Context, q model.Question, part model.RankingPart) ([]model.PlacedUnit, error) {
	if f.what == "all" {
		return nil, errSecret
	}
	return f.Questions.RankingPart(ctx, q, part)
}

func (f failing) Summary(ctx context.Context, q model.Question) ([]model.SummaryRow, error) {
	if f.what == "preparing" {
		return nil, &facts.NotKeptError{Question: q, Units: 620573}
	}
	if f.what == "all" {
		return nil, errSecret
	}
	return f.Questions.Summary(ctx, q)
}

func (f failing) Sites(ctx context.Context, q model.Question) ([]model.SiteRow, error) {
	if f.what == "all" {
		return nil, errSecret
	}
	return f.Questions.Sites(ctx, q)
}

func (f failing) Notices(ctx context.Context, q model.Question) ([]model.NoticeRow, error) {
	if f.what == "notices" || f.what == "all" {
		return nil, errSecret
	}
	return f.Questions.Notices(ctx, q)
}
