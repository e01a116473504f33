package dashboard

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"yangguang/queries"
)

var errNoSources = errors.New("the sources could not be asked")

// sourceBody is what pages/source.html shows.
type sourceBody struct {
	Crumbs         []link
	Name, Sentence string
	Tags           []cell
	Facts          []fact
	Problem        *sourceProblem
	Collections    figure
	Remarks        []figure
	Rejects        rejectsPanel
}

// shownCollections is how many collections the page of a source shows.
const shownCollections = 60

// oneSource shows one source: how it is doing, its last collections, and what it refused.
func oneSource(ctx context.Context, a *ask) (content, error) {
	name := a.request.PathValue("source")
	known, err := a.knownSources(ctx, name, shownCollections)
	if err != nil {
		return content{}, err
	}
	if len(known) == 0 {
		return content{}, &errNotFound{a.T("problem.no_source", "Source", name)}
	}
	source := known[0]
	state := a.sourceState(source)
	body := sourceBody{
		Crumbs: []link{{Text: a.T("nav.sources"), Href: a.address.at("/sources").String()}}, Name: name, Sentence: state.Text,
		Facts: a.sourceFacts(source),
	}
	if state.Note != "" {
		body.Sentence += a.T("source.aside", "Note", state.Note)
	}
	if kind := a.CodeLabel("kind", source.Kind); kind != "" {
		body.Tags = append(body.Tags, cell{Text: kind})
	}
	if source.Error != "" {
		body.Problem = &sourceProblem{State: state, Text: a.Said(source.Error)}
	}
	if body.Collections, err = a.collectionsFigure(source); err != nil {
		return content{}, err
	}
	if body.Remarks, err = a.remarksFigure(ctx, name); err != nil {
		return content{}, err
	}
	if body.Rejects, err = a.rejectsPanel(ctx, name); err != nil {
		return content{}, err
	}
	return content{Title: name, Nav: "sources", Charts: body.Collections.Chart != nil, Body: body}, nil
}

func (a *ask) sourceFacts(source knownSource) []fact {
	return []fact{
		{Label: a.T("sources.last_success"), Value: a.lastSuccess(source)},
		{Label: a.T("sources.next"), Value: a.nextRun(source)},
		{Label: a.T("sources.coverage"), Value: a.covered(source)},
	}
}

// collectionsFigure draws how many rows each collection read and how it ended, with all numbers in the table.
func (a *ask) collectionsFigure(source knownSource) (figure, error) {
	f := figure{
		ID: "collections", Heading: a.T("source.collections"), About: a.T("source.collections_about", "Count", len(source.Collections)), Class: "span-12", Own: true,
	}
	if len(source.Collections) == 0 {
		return f, nil
	}
	f.Table = a.collectionsTable(source, f.Heading)
	var labels []string
	var points []point
	for i := len(source.Collections) - 1; i >= 0; i-- { // the newest on the right
		labels = append(labels, source.Collections[i].Started.In(a.zone).Format("01-02 15:04"))
		points = append(points, a.collectionPoint(source.Collections[i]))
	}
	bar := bars(a.T("source.collections_aria"),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "8", Top: "24", Bottom: "0", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}), charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0, SplitNumber: 3}),
	)
	bar.SetXAxis(labels)
	series(bar, a.Label("read"), points, func(s *charts.SingleSeries) { s.BarMaxWidth = "24" })
	var err error
	if f.Chart, err = drawn(bar, 200, nil); err != nil {
		return f, fmt.Errorf("collections: %w", err)
	}
	return f, nil
}

// collectionPoint is a bar as high as rows were read; what did not succeed has a mark on top that does not depend on its height or colour.
func (a *ask) collectionPoint(c queries.CollectionRow) point {
	p := point{Value: c.Read, Tip: []string{
		a.instant(c.Started) + "  " + a.CodeLabel("last_outcome", c.Outcome),
		a.Label("read") + " " + grouped(int64(c.Read)) + "  " + a.Label("new") + " " + grouped(int64(c.New)) + "  " + a.Label("changed") + " " + grouped(int64(c.Changed)) +
			"  " + a.Label("rejected") + " " + grouped(int64(c.Rejected)),
	}, Style: &pointStyle{Color: "var(--state-on-time)"}}
	mark := ""
	switch {
	case c.Outcome == queries.Failed:
		mark, p.Style = "✕", &pointStyle{Color: "var(--state-lapsed)", Decal: "fail"}
	case c.Outcome == queries.Suspicious:
		mark, p.Style = "!", &pointStyle{Color: "var(--state-late)", Decal: "late"}
	case c.Outcome != queries.Look:
		mark, p.Style = "…", &pointStyle{Color: "var(--state-unverified)"}
	}
	if mark != "" {
		p.Label = &opts.Label{Show: opts.Bool(true), Position: "top", Formatter: mark, Color: "var(--text-lapsed)"}
	}
	return p
}

func (a *ask) collectionsTable(source knownSource, label string) *table {
	t := &table{Label: label, Page: 20, Columns: []column{
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
			if by == queries.Agreement {
				by = a.T("source.agreement")
			}
			said = a.T("source.accepted", "By", by, "Instant", a.instant(c.Ended), "Lacked", a.Said(c.Accepted))
		}
		cells := []cell{a.words(a.instant(c.Started)).class("title fit"), a.outcome(c), a.duration(c)}
		cells = append(cells, a.volumes(&c)...)
		t.Rows = append(t.Rows, row{Cells: append(cells, a.inner(said).class("wide full text"))})
	}
	return t
}

// outcome is how a collection ended, on the colour of the state that it leaves the source in.
func (a *ask) outcome(c queries.CollectionRow) cell {
	state := map[string]string{
		queries.Look: "ok", queries.Suspicious: "suspicious", queries.Failed: "failing", "running": "running", "interrupted": "never",
	}[c.Outcome]
	return cell{Text: a.CodeLabel("last_outcome", c.Outcome), State: state, Mark: a.T("mark.source." + state), Class: "fit"}
}
