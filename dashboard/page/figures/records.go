package figures

import (
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// RecordsFigure is a panel that lists records; all of them are in its export.
func (a *Ask) RecordsFigure(id, heading string, failed bool) page.Figure {
	return page.Figure{ID: id, Heading: heading, Class: "span-12", Open: true, Failed: failed, Own: true, Listed: true, Exports: a.Exports("records", a.Question)}
}

// RecordsTable is an empty table of records.
func RecordsTable(label, empty, search, counter string) page.Table {
	return page.Table{Label: label, Page: 40, Empty: empty, Search: search, Counter: counter}
}

// Found says how many records there are, and how many of them are listed when that is not all.
func (a *Ask) Found(all uint64, listed int) string {
	if uint64(listed) < all {
		return a.T("records.found_part", "Count", all, "Shown", listed)
	}
	return a.T("records.found", "Count", all)
}

// UnitCell is a unit's name, which leads to its page.
func (a *Ask) UnitCell(id, name string) page.Cell {
	c := a.Words(name).Linked(a.Address.At(page.UnitPath(id)).String()).Classed("title")
	c.ID = id
	return c
}

// Inner is a text that is not for everyone.
func (a *Ask) Inner(words string) page.Cell {
	if a.Options.Society {
		return a.None("record.withheld")
	}
	return a.Words(words)
}

// Note says a record's title below what it is about; where it is withheld, that.
func (a *Ask) Note(c page.Cell, title string, forSociety bool) page.Cell {
	if a.Options.Society && !forSociety {
		title = a.T("record.withheld")
	}
	return c.Noted(title)
}

// ProofTo leads to what a source said of a record, and when.
func (a *Ask) ProofTo(source, recordID, item, period string) page.Cell {
	if recordID == "" && a.Options.Society {
		return a.None("record.withheld").Classed("fit")
	}
	c := a.Words(a.T("proof.link")).Classed("fit").Linked(a.Address.At(page.ProofPath(source, recordID)).String())
	c.ID, c.Source = recordID, source
	c.Title = a.T("proof.link_title", "Item", item, "Period", period)
	return c
}

// FoundBy is found for a list with another order than the latest first.
func (a *Ask) FoundBy(all uint64, listed int, order string) string {
	return a.T("records.found_by", "Count", all, "Shown", listed) + a.T(order)
}

// OrNone is a text, or why there is none.
func (a *Ask) OrNone(words, why string) page.Cell {
	if words == "" {
		return a.None(why)
	}
	return a.Words(words)
}

// Period is the period that an obligation is for, said to be of a nil return where it is one, or why it has none.
func (a *Ask) Period(cadence, period string) page.Cell {
	c := a.OrNone(period, "none.no_period").Classed("fit")
	if model.IsNilReturn(cadence, period) {
		c = c.Noted(a.T("period.nil_return"))
	}
	return c
}

// NamesOf are codes joined by | as a reader lists their names.
func (a *Ask) NamesOf(column, codes string) string {
	return strings.ReplaceAll(a.CodeLabel(column, codes), "|", a.T("list.comma"))
}

// SourceLink leads to the page of a source.
func (a *Ask) SourceLink(name string) page.Link {
	return page.Link{Text: name, Href: a.Address.At(page.SourcePath(name)).String()}
}

// listedRecords is how many records a page lists; the rest is in the export.
const listedRecords = 250

// Listed is how many records a page asks for: as many as it lists, for its export all.
func (a *Ask) Listed() int { return a.Most(listedRecords) }

// AnalysisFilters are the choices of the pages that look into one measure.
func AnalysisFilters() []string { return []string{"window", "programme", "focus", "group"} }
