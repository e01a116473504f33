// Package audit shows operators who changed what.
package audit

import (
	"context"
	"embed"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/acts"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{Files: files, Operators: true, Pages: []page.Page{{Name: "audit", Pattern: "/audit", Build: build}}}
}

// shownChanges is how many changes the page shows; the export has all.
const shownChanges = 200

// view is what audit.html shows.
type view struct {
	Sentence, About string
	Changes         page.Figure
}

func build(ctx context.Context, r *page.Request) (page.Content, error) {
	a := figures.New(r)
	changes, err := ask.Run(ctx, a.Store, ask.Changes(shownChanges), a.Question)
	if err != nil {
		return page.Content{}, err
	}
	return page.Content{Title: a.T("nav.audit"), Nav: "audit", Body: view{
		Sentence: a.T("nav.audit"), About: a.T("audit.about"),
		Changes: page.Figure{
			ID: "changes", Heading: a.T("audit.list", "Count", shownChanges), Class: "span-12", Open: true, Exports: a.Exports("audit", a.Question), Table: table(a, changes),
		},
	}}, nil
}

func table(a *figures.Ask, changes []model.ChangeRow) *page.Table {
	t := &page.Table{Label: a.Report("audit"), Page: 25, Empty: a.T("audit.none"), Columns: []page.Column{
		{Key: "changed_at", Label: a.Label("changed_at"), Class: "fit"},
		{Key: "act", Label: a.Label("act"), Class: "fit"},
		{Key: "subject", Label: a.Label("subject"), Class: "title"},
		{Key: "done_by", Label: a.Label("done_by"), Class: "fit"},
		{Key: "done_with", Label: a.Label("done_with"), Class: "fit"},
		{Key: "before", Label: a.Label("before"), Class: "wide full text"},
		{Key: "after", Label: a.Label("after"), Class: "wide full text"},
	}}
	for _, c := range changes {
		before, after := sides(a, c)
		by := a.Words(c.DoneBy)
		if c.DoneBy == "" {
			by = a.None("audit.nobody")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.Words(a.Instant(c.ChangedAt)).Classed("fit full"), a.Words(a.CodeLabel("act", c.Act)).Classed("fit"), a.OrNone(subject(c), "audit.all_files").Classed("title"),
			by.Classed("fit"), a.Words(a.CodeLabel("done_with", c.DoneWith)).Classed("fit"),
			before, after,
		}})
	}
	return t
}

// subject is what a change is of. A registry is known by its time, which stands beside it.
func subject(c model.ChangeRow) string {
	if c.Act == acts.Registry {
		return ""
	}
	return c.Subject
}
