package sources

import (
	"context"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// rejectsPanel is a page of the rejected rows in force, of one source or all; their pages and the words sought live in the address.
type rejectsPanel struct {
	page.Figure
	Search      string // the words sought
	SearchLabel string
	All         uint64 // rows in force, whatever is sought
	Found       string // how many have the words
	Clear       string
}

// rejectsPage is how many rejected rows a page shows.
const rejectsPage = 25

// rejectsPanel asks the page of rejects that the address names.
func (a *request) rejectsPanel(ctx context.Context, source string) (rejectsPanel, error) {
	if a.Options.Society {
		return rejectsPanel{}, nil
	}
	number, err := page.PageAsked(a.Address.Get("page"))
	if err != nil {
		return rejectsPanel{}, err
	}
	search := a.Address.Get("search")
	asked := model.RejectsAsked{Source: source, Words: strings.Fields(search), Limit: rejectsPage, Offset: (number - 1) * rejectsPage}
	for _, word := range asked.Words {
		asked.Reasons = append(asked.Reasons, a.PatternsSaying(word))
	}
	rows, err := ask.Run(ctx, a.Store, ask.Rejects(asked), a.Question)
	if err != nil {
		return rejectsPanel{}, err
	}
	if len(rows) == 0 && number > 1 {
		return rejectsPanel{}, &page.NotFoundError{Message: a.T("problem.no_page_number", "Page", number)}
	}
	p := rejectsPanel{
		Figure: page.Figure{
			ID: "rejects", Heading: a.Report("rejects"), About: a.T("rejects.about"), Class: "span-12", Open: true, Exports: a.Exports("rejects", a.Question),
		},
		Search: search, SearchLabel: a.T("rejects.search"), Clear: a.Address.With("search", "").With("page", "").String() + "#rejects",
	}
	found := uint64(0)
	if len(rows) > 0 {
		found = rows[0].Found
	}
	p.All = found
	if len(asked.Words) > 0 {
		p.Found = a.T("rejects.found", "Search", search, "Count", found)
		all, err := ask.Run(ctx, a.Store, ask.Rejects(model.RejectsAsked{Source: source, Limit: 1}), a.Question)
		if err != nil {
			return rejectsPanel{}, err
		}
		p.All = 0
		if len(all) > 0 {
			p.All = all[0].Found
		}
	}
	p.Pages = a.Pages(number, (int(found)+rejectsPage-1)/rejectsPage, p.ID)
	p.Table = a.rejectsTable(rows, source == "", p.Heading)
	return p, nil
}

func (a *request) rejectsTable(rows []model.RejectRow, named bool, label string) *page.Table {
	t := &page.Table{Label: label, Short: true, Empty: a.T("rejects.none")}
	if a.Address.Get("search") != "" {
		t.Empty = a.T("rejects.none_found")
	}
	if named {
		t.Columns = append(t.Columns, page.Column{Key: "source", Label: a.Label("source"), Class: "fit"})
	}
	t.Columns = append(t.Columns,
		page.Column{Key: "place", Label: a.Label("place"), Class: "title wide"}, page.Column{Key: "reason", Label: a.Label("reason"), Class: "wide full text"},
		page.Column{Key: "content", Label: a.Label("content"), Class: "wide full text"}, page.Column{Key: "seen", Label: a.Label("seen"), Class: "fit"})
	for _, reject := range rows {
		var cells []page.Cell
		if named {
			name := a.SourceLink(reject.Source)
			cells = append(cells, a.Words(name.Text).Linked(name.Href).Classed("fit full"))
		}
		t.Rows = append(t.Rows, page.Row{Cells: append(cells,
			a.Words(reject.Place).Classed("title wide"), a.Words(a.Said(reject.Reason)).Classed("wide full text"), a.rejectedContent(reject.Content),
			a.Words(a.Instant(reject.Seen)).Classed("fit full"))})
	}
	return t
}

// Of a rejected row's content a page shows so many bytes at once, and so many when it is opened; the export has the whole.
const (
	rejectGlance = 120
	rejectShown  = 8 << 10
)

func (a *request) rejectedContent(content string) page.Cell {
	glance, cut := figures.Beginning(content, rejectGlance)
	if !cut {
		return a.Words(content).Classed("wide full text")
	}
	raw, cut := figures.Beginning(figures.Readable(content), rejectShown)
	if cut {
		raw += "\n" + a.T("rejects.cut")
	}
	return page.Cell{Text: glance + "…", Raw: raw, Class: "wide full text"}
}
