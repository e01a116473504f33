package page

import (
	"slices"

	"yangguang/queries/model"
)

// alert is something that a reader must know before believing a page.
type alert struct {
	Text string
	Link Link
}

// Covering is which sources cover what the page shows, and which of them fail.
type Covering struct {
	Coverage *Answer[[]model.CoverageRow]
	Sources  *Answer[[]model.SourceRow]
}

// Unknown says that which sources cover what, or which fail, could not be had.
func (c Covering) Unknown() bool { return c.Coverage.Failed || c.Sources.Failed }

// Failing lists the sources that fail and cover the item of the unit that the coverage was asked for; an empty item is any.
func (c Covering) Failing(item string) (failing []model.SourceRow) {
	for _, source := range c.Sources.Value {
		if source.FailingSince != nil && c.covers(source.Source, item) {
			failing = append(failing, source)
		}
	}
	return failing
}

func (c Covering) covers(source, item string) bool {
	return slices.ContainsFunc(c.Coverage.Value, func(row model.CoverageRow) bool {
		return row.Source == source && (item == "" || slices.Contains(row.Items, item))
	})
}

// Nobody says that no source covers the item.
func (c Covering) Nobody(item string) bool {
	return !slices.ContainsFunc(c.Coverage.Value, func(row model.CoverageRow) bool { return slices.Contains(row.Items, item) })
}

func (c Covering) units(source string) uint64 {
	for _, row := range c.Coverage.Value {
		if row.Source == source {
			return row.Units
		}
	}
	return 0
}

// FailingAlerts announces each failing source that covers what the page shows, with since when and how many units it concerns; more than
// a few are counted.
func (a *Request) FailingAlerts(c Covering) []alert {
	const most = 3
	failing := c.Failing("")
	var alerts []alert
	for i, source := range failing {
		if i == most {
			alerts = append(alerts, alert{
				a.T("alert.more", "Count", len(failing)-most), Link{Text: a.T("alert.all"), Href: a.Address.At("/sources").String()},
			})
			break
		}
		since, id := a.LongDay(source.FailingSince.In(a.Zone), a.Now), "alert.failing"
		if source.LastSuccess == nil {
			id = "alert.never"
		}
		alerts = append(alerts, alert{
			a.T(id, "Source", source.Source, "Day", since, "Count", c.units(source.Source)),
			Link{Text: a.T("alert.why"), Href: a.Address.At(SourcePath(source.Source)).String()},
		})
	}
	return alerts
}
