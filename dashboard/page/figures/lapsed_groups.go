package figures

import (
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// LapsedGroupsTable lists the units or items (by) that have lapses, with the others that are concerned.
func (a *Ask) LapsedGroupsTable(groups []model.LapsedGroup, by string, f *page.Figure) *page.Table {
	named, others := a.Label("unit"), a.T("lapsed.items")
	if by == "item" {
		named, others = a.Label("item"), a.T("lapsed.units")
	}
	t := &page.Table{Label: f.Heading, Short: true, Empty: a.T("overview.no_lapses"), Columns: []page.Column{
		{Key: by, Label: named, Class: "title"},
		{Key: "lapsed", Label: a.Label("lapsed"), Class: "num"},
		{Key: "essential_lapsed", Label: a.T("figure.essential_lapsed"), Class: "num"},
		{Key: "earliest", Label: a.T("lapsed.earliest"), Class: "fit"},
		{Key: "longest", Label: a.T("lapsed.longest"), Class: "num"},
		{Key: "others", Label: others, Class: "wide full text"},
	}}
	var towns map[string]string
	if by == "unit" {
		var villages []string
		for _, group := range groups {
			if group.Kind == "villages" {
				villages = append(villages, group.ID)
			}
		}
		towns = a.Towns(villages, f)
	}
	for _, group := range groups {
		name := a.UnitCell(group.ID, group.Name).Classed("title").Noted(a.Placed(group.ID, group.Kind, towns))
		if by == "item" {
			name = a.Words(group.Name).Classed("title").Noted(a.CodeLabel("class", group.Kind))
		}
		shown := strings.Join(group.Others, a.T("list.comma"))
		if further := int(group.OtherSum) - len(group.Others); further > 0 {
			shown += a.T("list.further", "Count", further)
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			name, a.Count(int64(group.Lapsed)), a.Count(int64(group.Essential)), a.Day(&group.Earliest), a.Lasting(model.ObligationRow{DelayDays: &group.Longest}),
			a.Words(shown).Classed("wide full text"),
		}})
	}
	return t
}
