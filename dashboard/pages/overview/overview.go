// Package overview shows who is behind, on what, since when, and whether it gets better.
package overview

import (
	"context"
	"embed"
	"fmt"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{Files: files, Parts: []string{"since.html"}, Pages: []page.Page{
		{Name: "overview", Pattern: "/{$}", Build: build, Parameters: []string{"by"}, NoRecords: true},
		{Name: "wall", Pattern: "/wall", Build: buildWall, Parameters: []string{"views", "seconds"}, NoRecords: true, Lasting: true},
	}}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what overview.html shows.
type view struct {
	lead
	Since          *sincePanel
	Groups, States page.Figure
	Items, Oldest  page.Figure
	Movers         page.Figure
	Heat           heatPanel
	Tiles          figures.Tiles
	Coverage       page.Figure // of each month
	Timeliness     page.Figure
	Empty          string
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
	asked := a.loadLead(question)
	moved := page.Load(a.Panels, "ranking", question, a.moved)
	since, units := a.LoadSince(question), &page.Answer[[]model.RankingRow]{}
	if since != nil && !a.Large {
		units = page.Load(a.Panels, "ranking", question, a.Units)
	}
	items := page.Ask(a.Request, question, ask.Items)
	lapsed := page.Load(a.Panels, "lapsed", question, a.Lapses)
	oldest := page.Load(a.Panels, "oldest lapses", question, a.FirstLapses(oldestShown))
	coverage := page.Ask(a.Request, question, ask.Coverage)
	months := page.Ask(a.Request, question, ask.Months)
	cells, tiles := a.cells(by), a.LoadTiles(question)
	a.Panels.Wait()

	body := view{lead: a.lead(asked)}
	if now := figures.GroupRow(asked.summary.Value, question.Group); !asked.summary.Failed && (now == nil || now.Units == 0) {
		body.Empty = a.T("overview.empty")
	}
	if body.Coverage, err = a.MonthsFigure("coverage_months", months, question, figures.CoverageShares()); err == nil {
		body.Timeliness, err = a.MonthsFigure("timeliness_months", months, question, figures.TimelinessShares())
	}
	if err != nil {
		return page.Content{}, fmt.Errorf("overview: %w", err)
	}
	body.Heat, body.Tiles = a.heatPanel(cells, by, many), a.Tiles(tiles)
	body.Tiles.More = &page.Link{Text: a.T("wall.link"), Href: a.Address.At("/wall").String()}
	if body.States, err = a.statesFigure(asked.summary); err == nil {
		body.Groups, err = a.groupsFigure(asked.summary)
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
			a.Period(lapse.Cadence, lapse.Period),
			a.Day(lapse.DueOn),
			a.Lasting(lapse),
		}})
	}
	f.Table = &t
	return f
}
