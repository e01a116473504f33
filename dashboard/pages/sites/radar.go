package sites

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/queries/model"
)

// aspects are the five that a demonstration site is inspected for (SPEC §2), by column.
func aspects() []string {
	return []string{"venue", "organisation", "operation", "disclosure", "publicity"}
}

// aspectsOf are the points of a site's latest inspection in the order of aspects; the site has one.
func aspectsOf(site model.SiteRow) []decimal.Decimal {
	return []decimal.Decimal{*site.Venue, *site.Organisation, *site.Operation, *site.Disclosure, *site.Publicity}
}

func aspectsInspected(i model.InspectionRow) []decimal.Decimal {
	return []decimal.Decimal{i.Venue, i.Organisation, i.Operation, i.Disclosure, i.Publicity}
}

// meanAspects is the mean of each aspect over the inspected sites, of which there is at least one.
func meanAspects(inspected []model.SiteRow) []decimal.Decimal {
	means := make([]decimal.Decimal, len(aspects()))
	for _, site := range inspected {
		for i, value := range aspectsOf(site) {
			means[i] = means[i].Add(value)
		}
	}
	for i := range means {
		means[i] = means[i].DivRound(decimal.NewFromInt(int64(len(inspected))), 2)
	}
	return means
}

// At most so many sites are drawn over each other beside their mean, and so many offered to choose from.
const (
	mostCompared = 3
	offered      = 24
)

// chosenSites are those that the address names, joined by |, else the first by rank. A name of no inspected site is the reader's mistake.
func (a *request) chosenSites(inspected []model.SiteRow) ([]model.SiteRow, error) {
	asked := a.Address.Get("site")
	if asked == "" {
		return inspected[:min(mostCompared, len(inspected))], nil
	}
	var chosen []model.SiteRow
	for _, id := range strings.Split(asked, "|") {
		at := slices.IndexFunc(inspected, func(site model.SiteRow) bool { return site.UnitID == id })
		if at < 0 || len(chosen) == mostCompared {
			return nil, &model.UserError{Parameter: "site", Value: asked, Expected: "up to three ids of inspected sites, joined by |"}
		}
		chosen = append(chosen, inspected[at])
	}
	return chosen, nil
}

// siteChoices offer every other site: choosing one more than can be compared drops the one chosen first.
func (a *request) siteChoices(inspected, chosen []model.SiteRow, anchor string) []page.Link {
	var choices []page.Link
	for i, site := range inspected {
		current := slices.ContainsFunc(chosen, func(one model.SiteRow) bool { return one.UnitID == site.UnitID })
		if i >= offered && !current {
			continue
		}
		var next []string
		for _, one := range chosen {
			if one.UnitID != site.UnitID {
				next = append(next, one.UnitID)
			}
		}
		if !current {
			next = append(next, site.UnitID)
			next = next[max(0, len(next)-mostCompared):]
		}
		choices = append(choices, page.Link{Text: site.Unit, Href: a.Address.With("site", strings.Join(next, "|")).String() + "#" + anchor, Current: current})
	}
	return choices
}

// radar sets the chosen sites against the mean of all that the page is about.
func (a *request) radar(all *page.Answer[[]model.SiteRow]) (page.Figure, error) {
	f := page.Figure{ID: "radar", Heading: a.T("sites.radar"), Class: "span-6", Failed: all.Failed, Own: true, Exports: a.Exports("sites", a.Question)}
	inspected := inspectedOf(all.Value)
	if all.Failed {
		return f, nil
	}
	chosen, err := a.chosenSites(inspected)
	if err != nil || len(inspected) == 0 {
		return f, err
	}
	f.Choices = a.siteChoices(inspected, chosen, f.ID)
	var outlines []chart.Outline
	for _, site := range chosen {
		outlines = append(outlines, chart.Outline{Name: site.Unit, Values: aspectsOf(site), Link: a.Address.At(sitePath(site.UnitID)).String()})
	}
	outlines = append(outlines, chart.Outline{Name: a.T("sites.mean", "Count", len(inspected)), Values: meanAspects(inspected), Mean: true})
	return a.radarFigure(f, "sites.radar_about", outlines)
}

// radarFigure draws outlines over the five aspects, with their points in the table.
func (a *request) radarFigure(f page.Figure, about string, outlines []chart.Outline) (page.Figure, error) {
	var axes []string
	t := &page.Table{Label: f.Heading, Short: true, Columns: []page.Column{{Key: "compared", Label: a.T("sites.compared"), Class: "title stick"}}}
	for _, aspect := range aspects() {
		axes = append(axes, a.Label(aspect))
		t.Columns = append(t.Columns, page.Column{Key: aspect, Label: a.Label(aspect), Class: "num"})
	}
	for _, one := range outlines {
		cells := []page.Cell{a.Words(one.Name).Linked(one.Link).Classed("title stick")}
		for _, value := range one.Values {
			cells = append(cells, a.Score(&value))
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells})
	}
	f.Table = t
	floor := chart.RadarFloor(outlines)
	f.About = a.T(about, "Floor", floor)
	var err error
	f.Chart, err = chart.Radar(a.T("sites.radar_aria"), axes, floor, outlines)
	return f, err
}
