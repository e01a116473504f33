package dashboard

import (
	"context"
	"fmt"
	"net/url"

	"github.com/shopspring/decimal"

	"yangguang/queries"
)

// sitesBody is what pages/sites.html shows.
type sitesBody struct {
	Sentence, About   string
	Numbers           []number
	Radar, Scores     figure
	List, Timeliness  figure
	Visitors, Visited figure
}

// sites answers: which demonstration sites are good at what, did being named make them better, and who came to see them?
func sites(_ context.Context, a *ask) (content, error) {
	question := a.question
	all := load(a.panels, "sites", question, a.store.Sites)
	inspections := load(a.panels, "inspections", question, a.store.Inspections)
	visits := load(a.panels, "observations", question, a.store.Observations)
	a.panels.wait()

	body := sitesBody{
		Sentence: a.sitesSentence(all), About: a.T("sites.about"), Numbers: a.sitesNumbers(all, visits),
		Visitors: a.visitorsFigure(visits), Visited: a.visitsFigure(visits, question, true),
	}
	var err error
	if body.List, err = a.sitesFigure(all, inspections); err != nil {
		return content{}, err
	}
	if body.Radar, err = a.sitesRadar(all); err != nil {
		return content{}, err
	}
	if body.Scores, err = a.siteScoresFigure(all); err == nil {
		body.Timeliness, err = a.siteTimelinessFigure(all)
	}
	if err != nil {
		return content{}, fmt.Errorf("sites: %w", err)
	}
	return content{
		Title: a.T("nav.sites"), Nav: "sites", Filters: analysisFilters(), Charts: true, Body: body,
	}, nil
}

func sitePath(id string) string { return "/sites/" + url.PathEscape(id) }

// siteCell is a site's name, which leads to its own page.
func (a *ask) siteCell(id, name string) cell {
	return a.words(name).href(a.address.at(sitePath(id)).String()).class("title")
}

// becameBetter counts the sites whose timeliness is higher since they were named, and those that can be compared.
func becameBetter(all []queries.SiteRow) (better, compared int) {
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
func inspectedOf(all []queries.SiteRow) []queries.SiteRow {
	for i, site := range all {
		if site.Score == nil {
			return all[:i]
		}
	}
	return all
}

// meanScore is the mean of the sites' scores as shown; there is at least one.
func meanScore(inspected []queries.SiteRow) decimal.Decimal {
	sum := decimal.Zero
	for _, site := range inspected {
		sum = sum.Add(*site.Score)
	}
	return sum.DivRound(decimal.NewFromInt(int64(len(inspected))), 2)
}

func (a *ask) sitesSentence(all *answer[[]queries.SiteRow]) string {
	day, inspected := a.longDay(a.question.AsOf, a.now), inspectedOf(all.value)
	switch {
	case all.failed:
		return a.T("overview.unknown")
	case len(all.value) == 0:
		return a.T("sites.sentence_none", "Day", day)
	case len(inspected) == 0:
		return a.T("sites.sentence_uninspected", "Day", day, "Count", len(all.value))
	}
	sentence := a.T("sites.sentence", "Day", day, "Count", len(all.value), "Mean", meanScore(inspected).StringFixed(2),
		"Best", inspected[0].Unit, "Score", inspected[0].Score.StringFixed(2))
	if better, compared := becameBetter(all.value); compared > 0 {
		sentence += a.T("sites.sentence_better", "Count", compared, "Better", better)
	}
	return sentence + a.T("sentence.end")
}

func (a *ask) sitesNumbers(all *answer[[]queries.SiteRow], visits *answer[[]queries.ObservationRow]) []number {
	if all.failed {
		return nil
	}
	inspected := inspectedOf(all.value)
	numbers := []number{
		a.counted("sites", "sites", int64(len(all.value))),
		{Label: a.T("figure.site_score"), Rule: a.definition("site_score"), None: a.T("sites.not_inspected"), Note: a.T("sites.score_about")},
		{Label: a.T("figure.site_better"), None: a.T("sites.not_comparable"), Note: a.T("sites.better_about")},
	}
	numbers[0].Note = a.T("sites.inspected", "Count", len(inspected))
	if len(inspected) > 0 {
		numbers[1].Value, numbers[1].None = meanScore(inspected).StringFixed(2), ""
	}
	if better, compared := becameBetter(all.value); compared > 0 {
		numbers[2].Value, numbers[2].Unit, numbers[2].None = grouped(int64(better)), a.T("unit.of_units", "Count", compared), ""
	}
	for i := range numbers {
		numbers[i].Href = "#sites"
	}
	if visits.failed {
		return numbers
	}
	return append(numbers, a.visitsNumber(visits.value, a.question))
}

// visitsNumber counts visits as the report does, one for each unit that came, with the people beside it.
func (a *ask) visitsNumber(visits []queries.ObservationRow, question queries.Question) number {
	var people int64
	units := map[string]bool{}
	for _, visit := range visits {
		people += visit.Attendees
		units[visit.VisitorID] = true
	}
	n := a.counted("observations", "visits", int64(len(visits)))
	n.Rule, n.Href = a.definition("observations"), a.exports("observations", question)[0].Href
	n.Note = a.T("sites.visits_note", "Count", len(units), "People", grouped(people))
	if a.options.Society { // nothing of who came
		n.Note = a.T("sites.visits_people", "People", grouped(people))
	}
	return n
}
