// Package sources shows the sources and how they do, one of them, what was rejected and what was not understood.
package sources

import (
	"context"
	"embed"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{
		Files: files,
		Parts: []string{"rejects.html"},
		Pages: []page.Page{
			{Name: "sources", Pattern: "/sources", Build: build, Parameters: []string{"search", "page"}, NoRecords: true},
			{Name: "source", Pattern: "/sources/{source}", Build: oneSource, Parameters: []string{"search", "page"}, NoRecords: true},
		},
	}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what sources.html shows.
type view struct {
	Sentence, About string
	Numbers         []page.Number
	Sources         page.Figure
	Problems        []sourceProblem
	Remarks         []page.Figure
	Rejects         rejectsPanel
}

// sourceProblem is what a failing or suspicious source says, in full.
type sourceProblem struct {
	Source page.Link
	State  page.Cell
	Text   string
}

// build answers: is everything collected, since when is it not, what was collected and what was refused?
func build(ctx context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	known, err := a.knownSources(ctx, "", recentCollections)
	if err != nil {
		return page.Content{}, err
	}
	rejects, err := a.rejectsPanel(ctx, "")
	if err != nil {
		return page.Content{}, err
	}
	remarks, err := a.remarksFigure(ctx, "")
	if err != nil {
		return page.Content{}, err
	}
	body := view{
		Sentence: a.sentence(known), About: a.T("sources.about"), Numbers: a.numbers(known, rejects),
		Sources: a.figure(known), Remarks: remarks, Rejects: rejects,
	}
	for _, source := range known {
		if source.Error != "" {
			body.Problems = append(body.Problems, sourceProblem{a.SourceLink(source.Source), a.sourceState(source), a.Said(source.Error)})
		}
	}
	return page.Content{Title: a.T("nav.sources"), Nav: "sources", Body: body}, nil
}

func (a *request) sentence(known []knownSource) string {
	var failing []string
	waiting := 0
	for _, source := range known {
		switch source.state() {
		case "failing", "suspicious":
			failing = append(failing, source.Source)
		case "never", "running":
			if source.LastSuccess == nil {
				waiting++
			}
		}
	}
	switch {
	case len(known) == 0:
		return a.T("sources.sentence_none")
	case len(failing) > 0:
		const named = 3
		names := strings.Join(failing[:min(named, len(failing))], a.T("list.comma"))
		if len(failing) > named {
			names += a.T("list.more")
		}
		return a.T("sources.sentence_failing", "Sources", len(known), "Count", len(failing), "Names", names)
	case waiting > 0:
		return a.T("sources.sentence_waiting", "Sources", len(known), "Count", waiting)
	default:
		return a.T("sources.sentence_ok", "Count", len(known))
	}
}

func (a *request) numbers(known []knownSource, rejects rejectsPanel) []page.Number {
	var failing, read int64
	for _, source := range known {
		if state := source.state(); state == "failing" || state == "suspicious" {
			failing++
		}
		if latest := source.latest(); latest != nil {
			read += int64(latest.Read)
		}
	}
	numbers := []page.Number{
		{Label: a.T("figure.sources"), Value: page.Grouped(int64(len(known)))},
		{Label: a.T("figure.failing"), Value: page.Grouped(failing)},
		a.Counted("read", "rows", read),
		a.Counted("rejects", "rows", int64(rejects.All)),
	}
	numbers[2].Note, numbers[3].Note = a.T("sources.read_about"), a.T("sources.rejects_about")
	if a.Options.Society {
		numbers = numbers[:3] // nothing of rejected rows
	}
	for i := range numbers {
		numbers[i].Href = []string{"#sources", "#sources", "#sources", "#rejects"}[i]
	}
	return numbers
}

// figure lists every source, the failing ones first.
func (a *request) figure(known []knownSource) page.Figure {
	f := page.Figure{ID: "sources", Heading: a.T("nav.sources"), About: a.T("sources.table_about"), Class: "span-12", Open: true, Exports: a.Exports("sources", a.Question)}
	t := page.Table{Label: f.Heading, Counter: a.T("table.sources"), Page: 100, Short: true, Empty: a.T("sources.sentence_none"), Columns: []page.Column{
		{Key: "source", Label: a.Label("source"), Class: "title stick", Sort: "text"},
		{Key: "state", Label: a.Label("state"), Class: "fit full", Sort: "text"},
		{Key: "last_success", Label: a.T("sources.last_success"), Class: "fit", Sort: "text"},
		{Key: "next", Label: a.T("sources.next"), Class: "fit", Sort: "text"},
		{Key: "read", Label: a.Label("read"), Class: "num", Sort: "number"},
		{Key: "new", Label: a.Label("new"), Class: "num", Sort: "number"},
		{Key: "changed", Label: a.Label("changed"), Class: "num", Sort: "number"},
		{Key: "unchanged", Label: a.Label("unchanged"), Class: "num", Sort: "number"},
		{Key: "rejected", Label: a.Label("rejected"), Class: "num", Sort: "number"},
		{Key: "not_understood", Label: a.Label("not_understood"), Class: "num", Sort: "number"},
		{Key: "withdrawn", Label: a.T("sources.withdrawn"), Class: "num", Sort: "number"},
		{Key: "pages", Label: a.T("sources.pages"), Class: "num", Sort: "number"},
		{Key: "covered", Label: a.T("sources.coverage"), Class: "num", Sort: "number"},
		{Key: "recent", Label: a.T("sources.recent"), Class: "fit full"},
	}}
	if len(known) > 8 {
		t.Search = a.T("table.search_sources")
	}
	order := []string{"failing", "suspicious", "never"}
	sorted := slices.Clone(known)
	slices.SortStableFunc(sorted, func(x, y knownSource) int { return place(order, x.state()) - place(order, y.state()) })
	for _, source := range sorted {
		name := a.SourceLink(source.Source)
		cells := []page.Cell{
			a.Words(name.Text).Linked(name.Href).Classed("title stick").Noted(a.CodeLabel("kind", source.Kind)),
			a.sourceState(source), a.lastSuccess(source), a.nextRun(source),
		}
		t.Rows = append(t.Rows, page.Row{Cells: append(append(cells, a.volumes(source.latest())...), a.covered(source), a.history(source))})
	}
	f.Table = &t
	return f
}

// place is where a word stands in a list, or its end.
func place(order []string, word string) int {
	if at := slices.Index(order, word); at >= 0 {
		return at
	}
	return len(order)
}
