package sites

import (
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/queries/model"
)

// siteTimelinessFigure sets the timeliness of the 12 months before a site was named beside that of the 12 months from then on.
func (a *request) siteTimelinessFigure(all *page.Answer[[]model.SiteRow]) (page.Figure, error) {
	f := page.Figure{
		ID: "timeliness", Heading: a.T("sites.timeliness"), About: a.T("sites.timeliness_about"), Class: "span-6",
		Failed: all.Failed, Exports: a.Exports("sites", a.Question),
	}
	if len(all.Value) == 0 {
		return f, nil
	}
	f.Table = a.siteTimelinessTable(all.Value)
	a.First(&f)
	var labels []string
	before := chart.RowSeries{Name: a.T("sites.before"), Fill: "var(--measure-3)"}
	after := chart.RowSeries{Name: a.T("sites.after"), Fill: "var(--measure-1)"}
	for _, site := range all.Value {
		if site.TimelinessBefore == nil && site.TimelinessAfter == nil {
			continue
		}
		labels = append(labels, site.Unit)
		before.Points = append(before.Points, a.timelinessPoint(site, before.Name, site.TimelinessBefore, "third"))
		after.Points = append(after.Points, a.timelinessPoint(site, after.Name, site.TimelinessAfter, ""))
		if len(labels) == mostDrawn {
			break
		}
	}
	if len(labels) == 0 {
		return f, nil
	}
	var err error
	f.Chart, err = chart.Rows(a.T("sites.timeliness_aria"), labels, true, before, after)
	return f, err
}

func (a *request) timelinessPoint(site model.SiteRow, part string, ratio *decimal.Decimal, decal string) chart.Point {
	if ratio == nil {
		return chart.Point{Value: "-"}
	}
	return chart.Point{
		Value: page.Share(*ratio), Tip: []string{site.Unit, part + "  " + page.Percent(*ratio)}, Link: a.Address.At(sitePath(site.UnitID)).String(),
		Style: &chart.PointStyle{Decal: decal}, End: page.Percent(*ratio),
	}
}

func (a *request) siteTimelinessTable(all []model.SiteRow) *page.Table {
	t := &page.Table{Label: a.T("sites.timeliness"), Short: true, Page: 20, Columns: []page.Column{
		{Key: "site", Label: a.T("sites.site"), Class: "title", Sort: "text"},
		{Key: "demonstration_since", Label: a.Label("demonstration_since"), Class: "fit", Sort: "text"},
		{Key: "timeliness_before", Label: a.Label("timeliness_before"), Class: "num", Sort: "number"},
		{Key: "timeliness_after", Label: a.Label("timeliness_after"), Class: "num", Sort: "number"},
		{Key: "places", Label: a.T("ranking.places"), Class: "num", Sort: "number"},
	}}
	for _, site := range all {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.siteCell(site.UnitID, site.Unit), a.Day(site.DemonstrationSince), a.timelinessBefore(site), a.timelinessAfter(site), a.timelinessChange(site),
		}})
	}
	return t
}

func (a *request) timelinessBefore(site model.SiteRow) page.Cell {
	if site.TimelinessBefore == nil {
		return a.None("sites.none_before")
	}
	return a.Ratio(site.TimelinessBefore)
}

// timelinessAfter says when the 12 months are not over: the figure still moves.
func (a *request) timelinessAfter(site model.SiteRow) page.Cell {
	if site.TimelinessAfter == nil {
		return a.None("sites.none_after")
	}
	c := a.Ratio(site.TimelinessAfter)
	if last := lastDayAfter(site); last.After(a.Question.AsOf) {
		c.Note = a.T("sites.until", "Day", last.Format(page.DayLayout))
	}
	return c
}

// lastDayAfter is the last of the 12 months from the day on which a site was named.
func lastDayAfter(site model.SiteRow) time.Time {
	if site.DemonstrationSince == nil {
		return time.Time{}
	}
	since := *site.DemonstrationSince
	first := time.Date(since.Year()+1, since.Month(), 1, 0, 0, 0, 0, time.UTC)
	lastOfMonth := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(since.Day(), lastOfMonth)-2)
}

func (a *request) timelinessChange(site model.SiteRow) page.Cell {
	if site.TimelinessBefore == nil || site.TimelinessAfter == nil {
		return a.None("sites.not_comparable")
	}
	return a.difference(site.TimelinessAfter.Sub(*site.TimelinessBefore).Shift(2).Round(1), "change.points", 1)
}
