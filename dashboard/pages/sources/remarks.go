package sources

import (
	"context"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
)

// shownRemarks is how many remarks a page shows; the export has all.
const shownRemarks = 500

// remarksFigure lists what the last collection of each source and the last reading of the registry, or one source's collection, did not read or understand. For society there is none.
func (a *request) remarksFigure(ctx context.Context, source string) ([]page.Figure, error) {
	if a.Options.Society {
		return nil, nil
	}
	remarks, err := ask.Run(ctx, a.Store, ask.Remarks(source, shownRemarks), a.Question)
	if err != nil {
		return nil, err
	}
	t := page.Table{Label: a.Report("remarks"), Page: 25, Short: true, Empty: a.T("remarks.none"), Columns: []page.Column{
		{Key: "source", Label: a.Label("source"), Class: "fit"},
		{Key: "place", Label: a.Label("place"), Class: "title wide"},
		{Key: "fate", Label: a.Label("fate"), Class: "fit"},
		{Key: "remark", Label: a.Label("remark"), Class: "wide full text"},
		{Key: "nearest", Label: a.Label("nearest"), Class: "wide full text"},
		{Key: "parts", Label: a.Label("parts"), Class: "num"},
	}}
	for _, remark := range remarks {
		name := a.SourceLink(remark.Source)
		if remark.Source == "" {
			name = page.Link{Text: a.T("remarks.registry")}
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.Words(name.Text).Linked(name.Href).Classed("fit"), a.Words(remark.Place).Classed("title wide"), a.Words(a.CodeLabel("fate", remark.Fate)).Classed("fit"),
			a.Words(a.Said(remark.Remark)).Classed("wide full text"), a.Words(a.Said(remark.Nearest)).Classed("wide full text"), a.Count(int64(remark.Parts)),
		}})
	}
	return []page.Figure{{
		ID: "remarks", Heading: a.Report("remarks"), About: a.T("remarks.about"), Class: "span-12", Exports: a.Exports("remarks", a.Question), Table: &t, Open: true,
	}}, nil
}
