package patrol

import (
	"slices"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// kindsFigure counts by kind, in the order in which people should look at them.
func (a *request) kindsFigure(kinds *page.Answer[[]model.FindingCount], visited *page.Answer[model.Patrolled]) page.Figure {
	f := page.Figure{ID: "kinds", Heading: a.T("patrol.kinds"), About: a.T("patrol.kinds_about"), Class: "span-5", Failed: kinds.Failed, Open: true, Own: true, Exports: a.Exports("findings", a.Question)}
	t := a.countedTable(f.Heading, a.Label("finding"), visited)
	for _, kind := range a.kindsShown() {
		at := slices.IndexFunc(kinds.Value, func(count model.FindingCount) bool { return count.Key == kind })
		if at >= 0 {
			name := a.Words(a.CodeLabel("finding", kind)).Linked(a.list("finding", kind)).Classed("title")
			name.Title = a.T("patrol.means." + kind)
			t.Rows = append(t.Rows, page.Row{Cells: append([]page.Cell{name}, a.countedCells(kinds.Value[at])...)})
		}
	}
	f.Table, f.Failed = t, f.Failed || visited.Failed && len(t.Rows) == 0 // who did not look finds nothing
	return f
}

// countedFigure counts by unit or item, those with the most that stand first.
func (a *request) countedFigure(by string, counted *page.Answer[[]model.FindingCount], visited *page.Answer[model.Patrolled]) page.Figure {
	f := page.Figure{ID: by + "s", Heading: a.T("patrol.by_" + by), Class: map[string]string{"unit": "span-7", "item": "span-12"}[by], Failed: counted.Failed, Open: true, Own: true, Exports: a.Exports("findings", a.Question)}
	t := a.countedTable(f.Heading, a.Label(by), visited)
	rows := slices.DeleteFunc(slices.Clone(counted.Value), func(count model.FindingCount) bool { return a.shownOf(count) == 0 })
	if a.Exporting == "" && len(rows) > countedRows {
		f.About = a.T("patrol.first", "Shown", countedRows, "All", len(rows))
		rows = rows[:countedRows]
	}
	for _, count := range rows {
		name := a.Words(count.Name).Linked(a.list(by, count.Key)).Classed("title")
		name.ID = count.Key
		if by == "unit" {
			name.Note = a.CodeLabel("group", count.Group)
		}
		t.Rows = append(t.Rows, page.Row{Cells: append([]page.Cell{name}, a.countedCells(count)...)})
	}
	f.Table, f.Failed = t, f.Failed || visited.Failed && len(t.Rows) == 0
	return f
}

// shownOf is how many of a count stand that the reader may see.
func (a *request) shownOf(count model.FindingCount) uint64 {
	if a.seesPrivate() {
		return count.Standing()
	}
	return count.Standing() - count.Private
}

// list leads to the list of findings of a kind, unit or item.
func (a *request) list(parameter, value string) string {
	return a.Address.With("page", "").With(parameter, value).String() + "#findings"
}

func (a *request) countedTable(label, first string, visited *page.Answer[model.Patrolled]) *page.Table {
	empty := a.T("patrol.none_counted")
	if never(visited) {
		empty = a.T("patrol.none_never")
	}
	return &page.Table{Label: label, Short: true, Empty: empty, Columns: []page.Column{
		{Key: "name", Label: first, Class: "title"},
		{Key: "standing", Label: a.T("patrol.state.standing"), Class: "num"},
		{Key: "confirmed", Label: a.CodeLabel("finding_state", "confirmed"), Class: "num"},
		{Key: "mended", Label: a.CodeLabel("finding_state", "mended"), Class: "num"},
		{Key: "oldest", Label: a.T("patrol.since"), Class: "fit"},
	}}
}

func (a *request) countedCells(count model.FindingCount) []page.Cell {
	oldest := a.None("patrol.none_standing").Classed("fit")
	if count.Oldest != nil && !count.Oldest.Equal(time.Unix(0, 0)) {
		oldest = a.Day(count.Oldest)
	}
	return []page.Cell{a.Count(int64(a.shownOf(count))), a.Count(int64(count.Confirmed)), a.Count(int64(count.Mended)), oldest}
}
