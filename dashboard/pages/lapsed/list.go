package lapsed

import (
	"context"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

const (
	pageRows         = 50  // rows of a page of the list
	unverifiedListed = 100 // unverified obligations listed
	mostNamed        = 6   // items or units that a row of a grouped list names
)

// listing is a page of the list: lapses, or groups of them.
type listing struct {
	number int
	all    int // rows of all pages
	rows   []model.ObligationRow
	groups []model.LapsedGroup
}

// listedLapses asks for the page of the list that the address names.
func (a *request) listedLapses(by string) (func(context.Context, model.Question) (listing, error), error) {
	number, err := page.PageAsked(a.Address.Get("page"))
	if err != nil {
		return nil, err
	}
	offset := (number - 1) * pageRows
	return func(ctx context.Context, question model.Question) (listing, error) {
		listed := listing{number: number}
		switch {
		case a.Large && by == "":
			told, err := a.Lapses(ctx, question)
			if err != nil {
				return listed, err
			}
			listed.all = int(told.All().Lapsed)
			listed.rows, err = ask.Run(ctx, a.Store, ask.LapsedPart(pageRows, offset), question)
			return listed, err
		case a.Large:
			groups, err := ask.Run(ctx, a.Store, ask.LapsedGroups(by, mostNamed, pageRows, offset), question)
			if listed.groups = groups; len(groups) > 0 {
				listed.all = int(groups[0].Found)
			}
			return listed, err
		}
		lapses, err := ask.Run(ctx, a.Store, ask.Lapsed, question)
		lapses = a.chosenLapses(lapses)
		if by == "" {
			listed.all = len(lapses)
			listed.rows = lapses[min(offset, listed.all):min(offset+pageRows, listed.all)]
			return listed, err
		}
		groups := groupsOf(lapses, by)
		listed.all = len(groups)
		listed.groups = groups[min(offset, listed.all):min(offset+pageRows, listed.all)]
		return listed, err
	}, nil
}

// chosenLapses are the lapses of the age and the item that the address names: those that a bar of a chart counts. Of very many units the database
// lists a page at a time, and all of them.
func (a *request) chosenLapses(lapses []model.ObligationRow) []model.ObligationRow {
	band, item := a.Address.Get("age"), a.Address.Get("item")
	if band == "" && item == "" {
		return lapses
	}
	return slices.DeleteFunc(slices.Clone(lapses), func(lapse model.ObligationRow) bool {
		return band != "" && (lapse.DelayDays == nil || figures.AgeBand(*lapse.DelayDays) != band) || item != "" && lapse.ItemID != item
	})
}

// lapsesFigure lists the lapses, oldest first, or how many each unit or item has.
func (a *request) lapsesFigure(told *page.Answer[figures.Lapses], listed *page.Answer[listing], by string) (page.Figure, error) {
	f := page.Figure{
		ID: "lapses", Heading: a.T("lapsed.list"), About: a.T("lapsed.list_about", "Count", told.Value.All().Lapsed), Class: "span-12", Open: true,
		Failed: listed.Failed, Exports: a.Exports("lapsed", a.Question),
	}
	for _, way := range []string{"", "unit", "item"} {
		f.Choices = append(f.Choices, page.Link{
			Text: a.T("lapsed.by" + way), Href: a.Address.With("by", way).With("page", "").String() + "#lapses", Current: by == way,
		})
	}
	found := listed.Value
	if band := a.Address.Get("age"); band != "" && !a.Large {
		f.Choices = append(f.Choices, page.Link{Text: a.T("lapsed.age."+band) + " ✕", Href: a.Address.With("age", "").With("page", "").String() + "#lapses", Current: true})
	}
	if item := a.Address.Get("item"); item != "" && !a.Large {
		for _, lapse := range found.rows {
			item = lapse.Item
		}
		f.Choices = append(f.Choices, page.Link{Text: item + " ✕", Href: a.Address.With("item", "").With("page", "").String() + "#lapses", Current: true})
	}
	if !listed.Failed && found.number > 1 && len(found.rows)+len(found.groups) == 0 {
		return f, &page.NotFoundError{Message: a.T("problem.no_page_number", "Page", found.number)}
	}
	f.Pages = a.Pages(found.number, (found.all+pageRows-1)/pageRows, f.ID)
	if by == "" {
		f.Table = a.lapsesTable(found.rows, &f)
	} else {
		f.Table = a.LapsedGroupsTable(found.groups, by, &f)
	}
	return f, nil
}

func (a *request) lapsesTable(lapses []model.ObligationRow, f *page.Figure) *page.Table {
	t := &page.Table{Label: f.Heading, Short: true, Empty: a.T("overview.no_lapses"), Columns: []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title"},
		{Key: "item", Label: a.Label("item"), Class: "wide full text"},
		{Key: "period", Label: a.Label("period"), Class: "fit"},
		{Key: "since", Label: a.T("overview.since"), Class: "fit"},
		{Key: "lasting", Label: a.T("overview.lasting"), Class: "num"},
		{Key: "why", Label: a.T("unit.why"), Class: "wide full text"},
	}}
	towns := a.Towns(figures.VillagesIn(lapses), f)
	for _, lapse := range lapses {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(lapse.UnitID, lapse.Unit).Classed("title").Noted(a.Placed(lapse.UnitID, lapse.Group, towns)),
			a.Words(lapse.Item).Classed("wide full text").Noted(a.CodeLabel("class", lapse.Class)),
			a.Period(lapse.Cadence, lapse.Period), a.DueDay(lapse), a.Lasting(lapse),
			a.Words(a.why(lapse)).Classed("wide full text"),
		}})
	}
	return t
}

