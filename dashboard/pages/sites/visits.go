package sites

import (
	"cmp"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// siteVisit is one day on which units came to one site.
type siteVisit struct {
	siteID, site, day string
	visitors          []string
	people            int64
}

// visitDays gathers visits by day and site, the latest first. Visits come in the order of day and site.
func visitDays(visits []model.ObservationRow) []*siteVisit {
	var days []*siteVisit
	for _, visit := range visits {
		day := visit.VisitedOn.Format(page.DayLayout)
		if last := len(days) - 1; last < 0 || days[last].day != day || days[last].siteID != visit.UnitID {
			days = append(days, &siteVisit{siteID: visit.UnitID, site: visit.Unit, day: day})
		}
		one := days[len(days)-1]
		one.visitors = append(one.visitors, visit.Visitor)
		one.people += visit.Attendees
	}
	slices.Reverse(days)
	return days
}

// visitsFigure lists the days of observation with who came, the latest first; of a single site without its name.
func (a *request) visitsFigure(visits *page.Answer[[]model.ObservationRow], question model.Question, named bool) page.Figure {
	days := visitDays(visits.Value)
	f := page.Figure{
		ID: "visits", Heading: a.T("sites.visits"), About: a.T("sites.visits_about", "Count", len(days)), Class: "span-12", Open: true,
		Failed: visits.Failed, Exports: a.Exports("observations", question),
	}
	t := &page.Table{Label: f.Heading, Page: 20, Short: true, Empty: a.T("sites.no_visits"), Columns: []page.Column{{Key: "visited_on", Label: a.Label("visited_on"), Class: "fit", Sort: "text"}}}
	if named {
		t.Search, t.Counter = a.T("table.search_units"), a.T("table.visit_days")
		t.Columns = append(t.Columns, page.Column{Key: "site", Label: a.T("sites.site"), Class: "title", Sort: "text"})
	}
	t.Columns = append(t.Columns,
		page.Column{Key: "units", Label: a.T("sites.units"), Class: "num", Sort: "number"}, page.Column{Key: "attendees", Label: a.Label("attendees"), Class: "num", Sort: "number"},
		page.Column{Key: "visitor", Label: a.Label("visitor"), Class: "wide full text"})
	for _, day := range days {
		cells := []page.Cell{a.Words(day.day).Classed("fit")}
		if named {
			cells = append(cells, a.siteCell(day.siteID, day.site))
		}
		t.Rows = append(t.Rows, page.Row{Cells: append(cells, a.Count(int64(len(day.visitors))), a.Count(day.people),
			a.Inner(strings.Join(day.visitors, a.T("list.comma"))).Classed("wide full text"))})
	}
	f.Table = t
	a.First(&f)
	return f
}

// visitorOf is what one unit saw.
type visitorOf struct {
	id, name, tier, last string
	visits, people       int64
	sites                map[string]bool
}

func visitorsOf(visits []model.ObservationRow) []*visitorOf {
	byID := map[string]*visitorOf{}
	var visitors []*visitorOf
	for _, visit := range visits {
		one := byID[visit.VisitorID]
		if one == nil {
			one = &visitorOf{id: visit.VisitorID, name: visit.Visitor, tier: visit.Tier, sites: map[string]bool{}}
			byID[visit.VisitorID] = one
			visitors = append(visitors, one)
		}
		one.visits, one.people, one.last = one.visits+1, one.people+visit.Attendees, visit.VisitedOn.Format(page.DayLayout)
		one.sites[visit.UnitID] = true
	}
	slices.SortFunc(visitors, func(x, y *visitorOf) int {
		return cmp.Or(cmp.Compare(y.visits, x.visits), cmp.Compare(y.people, x.people), cmp.Compare(x.id, y.id))
	})
	return visitors
}

// visitorsFigure lists the units that came to observe, those that came most often first.
func (a *request) visitorsFigure(visits *page.Answer[[]model.ObservationRow]) page.Figure {
	visitors := visitorsOf(visits.Value)
	f := page.Figure{
		ID: "visitors", Heading: a.T("sites.visitors"), About: a.T("sites.visitors_about", "Count", len(visitors)), Class: "span-6", Open: true,
		Failed: visits.Failed, Own: true, Exports: a.Exports("observations", a.Question),
	}
	if a.Options.Society {
		f.About, f.Notice = "", a.T("record.withheld")
		return f
	}
	t := &page.Table{Label: f.Heading, Page: 12, Short: true, Empty: a.T("sites.no_visits"), Columns: []page.Column{
		{Key: "visitor", Label: a.Label("visitor"), Class: "title", Sort: "text"},
		{Key: "tier", Label: a.Label("tier"), Class: "fit", Sort: "text"},
		{Key: "observations", Label: a.Label("observations"), Class: "num", Sort: "number"},
		{Key: "seen", Label: a.T("sites.seen"), Class: "num", Sort: "number"},
		{Key: "attendees", Label: a.Label("attendees"), Class: "num", Sort: "number"},
		{Key: "last_visit", Label: a.T("sites.last_visit"), Class: "fit", Sort: "text"},
	}}
	for _, one := range visitors {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(one.id, one.name), a.Words(a.CodeLabel("tier", one.tier)).Classed("fit"), a.Count(one.visits), a.Count(int64(len(one.sites))),
			a.Count(one.people), a.Words(one.last).Classed("fit"),
		}})
	}
	f.Table = t
	a.First(&f)
	return f
}
