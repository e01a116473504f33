package sites

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/queries/model"
)

// mostDrawn is how many sites the charts draw; the table and the export have all.
const mostDrawn = 30

// figure lists the sites as the report does, with the change since the inspection before the last.
func (a *request) figure(all *page.Answer[[]model.SiteRow], inspections *page.Answer[[]model.InspectionRow]) (page.Figure, error) {
	f := page.Figure{
		ID: "sites", Heading: a.T("sites.list"), About: a.T("sites.list_about"), Class: "span-12", Open: true,
		Failed: all.Failed, Exports: a.Exports("sites", a.Question),
	}
	t := &page.Table{
		Label: f.Heading, Search: a.T("table.search_units"), Counter: a.T("table.sites"), Page: 50, Short: true, Empty: a.T("sites.none"),
		Columns: []page.Column{
			{Key: "site_rank", Label: a.Label("rank"), Class: "num fit", Sort: "number"},
			{Key: "site", Label: a.T("sites.site"), Class: "title stick", Sort: "text"},
			{Key: "stars", Label: a.Label("stars"), Class: "fit", Sort: "number"},
			{Key: "site_score", Label: a.Label("score"), Class: "num", Sort: "number"},
			{Key: "change", Label: a.T("sites.change"), Class: "num", Sort: "number", Title: a.T("sites.change_title")},
		},
	}
	for _, aspect := range aspects() {
		t.Columns = append(t.Columns, page.Column{Key: aspect, Label: a.Label(aspect), Class: "num", Sort: "number"})
	}
	t.Columns = append(t.Columns,
		page.Column{Key: "inspected_on", Label: a.Label("inspected_on"), Class: "fit", Sort: "text"}, page.Column{Key: "observations", Label: a.Label("observations"), Class: "num", Sort: "number"})
	listed, err := a.listedSites(all.Value, &f, t)
	if err != nil {
		return f, err
	}
	for _, site := range listed {
		cells := []page.Cell{
			a.siteRank(site), a.siteCell(site.UnitID, site.Unit).Noted(a.CodeLabel("group", site.Group)), a.stars(site.Stars), a.points(site.Score),
			a.sinceInspection(site, inspections),
		}
		for _, value := range []*decimal.Decimal{site.Venue, site.Organisation, site.Operation, site.Disclosure, site.Publicity} {
			cells = append(cells, a.points(value))
		}
		inspected := a.Day(site.InspectedOn)
		inspected.Title = a.T("sites.not_inspected")
		t.Rows = append(t.Rows, page.Row{Cells: append(cells, inspected, a.Count(site.Observations))})
	}
	f.Table = t
	if inspections.Failed && len(inspectedOf(listed)) > 0 {
		f.Lacks = a.T("lacks.inspections")
	}
	return f, nil
}

func (a *request) siteRank(site model.SiteRow) page.Cell {
	if site.Rank == nil {
		return a.None("sites.not_inspected")
	}
	return a.Count(*site.Rank).Classed("num fit rank")
}

// stars of a unit; most have none, which is not a fault.
func (a *request) stars(n int64) page.Cell {
	if n == 0 {
		return a.None("sites.no_stars").Classed("fit")
	}
	stars := a.Count(n)
	stars.Text, stars.Class = strings.Repeat("★", int(n)), "fit"
	return stars
}

// points is a site's score or aspect, which only an inspection gives.
func (a *request) points(value *decimal.Decimal) page.Cell {
	if value == nil {
		return a.None("sites.not_inspected")
	}
	return a.Score(value)
}

// inspectionBefore is the latest inspection of a site before a day; nil: it had none. Inspections are in the order of site and day.
func inspectionBefore(inspections []model.InspectionRow, siteID string, day time.Time) *model.InspectionRow {
	after, _ := slices.BinarySearchFunc(inspections, siteID, func(i model.InspectionRow, id string) int {
		return cmp.Or(strings.Compare(i.UnitID, id), i.InspectedOn.Compare(day))
	})
	if after == 0 || inspections[after-1].UnitID != siteID {
		return nil
	}
	return &inspections[after-1]
}

// sinceInspection is the change of a site's score since the inspection before its latest.
func (a *request) sinceInspection(site model.SiteRow, inspections *page.Answer[[]model.InspectionRow]) page.Cell {
	switch {
	case site.Score == nil || site.InspectedOn == nil:
		return a.None("sites.not_inspected")
	case inspections.Failed:
		return a.None("panel.failed")
	}
	before := inspectionBefore(inspections.Value, site.UnitID, *site.InspectedOn)
	if before == nil {
		return a.None("sites.first_inspection")
	}
	c := a.difference(site.Score.Sub(before.Score), "change.score", 2)
	c.ChangeTitle = a.T("sites.change_from", "Day", before.InspectedOn.Format(page.DayLayout), "Score", before.Score.StringFixed(2))
	return c
}

// difference is a change of points of either kind, up being better.
func (a *request) difference(by decimal.Decimal, message string, places int32) page.Cell {
	words, class := a.Changed(by.Sign(), message, by.Abs().StringFixed(places), true)
	if by.IsZero() {
		words = "="
	}
	return page.Cell{Change: words, ChangeClass: class, Sort: by.String(), Class: "num", Kind: model.Score}
}

// siteScoresFigure draws the sites' scores in the order of their rank.
func (a *request) siteScoresFigure(all *page.Answer[[]model.SiteRow]) (page.Figure, error) {
	inspected := inspectedOf(all.Value)
	f := page.Figure{
		ID: "scores", Heading: a.T("sites.scores"), Class: "span-6", Failed: all.Failed, Exports: a.Exports("sites", a.Question),
		About: a.T("sites.scores_about", "Count", len(inspected), "Shown", min(mostDrawn, len(inspected))),
	}
	if len(inspected) == 0 {
		return f, nil
	}
	var labels []string
	var points []chart.Point
	t := &page.Table{Label: f.Heading, Short: true, Columns: []page.Column{
		{Key: "site_rank", Label: a.Label("rank"), Class: "num fit"}, {Key: "site", Label: a.T("sites.site"), Class: "title"}, {Key: "site_score", Label: a.Label("score"), Class: "num"},
	}}
	for _, site := range inspected[:min(mostDrawn, len(inspected))] {
		labels = append(labels, site.Unit)
		points = append(points, chart.Point{
			Value: site.Score.InexactFloat64(), Link: a.Address.At(sitePath(site.UnitID)).String(), End: site.Score.StringFixed(2),
			Tip: []string{site.Unit, a.Label("score") + "  " + site.Score.StringFixed(2), a.Label("inspected_on") + "  " + a.Plain(a.Day(site.InspectedOn))},
		})
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{a.siteRank(site), a.siteCell(site.UnitID, site.Unit), a.points(site.Score)}})
	}
	f.Table = t
	a.First(&f)
	var err error
	f.Chart, err = chart.Rows(a.T("sites.scores_aria"), labels, false, chart.RowSeries{Points: points, Fill: "var(--measure-1)"})
	return f, err
}
