package dashboard

import (
	"time"

	"github.com/shopspring/decimal"

	"yangguang/queries"
)

// siteTimelinessFigure sets the timeliness of the 12 months before a site was named beside that of the 12 months from then on.
func (a *ask) siteTimelinessFigure(all *answer[[]queries.SiteRow]) (figure, error) {
	f := figure{
		ID: "timeliness", Heading: a.T("sites.timeliness"), About: a.T("sites.timeliness_about"), Class: "span-6",
		Failed: all.failed, Exports: a.exports("sites", a.question),
	}
	if len(all.value) == 0 {
		return f, nil
	}
	f.Table = a.siteTimelinessTable(all.value)
	a.first(&f)
	var labels []string
	before := rowSeries{Name: a.T("sites.before"), Fill: "var(--measure-3)"}
	after := rowSeries{Name: a.T("sites.after"), Fill: "var(--measure-1)"}
	for _, site := range all.value {
		if site.TimelinessBefore == nil && site.TimelinessAfter == nil {
			continue
		}
		labels = append(labels, site.Unit)
		before.Points = append(before.Points, a.timelinessPoint(site, before.Name, site.TimelinessBefore, "third"))
		after.Points = append(after.Points, a.timelinessPoint(site, after.Name, site.TimelinessAfter, ""))
		if len(labels) == sitesDrawn {
			break
		}
	}
	if len(labels) == 0 {
		return f, nil
	}
	var err error
	f.Chart, err = rowsChart(a.T("sites.timeliness_aria"), labels, true, before, after)
	return f, err
}

func (a *ask) timelinessPoint(site queries.SiteRow, part string, ratio *decimal.Decimal, decal string) point {
	if ratio == nil {
		return point{Value: "-"}
	}
	return point{
		Value: share(*ratio), Tip: []string{site.Unit, part + "  " + percent(*ratio)}, Link: a.address.at(sitePath(site.UnitID)).String(),
		Style: &pointStyle{Decal: decal}, Label: beside(percent(*ratio)),
	}
}

func (a *ask) siteTimelinessTable(all []queries.SiteRow) *table {
	t := &table{Label: a.T("sites.timeliness"), Short: true, Page: 20, Columns: []column{
		{Key: "site", Label: a.T("sites.site"), Class: "title", Sort: "text"},
		{Key: "demonstration_since", Label: a.Label("demonstration_since"), Class: "fit", Sort: "text"},
		{Key: "timeliness_before", Label: a.Label("timeliness_before"), Class: "num", Sort: "number"},
		{Key: "timeliness_after", Label: a.Label("timeliness_after"), Class: "num", Sort: "number"},
		{Key: "places", Label: a.T("ranking.places"), Class: "num", Sort: "number"},
	}}
	for _, site := range all {
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.siteCell(site.UnitID, site.Unit), a.day(site.DemonstrationSince), a.timelinessBefore(site), a.timelinessAfter(site), a.timelinessChange(site),
		}})
	}
	return t
}

func (a *ask) timelinessBefore(site queries.SiteRow) cell {
	if site.TimelinessBefore == nil {
		return a.none("sites.none_before")
	}
	return a.ratio(site.TimelinessBefore)
}

// timelinessAfter says when the 12 months are not over: the figure still moves.
func (a *ask) timelinessAfter(site queries.SiteRow) cell {
	if site.TimelinessAfter == nil {
		return a.none("sites.none_after")
	}
	c := a.ratio(site.TimelinessAfter)
	if last := lastDayAfter(site); last.After(a.question.AsOf) {
		c.Note = a.T("sites.until", "Day", last.Format(dayLayout))
	}
	return c
}

// lastDayAfter is the last of the 12 months from the day on which a site was named.
func lastDayAfter(site queries.SiteRow) time.Time {
	if site.DemonstrationSince == nil {
		return time.Time{}
	}
	since := *site.DemonstrationSince
	first := time.Date(since.Year()+1, since.Month(), 1, 0, 0, 0, 0, time.UTC)
	lastOfMonth := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(since.Day(), lastOfMonth)-2)
}

func (a *ask) timelinessChange(site queries.SiteRow) cell {
	if site.TimelinessBefore == nil || site.TimelinessAfter == nil {
		return a.none("sites.not_comparable")
	}
	return a.difference(site.TimelinessAfter.Sub(*site.TimelinessBefore).Shift(2).Round(1), "change.points", 1)
}
