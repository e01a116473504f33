package dashboard

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/queries"
)

// sitesDrawn is how many sites the charts draw; the table and the export have all.
const sitesDrawn = 30

// sitesFigure lists the sites as the report does, with the change since the inspection before the last.
func (a *ask) sitesFigure(all *answer[[]queries.SiteRow], inspections *answer[[]queries.InspectionRow]) (figure, error) {
	f := figure{
		ID: "sites", Heading: a.T("sites.list"), About: a.T("sites.list_about"), Class: "span-12", Open: true,
		Failed: all.failed, Exports: a.exports("sites", a.question),
	}
	t := &table{
		Label: f.Heading, Search: a.T("table.search_units"), Counter: a.T("table.sites"), Page: 50, Short: true, Empty: a.T("sites.none"),
		Columns: []column{
			{Key: "site_rank", Label: a.Label("rank"), Class: "num fit", Sort: "number"},
			{Key: "site", Label: a.T("sites.site"), Class: "title stick", Sort: "text"},
			{Key: "stars", Label: a.Label("stars"), Class: "fit", Sort: "number"},
			{Key: "site_score", Label: a.Label("score"), Class: "num", Sort: "number"},
			{Key: "change", Label: a.T("sites.change"), Class: "num", Sort: "number", Title: a.T("sites.change_title")},
		},
	}
	for _, aspect := range aspects() {
		t.Columns = append(t.Columns, column{Key: aspect, Label: a.Label(aspect), Class: "num", Sort: "number"})
	}
	t.Columns = append(t.Columns,
		column{Key: "inspected_on", Label: a.Label("inspected_on"), Class: "fit", Sort: "text"}, column{Key: "observations", Label: a.Label("observations"), Class: "num", Sort: "number"})
	listed, err := a.listedSites(all.value, &f, t)
	if err != nil {
		return f, err
	}
	for _, site := range listed {
		cells := []cell{
			a.siteRank(site), a.siteCell(site.UnitID, site.Unit).note(a.CodeLabel("group", site.Group)), a.stars(site.Stars), a.points(site.Score),
			a.sinceInspection(site, inspections),
		}
		for _, value := range []*decimal.Decimal{site.Venue, site.Organisation, site.Operation, site.Disclosure, site.Publicity} {
			cells = append(cells, a.points(value))
		}
		inspected := a.day(site.InspectedOn)
		inspected.Title = a.T("sites.not_inspected")
		t.Rows = append(t.Rows, row{Cells: append(cells, inspected, a.count(site.Observations))})
	}
	f.Table = t
	if inspections.failed && len(inspectedOf(listed)) > 0 {
		f.Lacks = a.T("lacks.inspections")
	}
	return f, nil
}

func (a *ask) siteRank(site queries.SiteRow) cell {
	if site.Rank == nil {
		return a.none("sites.not_inspected")
	}
	return a.count(*site.Rank).class("num fit rank")
}

// stars of a unit; most have none, which is not a fault.
func (a *ask) stars(n int64) cell {
	if n == 0 {
		return a.none("sites.no_stars").class("fit")
	}
	stars := a.count(n)
	stars.Text, stars.Class = strings.Repeat("★", int(n)), "fit"
	return stars
}

// points is a site's score or aspect, which only an inspection gives.
func (a *ask) points(value *decimal.Decimal) cell {
	if value == nil {
		return a.none("sites.not_inspected")
	}
	return a.score(value)
}

// inspectionBefore is the latest inspection of a site before a day; nil: it had none. Inspections are in the order of site and day.
func inspectionBefore(inspections []queries.InspectionRow, siteID string, day time.Time) *queries.InspectionRow {
	after, _ := slices.BinarySearchFunc(inspections, siteID, func(i queries.InspectionRow, id string) int {
		return cmp.Or(strings.Compare(i.UnitID, id), i.InspectedOn.Compare(day))
	})
	if after == 0 || inspections[after-1].UnitID != siteID {
		return nil
	}
	return &inspections[after-1]
}

// sinceInspection is the change of a site's score since the inspection before its latest.
func (a *ask) sinceInspection(site queries.SiteRow, inspections *answer[[]queries.InspectionRow]) cell {
	switch {
	case site.Score == nil || site.InspectedOn == nil:
		return a.none("sites.not_inspected")
	case inspections.failed:
		return a.none("panel.failed")
	}
	before := inspectionBefore(inspections.value, site.UnitID, *site.InspectedOn)
	if before == nil {
		return a.none("sites.first_inspection")
	}
	c := a.difference(site.Score.Sub(before.Score), "change.score", 2)
	c.ChangeTitle = a.T("sites.change_from", "Day", before.InspectedOn.Format(dayLayout), "Score", before.Score.StringFixed(2))
	return c
}

// difference is a change of points of either kind, up being better.
func (a *ask) difference(by decimal.Decimal, message string, places int32) cell {
	words, class := a.changed(by.Sign(), message, by.Abs().StringFixed(places), true)
	if by.IsZero() {
		words = "="
	}
	return cell{Change: words, ChangeClass: class, Sort: by.String(), Class: "num", Kind: queries.Score}
}

// siteScoresFigure draws the sites' scores in the order of their rank.
func (a *ask) siteScoresFigure(all *answer[[]queries.SiteRow]) (figure, error) {
	inspected := inspectedOf(all.value)
	f := figure{
		ID: "scores", Heading: a.T("sites.scores"), Class: "span-6", Failed: all.failed, Exports: a.exports("sites", a.question),
		About: a.T("sites.scores_about", "Count", len(inspected), "Shown", min(sitesDrawn, len(inspected))),
	}
	if len(inspected) == 0 {
		return f, nil
	}
	var labels []string
	var points []point
	t := &table{Label: f.Heading, Short: true, Columns: []column{
		{Key: "site_rank", Label: a.Label("rank"), Class: "num fit"}, {Key: "site", Label: a.T("sites.site"), Class: "title"}, {Key: "site_score", Label: a.Label("score"), Class: "num"},
	}}
	for _, site := range inspected[:min(sitesDrawn, len(inspected))] {
		labels = append(labels, site.Unit)
		points = append(points, point{
			Value: site.Score.InexactFloat64(), Link: a.address.at(sitePath(site.UnitID)).String(), Label: beside(site.Score.StringFixed(2)),
			Tip: []string{site.Unit, a.Label("score") + "  " + site.Score.StringFixed(2), a.Label("inspected_on") + "  " + a.plain(a.day(site.InspectedOn))},
		})
		t.Rows = append(t.Rows, row{Cells: []cell{a.siteRank(site), a.siteCell(site.UnitID, site.Unit), a.points(site.Score)}})
	}
	f.Table = t
	a.first(&f)
	var err error
	f.Chart, err = rowsChart(a.T("sites.scores_aria"), labels, false, rowSeries{Points: points, Fill: "var(--measure-1)"})
	return f, err
}
