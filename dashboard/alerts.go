package dashboard

import (
	"slices"

	"yangguang/queries"
)

// alert is something that a reader must know before believing a page.
type alert struct {
	Text string
	Link link
}

// covering is which sources cover what the page shows, and which of them fail.
type covering struct {
	coverage *answer[[]queries.CoverageRow]
	sources  *answer[[]queries.SourceRow]
}

// unknown tells that which sources cover what, or which fail, could not be had.
func (c covering) unknown() bool { return c.coverage.failed || c.sources.failed }

// failing lists the sources that fail and cover the item of the unit that the coverage was asked for; an empty item is any.
func (c covering) failing(item string) (failing []queries.SourceRow) {
	for _, source := range c.sources.value {
		if source.FailingSince != nil && c.covers(source.Source, item) {
			failing = append(failing, source)
		}
	}
	return failing
}

func (c covering) covers(source, item string) bool {
	return slices.ContainsFunc(c.coverage.value, func(row queries.CoverageRow) bool {
		return row.Source == source && (item == "" || slices.Contains(row.Items, item))
	})
}

// nobody tells that no source covers the item.
func (c covering) nobody(item string) bool {
	return !slices.ContainsFunc(c.coverage.value, func(row queries.CoverageRow) bool { return slices.Contains(row.Items, item) })
}

func (c covering) units(source string) uint64 {
	for _, row := range c.coverage.value {
		if row.Source == source {
			return row.Units
		}
	}
	return 0
}

// failingAlerts announces each failing source that covers what the page shows, with since when and how many units it concerns; more than
// a few are counted.
func (a *ask) failingAlerts(c covering) []alert {
	const most = 3
	failing := c.failing("")
	var alerts []alert
	for i, source := range failing {
		if i == most {
			alerts = append(alerts, alert{
				a.T("alert.more", "Count", len(failing)-most), link{Text: a.T("alert.all"), Href: a.address.at("/sources").String()},
			})
			break
		}
		since, id := a.longDay(source.FailingSince.In(a.zone), a.now), "alert.failing"
		if source.LastSuccess == nil {
			id = "alert.never"
		}
		alerts = append(alerts, alert{
			a.T(id, "Source", source.Source, "Day", since, "Count", c.units(source.Source)),
			link{Text: a.T("alert.why"), Href: a.address.at(sourcePath(source.Source)).String()},
		})
	}
	return alerts
}
