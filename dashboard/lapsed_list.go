package dashboard

import (
	"context"
	"slices"
	"strings"

	"yangguang/queries"
)

const (
	lapsedPage  = 50  // rows of a page of the list
	lapsedApart = 100 // unverified obligations listed
	lapsedNamed = 6   // items or units that a row of a grouped list names
)

// lapsedListed is a page of the list: lapses, or groups of them.
type lapsedListed struct {
	number int
	all    int // rows of all pages
	rows   []queries.ObligationRow
	groups []queries.LapsedGroup
}

// listedLapses asks for the page of the list that the address names.
func (a *ask) listedLapses(by string) (func(context.Context, queries.Question) (lapsedListed, error), error) {
	number, err := pageAsked(a.address.get("page"))
	if err != nil {
		return nil, err
	}
	offset := (number - 1) * lapsedPage
	return func(ctx context.Context, question queries.Question) (lapsedListed, error) {
		listed := lapsedListed{number: number}
		switch {
		case a.large && by == "":
			told, err := a.tellLapses(ctx, question)
			if err != nil {
				return listed, err
			}
			listed.all = int(told.all().Lapsed)
			listed.rows, err = a.store.LapsedPart(ctx, question, lapsedPage, offset)
			return listed, err
		case a.large:
			groups, err := a.store.LapsedGroups(ctx, question, by, lapsedNamed, lapsedPage, offset)
			if listed.groups = groups; len(groups) > 0 {
				listed.all = int(groups[0].Found)
			}
			return listed, err
		}
		lapses, err := a.store.Lapsed(ctx, question)
		lapses = a.chosenLapses(lapses)
		if by == "" {
			listed.all = len(lapses)
			listed.rows = lapses[min(offset, listed.all):min(offset+lapsedPage, listed.all)]
			return listed, err
		}
		groups := lapsedGroups(lapses, by)
		listed.all = len(groups)
		listed.groups = groups[min(offset, listed.all):min(offset+lapsedPage, listed.all)]
		return listed, err
	}, nil
}

// chosenLapses are the lapses of the age and the item that the address names: those that a bar of a chart counts. Of very many units the database
// lists a page at a time, and all of them.
func (a *ask) chosenLapses(lapses []queries.ObligationRow) []queries.ObligationRow {
	band, item := a.address.get("age"), a.address.get("item")
	if band == "" && item == "" {
		return lapses
	}
	return slices.DeleteFunc(slices.Clone(lapses), func(lapse queries.ObligationRow) bool {
		return band != "" && (lapse.DelayDays == nil || ageBand(*lapse.DelayDays) != band) || item != "" && lapse.ItemID != item
	})
}

// lapsesFigure lists the lapses, oldest first, or how many each unit or item has.
func (a *ask) lapsesFigure(told *answer[lapsedTold], listed *answer[lapsedListed], by string) (figure, error) {
	f := figure{
		ID: "lapses", Heading: a.T("lapsed.list"), About: a.T("lapsed.list_about", "Count", told.value.all().Lapsed), Class: "span-12", Open: true,
		Failed: listed.failed, Exports: a.exports("lapsed", a.question),
	}
	for _, way := range []string{"", "unit", "item"} {
		f.Choices = append(f.Choices, link{
			Text: a.T("lapsed.by" + way), Href: a.address.with("by", way).with("page", "").String() + "#lapses", Current: by == way,
		})
	}
	page := listed.value
	if band := a.address.get("age"); band != "" && !a.large {
		f.Choices = append(f.Choices, link{Text: a.T("lapsed.age."+band) + " ✕", Href: a.address.with("age", "").with("page", "").String() + "#lapses", Current: true})
	}
	if item := a.address.get("item"); item != "" && !a.large {
		for _, lapse := range page.rows {
			item = lapse.Item
		}
		f.Choices = append(f.Choices, link{Text: item + " ✕", Href: a.address.with("item", "").with("page", "").String() + "#lapses", Current: true})
	}
	if !listed.failed && page.number > 1 && len(page.rows)+len(page.groups) == 0 {
		return f, &errNotFound{a.T("problem.no_page_number", "Page", page.number)}
	}
	f.Pages = a.pages(page.number, (page.all+lapsedPage-1)/lapsedPage, f.ID)
	if by == "" {
		f.Table = a.lapsesTable(page.rows, &f)
	} else {
		f.Table = a.lapsedGroupsTable(page.groups, by, &f)
	}
	return f, nil
}

