package sources

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
	"yangguang/queries/records"
)

var errNoSources = errors.New("the sources could not be asked")

// sourceView is what source.html shows.
type sourceView struct {
	Crumbs         []page.Link
	Name, Sentence string
	Tags           []page.Cell
	Facts          []page.Fact
	Problem        *sourceProblem
	Collections    page.Figure
	Remarks        []page.Figure
	Rejects        rejectsPanel
}

// shownCollections is how many collections the page of a source shows.
const shownCollections = 60

// oneSource shows one source: how it is doing, its last collections, and what it refused.
func oneSource(ctx context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	name := a.HTTP.PathValue("source")
	known, err := a.knownSources(ctx, name, shownCollections)
	if err != nil {
		return page.Content{}, err
	}
	if len(known) == 0 {
		return page.Content{}, &page.NotFoundError{Message: a.T("problem.no_source", "Source", name)}
	}
	source := known[0]
	state := a.sourceState(source)
	body := sourceView{
		Crumbs: []page.Link{{Text: a.T("nav.sources"), Href: a.Address.At("/sources").String()}}, Name: name, Sentence: state.Text,
		Facts: a.sourceFacts(source),
	}
	if state.Note != "" {
		body.Sentence += a.T("source.aside", "Note", state.Note)
	}
	if kind := a.CodeLabel("kind", source.Kind); kind != "" {
		body.Tags = append(body.Tags, page.Cell{Text: kind})
	}
	if source.Error != "" {
		body.Problem = &sourceProblem{State: state, Text: a.Said(source.Error)}
	}
	if body.Collections, err = a.collectionsFigure(source); err != nil {
		return page.Content{}, err
	}
	if body.Remarks, err = a.remarksFigure(ctx, name); err != nil {
		return page.Content{}, err
	}
	if body.Rejects, err = a.rejectsPanel(ctx, name); err != nil {
		return page.Content{}, err
	}
	return page.Content{Title: name, Nav: "sources", Charts: body.Collections.Chart != nil, Body: body}, nil
}

func (a *request) sourceFacts(source knownSource) []page.Fact {
	return []page.Fact{
		{Label: a.T("sources.last_success"), Value: a.lastSuccess(source)},
		{Label: a.T("sources.next"), Value: a.nextRun(source)},
		{Label: a.T("sources.coverage"), Value: a.covered(source)},
	}
}

// collectionsFigure draws how many rows each collection read and how it ended, with all numbers in the table.
func (a *request) collectionsFigure(source knownSource) (page.Figure, error) {
	f := page.Figure{
		ID: "collections", Heading: a.T("source.collections"), About: a.T("source.collections_about", "Count", len(source.Collections)), Class: "span-12", Own: true,
	}
	if len(source.Collections) == 0 {
		return f, nil
	}
	f.Table = a.collectionsTable(source, f.Heading)
	var labels []string
	var points []chart.Point
	for i := len(source.Collections) - 1; i >= 0; i-- { // the newest on the right
		labels = append(labels, source.Collections[i].Started.In(a.Zone).Format("01-02 15:04"))
		points = append(points, a.collectionPoint(source.Collections[i]))
	}
	bar := chart.Bars(a.T("source.collections_aria"),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "8", Top: "24", Bottom: "0", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}), charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0, SplitNumber: 3}),
	)
	bar.SetXAxis(labels)
	chart.Series(bar, a.Label("read"), points, func(s *charts.SingleSeries) { s.BarMaxWidth = "24" })
	var err error
	if f.Chart, err = chart.Draw(bar, 200, nil); err != nil {
		return f, fmt.Errorf("collections: %w", err)
	}
	return f, nil
}

// collectionPoint is a bar as high as rows were read; what did not succeed has a mark on top that does not depend on its height or colour.
func (a *request) collectionPoint(c model.CollectionRow) chart.Point {
	p := chart.Point{Value: c.Read, Tip: []string{
		a.Instant(c.Started) + "  " + a.CodeLabel("last_outcome", c.Outcome),
		a.Label("read") + " " + page.Grouped(int64(c.Read)) + "  " + a.Label("new") + " " + page.Grouped(int64(c.New)) + "  " + a.Label("changed") + " " + page.Grouped(int64(c.Changed)) +
			"  " + a.Label("rejected") + " " + page.Grouped(int64(c.Rejected)),
	}, Style: &chart.PointStyle{Color: "var(--state-on-time)"}}
	mark := ""
	switch {
	case c.Outcome == model.Failed:
		mark, p.Style = "✕", &chart.PointStyle{Color: "var(--state-lapsed)", Decal: "fail"}
	case c.Outcome == model.Suspicious:
		mark, p.Style = "!", &chart.PointStyle{Color: "var(--state-late)", Decal: "late"}
	case c.Outcome != model.Look:
		mark, p.Style = "…", &chart.PointStyle{Color: "var(--state-unverified)"}
	}
	if mark != "" {
		p.Label = &opts.Label{Show: opts.Bool(true), Position: "top", Formatter: mark, Color: "var(--text-lapsed)"}
	}
	return p
}

func (a *request) collectionsTable(source knownSource, label string) *page.Table {
	t := &page.Table{Label: label, Page: 20, Columns: []page.Column{
		{Key: "started", Label: a.T("source.started"), Class: "title fit"},
		{Key: "outcome", Label: a.T("source.outcome"), Class: "fit"},
		{Key: "duration", Label: a.T("source.duration"), Class: "num"},
		{Key: "read", Label: a.Label("read"), Class: "num"},
		{Key: "new", Label: a.Label("new"), Class: "num"},
		{Key: "changed", Label: a.Label("changed"), Class: "num"},
		{Key: "unchanged", Label: a.Label("unchanged"), Class: "num"},
		{Key: "rejected", Label: a.Label("rejected"), Class: "num"},
		{Key: "not_understood", Label: a.Label("not_understood"), Class: "num"},
		{Key: "withdrawn", Label: a.T("sources.withdrawn"), Class: "num"},
		{Key: "pages", Label: a.T("sources.pages"), Class: "num"},
		{Key: "error", Label: a.Label("error"), Class: "wide full text"},
	}}
	for _, c := range source.Collections {
		said := a.Said(c.Error)
		if c.Accepted != "" {
			by := c.AcceptedBy
			if by == records.Agreement {
				by = a.T("source.agreement")
			}
			said = a.T("source.accepted", "By", by, "Instant", a.Instant(c.Ended), "Lacked", a.Said(c.Accepted))
		}
		cells := []page.Cell{a.Words(a.Instant(c.Started)).Classed("title fit"), a.outcome(c), a.duration(c)}
		cells = append(cells, a.volumes(&c)...)
		t.Rows = append(t.Rows, page.Row{Cells: append(cells, a.Inner(said).Classed("wide full text"))})
	}
	return t
}

// outcome is how a collection ended, on the colour of the state that it leaves the source in.
func (a *request) outcome(c model.CollectionRow) page.Cell {
	state := map[string]string{
		model.Look: "ok", model.Suspicious: "suspicious", model.Failed: "failing", "running": "running", "interrupted": "never",
	}[c.Outcome]
	return page.Cell{Text: a.CodeLabel("last_outcome", c.Outcome), State: state, Mark: a.T("mark.source." + state), Class: "fit"}
}