// why says since when a lapse lasts and that it was looked for afterwards: without that nobody is accused (SPEC §4).
func (a *request) why(lapse model.ObligationRow) string {
	switch {
	case lapse.LookedOn == nil:
		return a.T("why.lapsed_plain")
	case lapse.LapsedAfterOn != nil && lapse.DueOn != nil && lapse.LapsedAfterOn.After(*lapse.DueOn):
		return a.T("lapsed.why_withdrawn", "Withdrawn", lapse.LapsedAfterOn.Format(page.DayLayout), "Looked", lapse.LookedOn.Format(page.DayLayout))
	default:
		return a.T("lapsed.why", "Looked", lapse.LookedOn.Format(page.DayLayout))
	}
}

// groupsOf gathers lapses that come oldest first as LapsedGroups does.
func groupsOf(lapses []model.ObligationRow, by string) []model.LapsedGroup {
	var groups []model.LapsedGroup
	place, named := map[string]int{}, map[[2]string]bool{}
	for _, lapse := range lapses {
		group := model.LapsedGroup{ID: lapse.UnitID, Name: lapse.Unit, Kind: lapse.Group}
		other := strings.TrimSpace(lapse.Item + " " + lapse.Period)
		if by == "item" {
			group, other = model.LapsedGroup{ID: lapse.ItemID, Name: lapse.Item, Kind: lapse.Class}, lapse.Unit
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
			if into.OtherSum++; len(into.Others) < mostNamed {
				into.Others = append(into.Others, other)
			}
		}
	}
	slices.SortStableFunc(groups, func(x, y model.LapsedGroup) int { return int(y.Lapsed) - int(x.Lapsed) })
	return groups
}

// unverifiedFigure lists apart what nobody could look for.
func (a *request) unverifiedFigure(unverified *page.Answer[[]model.UnverifiedRow]) page.Figure {
	f := page.Figure{
		ID: "unverified", Heading: a.CodeLabel("state", "unverified"), Class: "span-12", Open: true, Failed: unverified.Failed,
		About: a.T("lapsed.unverified_about", "Count", foundUnverified(unverified.Value), "Shown", len(unverified.Value)),
		Own:   true, Listed: true, Exports: a.Exports("obligations", a.Question),
	}
	t := &page.Table{Label: f.Heading, Page: 25, Short: true, Empty: a.T("lapsed.no_unverified"), Columns: []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title"},
		{Key: "item", Label: a.Label("item"), Class: "wide full text"},
		{Key: "period", Label: a.Label("period"), Class: "fit"},
		{Key: "due_on", Label: a.Label("due_on"), Class: "fit"},
		{Key: "state", Label: a.Label("state"), Class: "fit"},
		{Key: "why", Label: a.T("unit.why"), Class: "wide full text"},
	}}
	for _, o := range unverified.Value {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(o.UnitID, o.Unit).Classed("title"),
			a.Words(o.Item).Classed("wide full text").Noted(a.CodeLabel("class", o.Class)),
			a.Period(o.Cadence, o.Period), a.Day(o.DueOn), a.State("unverified", nil),
			a.Words(a.unverifiedWhy(o)).Classed("wide full text"),
		}})
	}
	f.Table = t
	if a.Sources.Failed && len(t.Rows) > 0 {
		f.Lacks = a.T("lacks.reasons")
	}
	return f
}

// unverifiedWhy names those of the covering sources that fail now.
func (a *request) unverifiedWhy(o model.UnverifiedRow) string {
	covering := page.Covering{Coverage: &page.Answer[[]model.CoverageRow]{}, Sources: a.Sources}
	for _, source := range o.Sources {
		covering.Coverage.Value = append(covering.Coverage.Value, model.CoverageRow{Source: source, Items: []string{o.ItemID}})
	}
	return a.Unverified(covering, model.ObligationRow{ItemID: o.ItemID, LookedOn: o.LookedOn})
}
