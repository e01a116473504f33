package dashboard

import (
	"context"
	"strings"

	"yangguang/queries"
)

// recordsFigure is a panel that lists records; all of them are in its export.
func (a *ask) recordsFigure(id, heading string, failed bool) figure {
	return figure{ID: id, Heading: heading, Class: "span-12", Open: true, Failed: failed, Own: true, Listed: true, Exports: a.exports("records", a.question)}
}

func recordsTable(label, empty, search, counter string) table {
	return table{Label: label, Page: 40, Empty: empty, Search: search, Counter: counter}
}

// found says how many records there are, and how many of them are listed when that is not all.
func (a *ask) found(all uint64, listed int) string {
	if uint64(listed) < all {
		return a.T("records.found_part", "Count", all, "Shown", listed)
	}
	return a.T("records.found", "Count", all)
}

func (a *ask) unitCell(id, name string) cell {
	c := a.words(name).href(a.address.at(unitPath(id)).String()).class("title")
	c.ID = id
	return c
}

// inner is a text that is not for everyone.
func (a *ask) inner(words string) cell {
	if a.options.Society {
		return a.none("record.withheld")
	}
	return a.words(words)
}

// note says a record's title below what it is about; where it is withheld, that.
func (a *ask) note(c cell, title string, forSociety bool) cell {
	if a.options.Society && !forSociety {
		title = a.T("record.withheld")
	}
	return c.note(title)
}

// proofTo leads to what a source said of a record, and when.
func (a *ask) proofTo(source, recordID, item, period string) cell {
	if recordID == "" && a.options.Society {
		return a.none("record.withheld").class("fit")
	}
	c := a.words(a.T("proof.link")).class("fit").href(a.address.at(proofPath(source, recordID)).String())
	c.ID, c.Source = recordID, source
	c.Title = a.T("proof.link_title", "Item", item, "Period", period)
	return c
}

// foundBy is found for a list with another order than the latest first.
func (a *ask) foundBy(all uint64, listed int, order string) string {
	return a.T("records.found_by", "Count", all, "Shown", listed) + a.T(order)
}

func (a *ask) orNone(words, why string) cell {
	if words == "" {
		return a.none(why)
	}
	return a.words(words)
}

// namesOf are codes joined by | as a reader lists their names.
func (a *ask) namesOf(column, codes string) string {
	return strings.ReplaceAll(a.CodeLabel(column, codes), "|", a.T("list.comma"))
}

func (a *ask) sourceLink(name string) link {
	return link{Text: name, Href: a.address.at(sourcePath(name)).String()}
}

// listedRecords is how many records a page lists; the rest is in the export.
const listedRecords = 500

// limited asks for as many records as a page lists, for its export for all.
func limited[T any](a *ask, records func(context.Context, queries.Question, int) (T, error)) func(context.Context, queries.Question) (T, error) {
	return func(ctx context.Context, question queries.Question) (T, error) {
		return records(ctx, question, a.most(listedRecords))
	}
}

// analysisFilters are the choices of the pages that look into one measure.
func analysisFilters() []string { return []string{"window", "programme", "focus", "group"} }
