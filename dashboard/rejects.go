package dashboard

import (
	"context"
	"strconv"
	"strings"

	"yangguang/queries"
)

// rejectsPanel is a page of the rejected rows in force, of one source or all; their pages and the words sought live in the address.
type rejectsPanel struct {
	figure
	Search      string // the words sought
	SearchLabel string
	All         uint64 // rows in force, whatever is sought
	Found       string // how many have the words
	Clear       string
	Previous    string
	Next        string
	At          string // 2 / 7
}

// rejectsPage is how many rejected rows a page shows.
const rejectsPage = 25

// rejectsPanel asks the page of rejects that the address names.
func (a *ask) rejectsPanel(ctx context.Context, source string) (rejectsPanel, error) {
	if a.options.Society {
		return rejectsPanel{}, nil
	}
	number, err := pageAsked(a.address.get("page"))
	if err != nil {
		return rejectsPanel{}, err
	}
	search := a.address.get("search")
	asked := queries.RejectsAsked{Source: source, Words: strings.Fields(search), Limit: rejectsPage, Offset: (number - 1) * rejectsPage}
	for _, word := range asked.Words {
		asked.Reasons = append(asked.Reasons, a.PatternsSaying(word))
	}
	rows, err := a.store.Rejects(ctx, a.question, asked)
	if err != nil {
		return rejectsPanel{}, err
	}
	if len(rows) == 0 && number > 1 {
		return rejectsPanel{}, &errNotFound{a.T("problem.no_page_number", "Page", number)}
	}
	p := rejectsPanel{
		figure: figure{
			ID: "rejects", Heading: a.Report("rejects"), About: a.T("rejects.about"), Class: "span-12", Open: true, Exports: a.exports("rejects", a.question),
		},
		Search: search, SearchLabel: a.T("rejects.search"), Clear: a.address.with("search", "").with("page", "").String() + "#rejects",
	}
	found := uint64(0)
	if len(rows) > 0 {
		found = rows[0].Found
	}
	p.All = found
	if len(asked.Words) > 0 {
		p.Found = a.T("rejects.found", "Search", search, "Count", found)
		all, err := a.store.Rejects(ctx, a.question, queries.RejectsAsked{Source: source, Limit: 1})
		if err != nil {
			return rejectsPanel{}, err
		}
		p.All = 0
		if len(all) > 0 {
			p.All = all[0].Found
		}
	}
	if pages := (int(found) + rejectsPage - 1) / rejectsPage; pages > 1 {
		p.At = strconv.Itoa(number) + " / " + strconv.Itoa(pages)
		if number > 1 {
			p.Previous = a.pageNumber(number-1, "rejects")
		}
		if number < pages {
			p.Next = a.pageNumber(number+1, "rejects")
		}
	}
	p.Table = a.rejectsTable(rows, source == "", p.Heading)
	return p, nil
}

func (a *ask) rejectsTable(rows []queries.RejectRow, named bool, label string) *table {
	t := &table{Label: label, Short: true, Empty: a.T("rejects.none")}
	if a.address.get("search") != "" {
		t.Empty = a.T("rejects.none_found")
	}
	if named {
		t.Columns = append(t.Columns, column{Key: "source", Label: a.Label("source"), Class: "fit"})
	}
	t.Columns = append(t.Columns,
		column{Key: "place", Label: a.Label("place"), Class: "title wide"}, column{Key: "reason", Label: a.Label("reason"), Class: "wide full text"},
		column{Key: "content", Label: a.Label("content"), Class: "wide full text"}, column{Key: "seen", Label: a.Label("seen"), Class: "fit"})
	for _, reject := range rows {
		var cells []cell
		if named {
			name := a.sourceLink(reject.Source)
			cells = append(cells, a.words(name.Text).href(name.Href).class("fit"))
		}
		t.Rows = append(t.Rows, row{Cells: append(cells,
			a.words(reject.Place).class("title wide"), a.words(a.Said(reject.Reason)).class("wide full text"), a.rejectedContent(reject.Content),
			a.words(a.instant(reject.Seen)).class("fit"))})
	}
	return t
}

// Of a rejected row's content a page shows so many bytes at once, and so many when it is opened; the export has the whole.
const (
	rejectGlance = 120
	rejectShown  = 8 << 10
)

func (a *ask) rejectedContent(content string) cell {
	glance, cut := beginning(content, rejectGlance)
	if !cut {
		return a.words(content).class("wide full text")
	}
	raw, cut := beginning(readable(content), rejectShown)
	if cut {
		raw += "\n" + a.T("rejects.cut")
	}
	return cell{Text: glance + "…", Raw: raw, Class: "wide full text"}
}
