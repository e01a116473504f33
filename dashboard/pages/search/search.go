// Package search finds units, items and records from one box that every page has.
package search

import (
	"context"
	"embed"
	"strings"
	"unicode/utf8"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{
		Files:  files,
		Pages:  []page.Page{{Name: "search", Pattern: page.SearchPath, Build: build, Parameters: []string{page.SearchParameter}}},
		Routes: []page.Route{{Pattern: "GET " + page.SuggestPath, Answer: suggest}},
	}
}

const (
	listed    = 50  // of each kind at most
	mostRunes = 100 // of what is sought
)

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what search.html shows.
type view struct {
	Sentence, About       string
	Search                page.SearchBox
	Empty                 bool // nothing is sought
	Units, Items, Records page.Figure
}

// sought reads what an address seeks.
func sought(a page.Address) (string, error) {
	words := strings.TrimSpace(a.Get(page.SearchParameter))
	if utf8.RuneCountInString(words) > mostRunes {
		return "", &model.UserError{Parameter: page.SearchParameter, Value: words[:30] + "…", Expected: "at most 100 characters"}
	}
	return words, nil
}

// build lists what is found of each kind, the nearest units and items and the latest records first.
func build(_ context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	words, err := sought(a.Address)
	if err != nil {
		return page.Content{}, err
	}
	body := view{Sentence: a.T("search.ask"), About: a.T("search.about"), Search: a.SearchBox("search-box"), Empty: words == ""}
	content := page.Content{Title: a.T("search.title"), Nav: "search"}
	if body.Empty {
		content.Body = body
		return content, nil
	}
	question := a.Question
	units := page.Ask(a.Request, question, ask.FindUnits(words, listed))
	items := page.Ask(a.Request, question, ask.FindItems(words, listed))
	records := figures.AskRecords(a.Ask, question, ask.FindRecords(words, listed))
	areas := a.LoadAreas()
	a.Panels.Wait()
	body.Units, body.Items, body.Records = a.unitsFigure(units), a.itemsFigure(items), a.recordsFigure(records)
	a.Narrow(areas, &body.Records)
	body.Sentence = a.sentence(words, units, items, records)
	content.Body = body
	return content, nil
}

// sentence says how much is found of each kind that has an answer.
func (a *request) sentence(words string, units *page.Answer[[]model.FoundUnit], items *page.Answer[[]model.FoundItem], records *page.Answer[[]model.FoundRecord]) string {
	var parts []string
	if !units.Failed {
		parts = append(parts, a.T("search.units_found", "Count", unitsFound(units.Value)))
	}
	if !items.Failed {
		parts = append(parts, a.T("search.items_found", "Count", itemsFound(items.Value)))
	}
	switch found := len(records.Value); {
	case records.Failed:
	case found > listed:
		parts = append(parts, a.T("search.records_more", "Count", listed))
	default:
		parts = append(parts, a.T("search.records_found", "Count", found))
	}
	if len(parts) == 0 {
		return a.T("overview.unknown")
	}
	return a.T("search.sentence", "Words", words, "Found", strings.Join(parts, a.T("list.comma")))
}

func unitsFound(units []model.FoundUnit) uint64 {
	if len(units) == 0 {
		return 0
	}
	return units[0].Found
}

func itemsFound(items []model.FoundItem) uint64 {
	if len(items) == 0 {
		return 0
	}
	return items[0].Found
}

func (a *request) unitsFigure(units *page.Answer[[]model.FoundUnit]) page.Figure {
	f := page.Figure{ID: "units", Heading: a.T("search.units"), Class: "span-12", Open: true, Failed: units.Failed}
	f.About = a.part(unitsFound(units.Value), len(units.Value))
	f.Table = &page.Table{Label: f.Heading, Short: true, Empty: a.T("search.no_units"), Columns: []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title stick"},
		{Key: "tier", Label: a.Label("tier"), Class: "fit"},
		{Key: "parent", Label: a.Label("parent"), Class: "text"},
		{Key: "unit_id", Label: a.Label("unit_id"), Class: "fit"},
	}}
	for _, unit := range units.Value {
		f.Table.Rows = append(f.Table.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(unit.UnitID, unit.Unit).Classed("title stick"), a.Words(a.CodeLabel("tier", unit.Tier)).Classed("fit"),
			a.OrNone(unit.Parent, "search.no_parent").Classed("text"), a.Words(unit.UnitID).Classed("fit"),
		}})
	}
	return f
}