func (a *ask) lapsesTable(lapses []queries.ObligationRow, f *figure) *table {
	t := &table{Label: f.Heading, Short: true, Empty: a.T("overview.no_lapses"), Columns: []column{
		{Key: "unit", Label: a.Label("unit"), Class: "title"},
		{Key: "item", Label: a.Label("item"), Class: "wide full text"},
		{Key: "period", Label: a.Label("period"), Class: "fit"},
		{Key: "since", Label: a.T("overview.since"), Class: "fit"},
		{Key: "lasting", Label: a.T("overview.lasting"), Class: "num"},
		{Key: "why", Label: a.T("unit.why"), Class: "wide full text"},
	}}
	towns := a.towns(villagesIn(lapses), f)
	for _, lapse := range lapses {
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.unitCell(lapse.UnitID, lapse.Unit).class("title").note(a.placed(lapse.UnitID, lapse.Group, towns)),
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

func (a *ask) lapsedGroupsTable(groups []queries.LapsedGroup, by string, f *figure) *table {
	named, others := a.Label("unit"), a.T("lapsed.items")
	if by == "item" {
		named, others = a.Label("item"), a.T("lapsed.units")
	}
	t := &table{Label: f.Heading, Short: true, Empty: a.T("overview.no_lapses"), Columns: []column{
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
		towns = a.towns(villages, f)
	}
	for _, group := range groups {
		name := a.unitCell(group.ID, group.Name).class("title").note(a.placed(group.ID, group.Kind, towns))
		if by == "item" {
			name = a.words(group.Name).class("title").note(a.CodeLabel("class", group.Kind))
		}
		shown := strings.Join(group.Others, a.T("list.comma"))
		if further := int(group.OtherSum) - len(group.Others); further > 0 {
			shown += a.T("list.further", "Count", further)
		}
		t.Rows = append(t.Rows, row{Cells: []cell{
			name, a.count(int64(group.Lapsed)), a.count(int64(group.Essential)), a.day(&group.Earliest), a.lasting(queries.ObligationRow{DelayDays: &group.Longest}),
			a.words(shown).class("wide full text"),
		}})
	}
	return t
}

// lapsedGroups gathers lapses that come oldest first as LapsedGroups does.
func lapsedGroups(lapses []queries.ObligationRow, by string) []queries.LapsedGroup {
	var groups []queries.LapsedGroup
	place, named := map[string]int{}, map[[2]string]bool{}
	for _, lapse := range lapses {
		group := queries.LapsedGroup{ID: lapse.UnitID, Name: lapse.Unit, Kind: lapse.Group}
		other := strings.TrimSpace(lapse.Item + " " + lapse.Period)
		if by == "item" {
			group, other = queries.LapsedGroup{ID: lapse.ItemID, Name: lapse.Item, Kind: lapse.Class}, lapse.Unit
		}
		at, known := place[group.ID]
		if !known {
			at = len(groups)
			place[group.ID] = at
			if lapse.LapsedAfterOn != nil && lapse.DelayDays != nil {
				group.Earliest, group.Longest = *lapse.LapsedAfterOn, *lapse.DelayDays
			}
			groups = append(groups, group)
		}
		into := &groups[at]
		into.Lapsed++
		if lapse.Class == "essential" {
			into.Essential++
		}
		if key := [2]string{into.ID, other}; !named[key] {
			named[key] = true
			if into.OtherSum++; len(into.Others) < lapsedNamed {
				into.Others = append(into.Others, other)
			}
		}
	}
	slices.SortStableFunc(groups, func(x, y queries.LapsedGroup) int { return int(y.Lapsed) - int(x.Lapsed) })
	return groups
}

// unverifiedFigure lists apart what nobody could look for.
func (a *ask) unverifiedFigure(unverified *answer[[]queries.UnverifiedRow]) figure {
	f := figure{
		ID: "unverified", Heading: a.CodeLabel("state", "unverified"), Class: "span-12", Open: true, Failed: unverified.failed,
		About: a.T("lapsed.unverified_about", "Count", foundUnverified(unverified.value), "Shown", len(unverified.value)),
		Own:   true, Listed: true, Exports: a.exports("obligations", a.question),
	}
	t := &table{Label: f.Heading, Page: 25, Short: true, Empty: a.T("lapsed.no_unverified"), Columns: []column{
		{Key: "unit", Label: a.Label("unit"), Class: "title"},
		{Key: "item", Label: a.Label("item"), Class: "wide full text"},
		{Key: "period", Label: a.Label("period"), Class: "fit"},
		{Key: "due_on", Label: a.Label("due_on"), Class: "fit"},
		{Key: "state", Label: a.Label("state"), Class: "fit"},
		{Key: "why", Label: a.T("unit.why"), Class: "wide full text"},
	}}
	for _, o := range unverified.value {
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.unitCell(o.UnitID, o.Unit).class("title"),
			a.words(o.Item).class("wide full text").note(a.CodeLabel("class", o.Class)),
			a.orNone(o.Period, "none.no_period").class("fit"), a.day(o.DueOn), a.state("unverified", nil),
			a.words(a.unverifiedWhy(o)).class("wide full text"),
		}})
	}
	f.Table = t
	if a.sources.failed && len(t.Rows) > 0 {
		f.Lacks = a.T("lacks.reasons")
	}
	return f
}

// unverifiedWhy names those of the covering sources that fail now.
func (a *ask) unverifiedWhy(o queries.UnverifiedRow) string {
	covering := covering{&answer[[]queries.CoverageRow]{}, a.sources}
	for _, source := range o.Sources {
		covering.coverage.value = append(covering.coverage.value, queries.CoverageRow{Source: source, Items: []string{o.ItemID}})
	}
	return reasons{ask: a, covering: covering}.unverified(queries.ObligationRow{ItemID: o.ItemID, LookedOn: o.LookedOn})
}
