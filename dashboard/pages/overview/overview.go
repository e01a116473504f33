// Package overview shows who is behind, on what, since when, and whether it gets better.
package overview

import (
	"cmp"
	"context"
	"embed"
	"fmt"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{Files: files, Pages: []page.Page{{Name: "overview", Pattern: "/{$}", Build: build, Parameters: []string{"by"}, NoRecords: true}}}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what overview.html shows.
type view struct {
	Sentence, About string
	Due             *page.Link // what falls due next
	Since           *sincePanel
	Numbers         []page.Number
	Groups, States  page.Figure
	Items, Oldest   page.Figure
	Movers          page.Figure
	Heat            heatPanel
	Coverage        page.Figure // of each month
	Timeliness      page.Figure
	Empty           string
}

// build answers: who is behind, on what, since when, and is it getting better?
func build(_ context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	many := a.Large
	by, err := a.cellsBy(many)
	if err != nil {
		return page.Content{}, err
	}
	question := a.Question
	summary, summaryBefore := a.Summaries(question)
	moved := page.Load(a.Panels, "ranking", question, a.moved)
	since, units := a.LoadSince(question), &page.Answer[[]model.RankingRow]{}
	if since != nil && !a.Large {
		units = page.Load(a.Panels, "ranking", question, a.Units)
	}
	items := page.Load(a.Panels, "items", question, a.Store.Items)
	lapsed := page.Load(a.Panels, "lapsed", question, a.Lapses)
	lapsedBefore := figures.LoadPrevious(a.Ask, "previous lapsed", question, a.Lapses)
	oldest := page.Load(a.Panels, "oldest lapses", question, a.FirstLapses(oldestShown))
	coverage := page.Load(a.Panels, "coverage", question, a.Store.Coverage)
	months := page.Load(a.Panels, "months", question, a.Store.Months)
	cells, due := a.cells(by), a.due()
	a.Panels.Wait()

	body := view{
		Sentence: a.sentence(summary, lapsed, lapsedBefore, figures.PreviousOf(summaryBefore, question.Group).Owed),
		About:    a.WindowSentence(),
		Numbers:  a.numbers(figures.GroupRow(summary.Value, question.Group), figures.PreviousOf(summaryBefore, question.Group)),
	}
	if now := figures.GroupRow(summary.Value, question.Group); !summary.Failed && (now == nil || now.Units == 0) {
		body.Empty = a.T("overview.empty")
	}
	if len(body.Numbers) > 0 {
		body.Due = a.dueLink(due)
	}
	if body.Coverage, err = a.MonthsFigure("coverage_months", months, question, figures.CoverageShares()); err == nil {
		body.Timeliness, err = a.MonthsFigure("timeliness_months", months, question, figures.TimelinessShares())
	}
	if err != nil {
		return page.Content{}, fmt.Errorf("overview: %w", err)
	}
	body.Heat = a.heatPanel(cells, by, many)
	if body.States, err = a.statesFigure(summary); err == nil {
		body.Groups, err = a.groupsFigure(summary)
	}
	if err == nil {
		body.Items, err = a.itemsFigure(items)
	}
	if err != nil {
		return page.Content{}, fmt.Errorf("overview: %w", err)
	}
	body.Oldest = a.oldestFigure(lapsed, oldest)
	body.Movers = a.moversFigure(moved)
	body.Since = a.sincePanel(since, units)
	return page.Content{
		Title: a.T("nav.overview"), Nav: "overview", Alerts: a.FailingAlerts(page.Covering{Coverage: coverage, Sources: a.Sources}), Filters: []string{"window", "programme", "focus", "group"},
		Further: a.BaselineFilter(a.SinceFilter(since), figures.MeetingName(since)), Charts: true, Body: body,
	}, nil
}

// sentence says how many units have something lapsed, and how many had before if anything was owed then.
func (a *request) sentence(summary *page.Answer[[]model.SummaryRow], now, before *page.Answer[figures.Lapses], owedBefore bool) string {
	group := figures.GroupRow(summary.Value, a.Question.Group)
	if summary.Failed || now.Failed || a.Within.Failed {
		return a.T("overview.unknown")
	}
	if group == nil {
		group = &model.SummaryRow{}
	}
	lapsing := int(now.Value.All().Units)
	sentence := a.T("overview.sentence", "Day", a.LongDay(a.Question.AsOf, a.Now), "Area", a.area(), "Units", group.Units, "Count", lapsing)
	if before.Failed || !owedBefore {
		return sentence + a.T("sentence.end")
	}
	return sentence + a.Compared("overview.change", lapsing-int(before.Value.All().Units))
}

// area names whose units are asked about; empty: all.
func (a *request) area() string {
	var names []string
	if within := a.Question.Within; within != "" {
		names = append(names, cmp.Or(a.Within.Value, within))
	}
	if group := a.Question.Group; group != "all" {
		names = append(names, a.CodeLabel("group", group))
	}
	return strings.Join(names, " · ")
}

func (a *request) numbers(now *model.SummaryRow, before figures.Previous) []page.Number {
	if now == nil {
		return nil
	}
	evidenced := a.Ratio(now.EvidencedTimeliness)
	if evidenced.None {
		evidenced.Text = "—"
	}
	numbers := []page.Number{
		a.RatioNumber("organisation_coverage", now.OrganisationCoverage, before.OrganisationCoverage),
		a.RatioNumber("member_coverage", now.MemberCoverage, before.MemberCoverage),
		a.RatioNumber("item_coverage", now.Coverage, before.Coverage),
		a.RatioNumber("timeliness", now.Timeliness, before.Timeliness),
		a.CountNumber("lapsed", now.Lapsed, before.Count(before.Lapsed)),
	}
	numbers[2].Label = a.T("figure.item_coverage_rate")
	numbers[3].Note = a.T("overview.evidenced", "Ratio", evidenced.Text)
	if now.CarriedLapsed > 0 {
		numbers[4].Note = a.T("overview.carried", "Count", now.CarriedLapsed)
	}
	ranking := a.Address.At("/ranking/" + a.Question.Group)
	for i, measure := range []string{"coverage", "coverage", "coverage", "timeliness"} {
		numbers[i].Href = ranking.With("sort", measure).String() + "#units" // the units that are lowest in it first
	}
	numbers[4].Href = a.Address.At("/lapsed").With("group", a.Address.Get("group")).String() + "#lapses"
	return numbers
}

// oldestShown is how many of the oldest lapses the overview lists.
const oldestShown = 12

// oldestFigure lists the lapses that last longest, oldest first as the report has them.
func (a *request) oldestFigure(told *page.Answer[figures.Lapses], oldest *page.Answer[[]model.ObligationRow]) page.Figure {
	f := page.Figure{
		ID: "oldest", Heading: a.T("overview.oldest"), Class: "span-12", Failed: told.Failed || oldest.Failed, Open: true,
		About: a.T("overview.oldest_about", "Count", told.Value.All().Lapsed, "Shown", len(oldest.Value)), Exports: a.Exports("lapsed", a.Question),
	}
	t := page.Table{Label: f.Heading, Empty: a.T("overview.no_lapses"), Short: true, Columns: []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title"},
		{Key: "item", Label: a.Label("item"), Class: "wide full text"},
		{Key: "class", Label: a.Label("class"), Class: "fit"},
		{Key: "period", Label: a.Label("period"), Class: "fit"},
		{Key: "since", Label: a.T("overview.since"), Class: "fit"},
		{Key: "lasting", Label: a.T("overview.lasting"), Class: "num"},
	}}
	towns := a.Towns(figures.VillagesIn(oldest.Value), &f)
	for _, lapse := range oldest.Value {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(lapse.UnitID, lapse.Unit).Classed("title").Noted(a.Placed(lapse.UnitID, lapse.Group, towns)),
			a.Words(lapse.Item).Classed("full text"),
			a.Words(a.CodeLabel("class", lapse.Class)).Classed("fit"),
			a.Words(lapse.Period).Classed("fit"),
			a.Day(lapse.DueOn),
			a.Lasting(lapse),
		}})
	}
	f.Table = &t
	return f
}
