package search

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

const (
	suggestedUnits   = 12 // with suggestedItems and the way to all, at most 20
	suggestedItems   = 7
	suggestPatience  = 3 * time.Second // later nobody waits for it any more
	suggestFreshness = "private, max-age=30"
)

// suggestion is a place that the box offers while something is typed.
type suggestion struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
	Note string `json:"note,omitempty"`
	Href string `json:"href"`
}

// suggest answers what the box offers for what is typed: units and items, whose names are few bytes each, then the page that lists all, records too.
func suggest(w http.ResponseWriter, r *page.Request) error {
	a := &request{figures.New(r)}
	question, err := page.ParseQuestion(a.HTTP.URL.Query(), a.Now, []string{page.SearchParameter})
	if err != nil {
		return err
	}
	words, err := sought(a.Address)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(facts.WithSession(a.HTTP.Context()), suggestPatience)
	defer cancel()
	suggestions := []suggestion{}
	if words != "" {
		if suggestions, err = a.suggestions(ctx, question, words); err != nil {
			return err
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", suggestFreshness)
	return json.NewEncoder(w).Encode(suggestions)
}

func (a *request) suggestions(ctx context.Context, question model.Question, words string) ([]suggestion, error) {
	units, err := ask.Run(ctx, a.Store, ask.FindUnits(words, suggestedUnits), question)
	if err != nil {
		return nil, err
	}
	items, err := ask.Run(ctx, a.Store, ask.FindItems(words, suggestedItems), question)
	if err != nil {
		return nil, err
	}
	there := a.Address.With(page.SearchParameter, "")
	var all []suggestion
	for _, unit := range units {
		note := a.CodeLabel("tier", unit.Tier)
		if unit.Parent != "" {
			note += " · " + unit.Parent
		}
		all = append(all, suggestion{a.Label("unit"), unit.Unit, note, there.At(page.UnitPath(unit.UnitID)).String()})
	}
	a.Address = there
	for _, item := range items {
		all = append(all, suggestion{a.Label("item"), item.Item, a.CodeLabel("class", item.Class), a.itemHref(item.Item)})
	}
	return append(all, suggestion{a.T("search.all"), words, a.T("search.all_note"), there.At(page.SearchPath).With(page.SearchParameter, words).String()}), nil
}