func (a *request) itemsFigure(items *page.Answer[[]model.FoundItem]) page.Figure {
	f := page.Figure{ID: "items", Heading: a.T("search.items"), Class: "span-12", Open: true, Failed: items.Failed}
	f.About = a.T("search.items_about")
	if part := a.part(itemsFound(items.Value), len(items.Value)); part != "" {
		f.About += a.T("list.semicolon") + part
	}
	f.Table = &page.Table{Label: f.Heading, Short: true, Empty: a.T("search.no_items"), Columns: []page.Column{
		{Key: "item", Label: a.Label("item"), Class: "title stick"},
		{Key: "class", Label: a.Label("class"), Class: "fit"},
		{Key: "cadence", Label: a.Label("cadence"), Class: "fit"},
		{Key: "item_id", Label: a.Label("item_id"), Class: "fit"},
		{Key: "lapsed", Label: a.CodeLabel("state", "lapsed"), Class: "fit"},
	}}
	for _, item := range items.Value {
		f.Table.Rows = append(f.Table.Rows, page.Row{Cells: []page.Cell{
			a.Words(item.Item).Classed("title stick").Linked(a.itemHref(item.Item)), a.Words(a.CodeLabel("class", item.Class)).Classed("fit"),
			a.Words(a.CodeLabel("cadence", item.Cadence)).Classed("fit"), a.Words(item.ItemID).Classed("fit"),
			a.Words(a.T("search.lapses")).Classed("fit").Linked(a.Address.At("/lapsed").With("item", item.ItemID).String() + "#lapses"),
		}})
	}
	return f
}

// itemHref leads to the item's line among all items: how many units owe it, coverage, timeliness, and from there to its lapses.
func (a *request) itemHref(name string) string {
	return a.Address.At("/").Sought("items", name)
}

// part says of how many the list is the beginning.
func (a *request) part(found uint64, shown int) string {
	if found <= uint64(shown) {
		return ""
	}
	return a.T("search.part", "Shown", shown, "All", page.Grouped(int64(found)))
}

func (a *request) recordsFigure(records *page.Answer[[]model.FoundRecord]) page.Figure {
	f := page.Figure{ID: "records", Heading: a.T("search.records"), About: a.T("search.records_about"), Class: "span-12", Open: true, Failed: records.Failed}
	if name := a.Within.Value; name != "" {
		f.About += a.T("search.within", "Unit", name)
	}
	f.Table = &page.Table{Label: f.Heading, Short: true, Empty: a.T("search.no_records"), Columns: []page.Column{
		{Key: "title", Label: a.Label("title"), Class: "title wide"},
		{Key: "unit", Label: a.Label("unit"), Class: "text"},
		{Key: "item", Label: a.Label("item"), Class: "text"},
		{Key: "period", Label: a.Label("period"), Class: "fit"},
		{Key: "published_on", Label: a.Label("published_on"), Class: "fit"},
		{Key: "source", Label: a.Label("source"), Class: "text minor"},
	}}
	for _, record := range records.Value[:min(listed, len(records.Value))] {
		title := a.Words(record.Title).Classed("title wide").Linked(a.Address.At(page.ProofPath(record.Source, record.RecordID)).String())
		f.Table.Rows = append(f.Table.Rows, page.Row{Cells: []page.Cell{
			title, a.UnitCell(record.UnitID, record.Unit).Classed("text"), a.Words(record.Item), a.OrNone(record.Period, "none.no_period").Classed("fit"),
			a.Day(record.PublishedOn), a.Words(record.Source).Classed("text minor"),
		}})
	}
	return f
}
