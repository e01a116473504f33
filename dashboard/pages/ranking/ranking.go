// Package ranking shows the units of a group in the order of their scores.
package ranking

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{
		Files: files,
		Pages: []page.Page{{Name: "ranking", Pattern: "/ranking/{group}", Build: build, Parameters: []string{"search", "only", "sort", "page"}, NoRecords: true}},
	}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what ranking.html shows.
type view struct {
	Sentence, About string
	Numbers         []page.Number
	Chart, Units    page.Figure
	Empty           string
}

// build shows one group's units in order, with the change since the previous window; unranked ones last, with why. A group of up to
// Options.Whole units is sent whole; of a larger one the address says which part is shown.
func build(_ context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	group := a.HTTP.PathValue("group")
	if !slices.Contains(model.Codes("group"), group) {
		return page.Content{}, &page.NotFoundError{Message: a.T("problem.no_group", "Group", group)}
	}
	question := a.Question
	question.Group = group
	shown, err := a.selection()
	if err != nil {
		return page.Content{}, err
	}
	shown.ask(a, question)
	shown.since = a.LoadSince(question)
	summary, before := a.Summaries(question)
	a.Panels.Wait()
	shown.take()
	if !shown.failed && shown.number > 1 && len(shown.rows) == 0 {
		return page.Content{}, &page.NotFoundError{Message: a.T("problem.no_page_number", "Page", shown.number)}
	}

	name := a.CodeLabel("group", group)
	body := view{
		Sentence: a.sentence(group, shown),
		About:    a.WindowSentence() + a.T("ranking.about"),
		Numbers:  a.numbers(question, shown.totals, figures.GroupRow(summary.Value, group), figures.PreviousOf(before, group)),
		Chart: page.Figure{
			ID: "ranking", Heading: a.T("ranking.chart", "Group", name), About: a.T("ranking.chart_about"), Class: "span-12",
			Failed: shown.failed, Exports: a.Exports("ranking", question),
		},
		Units: page.Figure{ID: "units", Heading: a.T("ranking.table"), Class: "span-12", Failed: shown.failed, Open: true, Exports: a.Exports("ranking", question)},
	}
	a.sinceAbout(&body.Units, shown.since)
	if !shown.failed {
		body.Units.Chooser = a.Chooser()
	}
	if group == "towns" {
		for _, scope := range []string{"own", "subtree"} {
			body.Chart.Choices = append(body.Chart.Choices, page.Link{
				Text: a.T("ranking.scope." + scope), Href: a.Address.With("scope", scope).With("page", "").String(), Current: question.Scope == scope,
			})
		}
	}
	if !shown.failed && shown.totals.Units == 0 {
		body.Empty = a.T("overview.empty")
	}
	if !shown.failed {
		if err := a.showRanking(&body, shown, question); err != nil {
			return page.Content{}, fmt.Errorf("ranking: %w", err)
		}
		a.complete(&body.Units, shown.rows, question)
	}
	return page.Content{
		Title: a.T("ranking.title", "Group", name), Nav: group, Filters: []string{"window", "programme", "focus", "scope"}, Charts: true, Body: body,
		Further: a.BaselineFilter(a.SinceFilter(shown.since), figures.MeetingName(shown.since)),
	}, nil
}

// showRanking draws and lists what is shown of the group: all of it, or a part.
func (a *request) showRanking(body *view, shown *selection, question model.Question) (err error) {
	if shown.whole {
		body.Units.Table = a.table(shown.rows, shown.since)
		body.Chart.Chart, err = a.chart(shown.rows, nil)
		return err
	}
	body.Units.Table, body.Units.Pages = a.partTable(shown), a.Pages(shown.number, shown.count(), body.Units.ID)
	body.Units.About = a.T("ranking.part_about", "Page", pageUnits) + body.Units.About
	if !shown.first() {
		body.Chart.About = a.T("ranking.chart_page") + body.Chart.About
		body.Chart.Chart, err = a.chart(shown.rows, nil)
		return err
	}
	top, bottom, failed := shown.ends(a, question)
	if body.Chart.Failed = failed; failed {
		return nil
	}
	body.Chart.About = a.T("ranking.chart_ends", "Shown", edge, "Ranked", page.Grouped(int64(shown.totals.Ranked))) + body.Chart.About
	body.Chart.Chart, err = a.chart(top, bottom)
	return err
}

func (a *request) sentence(group string, shown *selection) string {
	if shown.failed {
		return a.T("overview.unknown")
	}
	return a.T("ranking.sentence", "Day", a.LongDay(a.Question.AsOf, a.Now), "Group", a.CodeLabel("group", group),
		"Units", page.Grouped(int64(shown.totals.Units)), "Ranked", page.Grouped(int64(shown.totals.Ranked)), "Count", shown.totals.Lapsing)
}

func (a *request) numbers(question model.Question, totals model.RankingTotals, now *model.SummaryRow, before figures.Previous) []page.Number {
	if now == nil {
		return nil
	}
	numbers := []page.Number{
		a.ScoreNumber("mean_score", now.Score, before.Score),
		a.RatioNumber("coverage", now.Coverage, before.Coverage),
		a.RatioNumber("timeliness", now.Timeliness, before.Timeliness),
		a.RatioNumber("clear_units", now.ClearUnits, before.ClearUnits),
		a.CountNumber("lapsed", now.Lapsed, before.Count(before.Lapsed)),
	}
	var bands []string
	for _, rating := range model.Codes("rating") {
		if n := totals.Ratings[rating]; n > 0 {
			bands = append(bands, a.CodeLabel("rating", rating)+" "+page.Grouped(int64(n)))
		}
	}
	numbers[0].Note = strings.Join(bands, " · ")
	if now.CarriedLapsed > 0 {
		numbers[4].Note = a.T("overview.carried", "Count", now.CarriedLapsed)
	}
	here := a.Address.With("page", "").With("search", "").With("only", "")
	for i, sorted := range []string{"score", "coverage", "timeliness"} {
		numbers[i].Href = here.With("sort", sorted).String() + "#units" // the lowest first
	}
	numbers[3].Href = here.With("sort", "").With("only", "lapsing").String() + "#units"
	numbers[4].Href = a.Address.At("/lapsed").With("group", question.Group).String() + "#lapses"
	return numbers
}
