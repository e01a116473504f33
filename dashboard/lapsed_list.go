package dashboard

import (
	"slices"
	"strings"

	"yangguang/queries"
)

const (
	lapsedPage  = 50  // rows of a page of the list
	lapsedApart = 100 // unverified obligations listed
	lapsedNamed = 6   // items or units that a row of a grouped list names
)

// lapsesFigure lists the lapses, oldest first, or how many each unit or item has.
func (a *ask) lapsesFigure(lapses *answer[[]queries.ObligationRow], by string) (figure, error) {
	f := figure{
		ID: "lapses", Heading: a.T("lapsed.list"), About: a.T("lapsed.list_about", "Count", len(lapses.value)), Class: "span-12", Open: true,
		Failed: lapses.failed, Exports: a.exports("lapsed", a.question),
	}
	for _, way := range []string{"", "unit", "item"} {
		f.Choices = append(f.Choices, link{
			Text: a.T("lapsed.by" + way), Href: a.address.with("by", way).with("page", "").String() + "#lapses", Current: by == way,
		})
	}
	var err error
	if by == "" {
		var rows []queries.ObligationRow
		rows, f.Pages, err = paged(a, lapses.value, lapsedPage, f.ID)
		f.Table = a.lapsesTable(rows, f.Heading)
		return f, err
	}
	key := func(lapse queries.ObligationRow) string { return lapse.UnitID }
	if by == "item" {
		key = func(lapse queries.ObligationRow) string { return lapse.ItemID }
	}
	var groups [][]queries.ObligationRow
	groups, f.Pages, err = paged(a, lapsedGroups(lapses.value, key), lapsedPage, f.ID)
	f.Table = a.lapsedGroupsTable(groups, by, f.Heading)
	return f, err
}

func (a *ask) lapsesTable(lapses []queries.ObligationRow, label string) *table {
	t := &table{Label: label, Short: true, Empty: a.T("overview.no_lapses"), Columns: []column{
		{Label: a.Label("unit"), Class: "title"},
		{Label: a.Label("item"), Class: "wide full text"},
		{Label: a.Label("period"), Class: "fit"},
		{Label: a.T("overview.since"), Class: "fit"},
		{Label: a.T("overview.lasting"), Class: "num"},
		{Label: a.T("unit.why"), Class: "wide full text"},
	}}
	for _, lapse := range lapses {
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.words(lapse.Unit).href(a.address.at(unitPath(lapse.UnitID)).String()).class("title").note(a.CodeLabel("group", lapse.Group)),
			a.words(lapse.Item).class("wide full text").note(a.CodeLabel("class", lapse.Class)),
			a.orNone(lapse.Period, "none.no_period").class("fit"), a.dueDay(lapse), a.lasting(lapse),
			a.words(a.lapsedWhy(lapse)).class("wide full text"),
		}})
	}
	return t
}

// lapsedWhy tells since when a lapse lasts and that it was looked for afterwards: without that nobody is accused (SPEC §4).
func (a *ask) lapsedWhy(lapse queries.ObligationRow) string {
	switch {
	case lapse.LookedOn == nil:
		return a.T("why.lapsed_plain")
	case lapse.LapsedAfterOn != nil && lapse.DueOn != nil && lapse.LapsedAfterOn.After(*lapse.DueOn):
		return a.T("lapsed.why_withdrawn", "Withdrawn", lapse.LapsedAfterOn.Format(dayLayout), "Looked", lapse.LookedOn.Format(dayLayout))
	default:
		return a.T("lapsed.why", "Looked", lapse.LookedOn.Format(dayLayout))
	}
}

func (a *ask) lapsedGroupsTable(groups [][]queries.ObligationRow, by, label string) *table {
	named, others := a.Label("unit"), a.T("lapsed.items")
	if by == "item" {
		named, others = a.Label("item"), a.T("lapsed.units")
	}
	t := &table{Label: label, Short: true, Empty: a.T("overview.no_lapses"), Columns: []column{
		{Label: named, Class: "title"},
		{Label: a.Label("lapsed"), Class: "num"},
		{Label: a.T("figure.essential_lapsed"), Class: "num"},
		{Label: a.T("lapsed.earliest"), Class: "fit"},
		{Label: a.T("lapsed.longest"), Class: "num"},
		{Label: others, Class: "wide full text"},
	}}
	for _, group := range groups {
		oldest := group[0]
		name := a.words(oldest.Unit).href(a.address.at(unitPath(oldest.UnitID)).String()).class("title").note(a.CodeLabel("group", oldest.Group))
		if by == "item" {
			name = a.words(oldest.Item).class("title").note(a.CodeLabel("class", oldest.Class))
		}
		t.Rows = append(t.Rows, row{Cells: []cell{
			name, a.count(int64(len(group))), a.count(essentials(group)), a.day(oldest.LapsedAfterOn), a.lasting(oldest),
			a.words(a.lapsedOf(group, by)).class("wide full text"),
		}})
	}
	return t
}

// lapsedOf names what a unit lacks, with the periods, or the units that lack an item.
func (a *ask) lapsedOf(lapses []queries.ObligationRow, by string) string {
	var names []string
	for _, lapse := range lapses {
		name := strings.TrimSpace(lapse.Item + " " + lapse.Period)
		if by == "item" {
			name = lapse.Unit
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	shown := strings.Join(names[:min(lapsedNamed, len(names))], a.T("list.comma"))
	if len(names) > lapsedNamed {
		shown += a.T("list.further", "Count", len(names)-lapsedNamed)
	}
	return shown
}

// unverifiedFigure lists apart what nobody could look for.
func (a *ask) unverifiedFigure(unverified *answer[[]queries.UnverifiedRow]) figure {
	f := figure{
		ID: "unverified", Heading: a.CodeLabel("state", "unverified"), Class: "span-12", Open: true, Failed: unverified.failed,
		About:   a.T("lapsed.unverified_about", "Count", foundUnverified(unverified.value), "Shown", len(unverified.value)),
		Exports: a.exports("obligations", a.question),
	}
	t := &table{Label: f.Heading, Page: 25, Short: true, Empty: a.T("lapsed.no_unverified"), Columns: []column{
		{Label: a.Label("unit"), Class: "title"},
		{Label: a.Label("item"), Class: "wide full text"},
		{Label: a.Label("period"), Class: "fit"},
		{Label: a.Label("due_on"), Class: "fit"},
		{Label: a.Label("state"), Class: "fit"},
		{Label: a.T("unit.why"), Class: "wide full text"},
	}}
	for _, o := range unverified.value {
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.words(o.Unit).href(a.address.at(unitPath(o.UnitID)).String()).class("title"),
			a.words(o.Item).class("wide full text").note(a.CodeLabel("class", o.Class)),
			a.orNone(o.Period, "none.no_period").class("fit"), a.day(o.DueOn), a.state("unverified", nil),
			a.words(a.unverifiedWhy(o)).class("wide full text"),
		}})
	}
	f.Table = t
	return f
}

// unverifiedWhy names those of the covering sources that fail now.
func (a *ask) unverifiedWhy(o queries.UnverifiedRow) string {
	covering := covering{&answer[[]queries.CoverageRow]{}, a.sources.value}
	for _, source := range o.Sources {
		covering.coverage.value = append(covering.coverage.value, queries.CoverageRow{Source: source, Items: []string{o.ItemID}})
	}
	return reasons{ask: a, covering: covering}.unverified(queries.ObligationRow{ItemID: o.ItemID, LookedOn: o.LookedOn})
}
