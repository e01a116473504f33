// Package sites shows the demonstration sites, and one of them.
package sites

import (
	"context"
	"embed"
	"fmt"
	"net/url"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{
		Files: files,
		Pages: []page.Page{
			{Name: "sites", Pattern: "/sites", Build: build, Parameters: []string{"site", "search", "page"}, NoRecords: true},
			{Name: "site", Pattern: "/sites/{id}", Build: oneSite, NoRecords: true},
		},
	}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what sites.html shows.
type view struct {
	Sentence, About   string
	Numbers           []page.Number
	Radar, Scores     page.Figure
	List, Timeliness  page.Figure
	Visitors, Visited page.Figure
}

// build answers: which demonstration sites are good at what, did being named make them better, and who came to see them?
func build(_ context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	question := a.Question
	all := page.Ask(a.Request, question, ask.Sites)
	inspections := page.Ask(a.Request, question, ask.Inspections)
	visits := page.Ask(a.Request, question, ask.Observations)
	a.Panels.Wait()

	body := view{
		Sentence: a.sentence(all), About: a.T("sites.about"), Numbers: a.numbers(all, visits),
		Visitors: a.visitorsFigure(visits), Visited: a.visitsFigure(visits, question, true),
	}
	var err error
	if body.List, err = a.figure(all, inspections); err != nil {
		return page.Content{}, err
	}
	if body.Radar, err = a.radar(all); err != nil {
		return page.Content{}, err
	}
	if body.Scores, err = a.siteScoresFigure(all); err == nil {
		body.Timeliness, err = a.siteTimelinessFigure(all)
	}
	if err != nil {
		return page.Content{}, fmt.Errorf("sites: %w", err)
	}
	return page.Content{
		Title: a.T("nav.sites"), Nav: "sites", Filters: figures.AnalysisFilters(), Charts: true, Body: body,
	}, nil
}

func sitePath(id string) string { return "/sites/" + url.PathEscape(id) }

// siteCell is a site's name, which leads to its own page.
func (a *request) siteCell(id, name string) page.Cell {
	return a.Words(name).Linked(a.Address.At(sitePath(id)).String()).Classed("title")
}

// becameBetter counts the sites whose timeliness is higher since they were named, and those that can be compared.
func becameBetter(all []model.SiteRow) (better, compared int) {
	for _, site := range all {
		if site.TimelinessBefore == nil || site.TimelinessAfter == nil {
			continue
		}
		compared++
		if site.TimelinessAfter.GreaterThan(*site.TimelinessBefore) {
			better++
		}
	}
	return better, compared
}

// inspectedOf are the sites with an inspection; they come first, in the order of their rank.
func inspectedOf(all []model.SiteRow) []model.SiteRow {
	for i, site := range all {
		if site.Score == nil {
			return all[:i]
		}
	}
	return all
}

// meanScore is the mean of the sites' scores as shown; there is at least one.
func meanScore(inspected []model.SiteRow) decimal.Decimal {
	sum := decimal.Zero
	for _, site := range inspected {
		sum = sum.Add(*site.Score)
	}
	return sum.DivRound(decimal.NewFromInt(int64(len(inspected))), 2)
}

func (a *request) sentence(all *page.Answer[[]model.SiteRow]) string {
	day, inspected := a.LongDay(a.Question.AsOf, a.Now), inspectedOf(all.Value)
	switch {
	case all.Failed:
		return a.T("overview.unknown")
	case len(all.Value) == 0:
		return a.T("sites.sentence_none", "Day", day)
	case len(inspected) == 0:
		return a.T("sites.sentence_uninspected", "Day", day, "Count", len(all.Value))
	}
	sentence := a.T("sites.sentence", "Day", day, "Count", len(all.Value), "Mean", meanScore(inspected).StringFixed(2),
		"Best", inspected[0].Unit, "Score", inspected[0].Score.StringFixed(2))
	if better, compared := becameBetter(all.Value); compared > 0 {
		sentence += a.T("sites.sentence_better", "Count", compared, "Better", better)
	}
	return sentence + a.T("sentence.end")
}

func (a *request) numbers(all *page.Answer[[]model.SiteRow], visits *page.Answer[[]model.ObservationRow]) []page.Number {
	if all.Failed {
		return nil
	}
	inspected := inspectedOf(all.Value)
	numbers := []page.Number{
		a.Counted("sites", "sites", int64(len(all.Value))),
		{Label: a.T("figure.site_score"), Rule: a.Definition("site_score"), None: a.T("sites.not_inspected"), Note: a.T("sites.score_about")},
		{Label: a.T("figure.site_better"), None: a.T("sites.not_comparable"), Note: a.T("sites.better_about")},
	}
	numbers[0].Note = a.T("sites.inspected", "Count", len(inspected))
	if len(inspected) > 0 {
		numbers[1].Value, numbers[1].None = meanScore(inspected).StringFixed(2), ""
	}
	if better, compared := becameBetter(all.Value); compared > 0 {
		numbers[2].Value, numbers[2].Unit, numbers[2].None = page.Grouped(int64(better)), a.T("unit.of_units", "Count", compared), ""
	}
	for i := range numbers {
		numbers[i].Href = "#sites"
	}
	if visits.Failed {
		return numbers
	}
	return append(numbers, a.visitsNumber(visits.Value, a.Question))
}

// visitsNumber counts visits as the report does, one for each unit that came, with the people beside it.
func (a *request) visitsNumber(visits []model.ObservationRow, question model.Question) page.Number {
	var people int64
	units := map[string]bool{}
	for _, visit := range visits {
		people += visit.Attendees
		units[visit.VisitorID] = true
	}
	n := a.Counted("observations", "visits", int64(len(visits)))
	n.Rule, n.Href = a.Definition("observations"), a.Exports("observations", question)[0].Href
	n.Note = a.T("sites.visits_note", "Count", len(units), "People", page.Grouped(people))
	if a.Options.Society { // nothing of who came
		n.Note = a.T("sites.visits_people", "People", page.Grouped(people))
	}
	return n
}
