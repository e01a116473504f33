package dashboard

import "context"

// shownRemarks is how many remarks a page shows; the export has all.
const shownRemarks = 500

// remarksFigure lists what the last collection of each source and the last reading of the registry, or one source's collection, did not read or understand. For society there is none.
func (a *ask) remarksFigure(ctx context.Context, source string) ([]figure, error) {
	if a.options.Society {
		return nil, nil
	}
	remarks, err := a.store.Remarks(ctx, a.question, source, shownRemarks)
	if err != nil {
		return nil, err
	}
	t := table{Label: a.Report("remarks"), Page: 25, Short: true, Empty: a.T("remarks.none"), Columns: []column{
		{Key: "source", Label: a.Label("source"), Class: "fit"},
		{Key: "place", Label: a.Label("place"), Class: "title wide"},
		{Key: "fate", Label: a.Label("fate"), Class: "fit"},
		{Key: "remark", Label: a.Label("remark"), Class: "wide full text"},
		{Key: "nearest", Label: a.Label("nearest"), Class: "wide full text"},
		{Key: "parts", Label: a.Label("parts"), Class: "num"},
	}}
	for _, remark := range remarks {
		name := a.sourceLink(remark.Source)
		if remark.Source == "" {
			name = link{Text: a.T("remarks.registry")}
		}
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.words(name.Text).href(name.Href).class("fit"), a.words(remark.Place).class("title wide"), a.words(a.CodeLabel("fate", remark.Fate)).class("fit"),
			a.words(a.Said(remark.Remark)).class("wide full text"), a.words(a.Said(remark.Nearest)).class("wide full text"), a.count(int64(remark.Parts)),
		}})
	}
	return []figure{{
		ID: "remarks", Heading: a.Report("remarks"), About: a.T("remarks.about"), Class: "span-12", Exports: a.exports("remarks", a.question), Table: &t, Open: true,
	}}, nil
}
