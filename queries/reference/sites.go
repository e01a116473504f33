package reference

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"time"

	"yangguang/queries/model"
)

// Sites is the report sites (SPEC §5, §7): the units asked that are demonstration sites by the as-of day, ranked by score alone, those without
// an inspection last by unit_id. Of two inspections of one day SPEC does not say which is the latest.
func (d District) Sites(q model.Question) []Row {
	type site struct {
		score *big.Rat
		row   Row
	}
	var sites []site
	for _, unit := range d.listed(q) {
		if unit.DemonstrationSince.IsZero() || unit.DemonstrationSince.After(q.AsOf) {
			continue
		}
		score, row := d.inspection(unit, q.AsOf)
		row["unit_id"], row["unit"], row["demonstration_since"] = unit.ID, unit.Name, written(unit.DemonstrationSince)
		row["timeliness_before"] = d.siteTimeliness(unit, q, unit.DemonstrationSince.AddDate(-1, 0, 0), unit.DemonstrationSince.AddDate(0, 0, -1))
		end := unit.DemonstrationSince.AddDate(1, 0, -1)
		if end.After(q.AsOf) {
			end = q.AsOf
		}
		row["timeliness_after"] = d.siteTimeliness(unit, q, unit.DemonstrationSince, end)
		visits := 0
		for _, observation := range d.Registry.Observations {
			if observation.SiteID == unit.ID && !observation.VisitedOn.After(q.AsOf) {
				visits++
			}
		}
		row["observations"] = strconv.Itoa(visits)
		sites = append(sites, site{score, row})
	}
	slices.SortFunc(sites, func(a, b site) int {
		byID := cmp.Compare(a.row["unit_id"], b.row["unit_id"])
		switch {
		case a.score == nil && b.score == nil:
			return byID
		case a.score == nil:
			return 1
		case b.score == nil:
			return -1
		}
		return cmp.Or(b.score.Cmp(a.score), byID)
	})
	rows := []Row{}
	for i, site := range sites {
		switch {
		case site.score == nil:
			site.row["rank"] = ""
		case i > 0 && sites[i-1].score.Cmp(site.score) == 0:
			site.row["rank"] = rows[i-1]["rank"]
		default:
			site.row["rank"] = strconv.Itoa(i + 1)
		}
		rows = append(rows, site.row)
	}
	return rows
}

// inspection is the latest by a day: the score as shown, the mean of the five aspects, and the cells.
func (d District) inspection(unit model.Unit, asOf time.Time) (*big.Rat, Row) {
	row := Row{"score": "", "venue": "", "organisation": "", "operation": "", "disclosure": "", "publicity": "", "inspected_on": ""}
	var latest model.SiteScore
	for _, inspection := range d.Registry.SiteScores {
		if inspection.UnitID == unit.ID && !inspection.InspectedOn.After(asOf) && inspection.InspectedOn.After(latest.InspectedOn) {
			latest = inspection
		}
	}
	if latest.InspectedOn.IsZero() {
		return nil, row
	}
	sum := 0
	for name, hundredths := range map[string]uint16{
		"venue": latest.Venue, "organisation": latest.Organisation, "operation": latest.Operation, "disclosure": latest.Disclosure,
		"publicity": latest.Publicity,
	} {
		row[name] = rounded(big.NewRat(int64(hundredths), 100), 2)
		sum += int(hundredths)
	}
	score := big.NewRat(int64(sum), 500)
	row["score"], row["inspected_on"] = rounded(score, 2), written(latest.InspectedOn)
	return shown(score, 2), row
}

// siteTimeliness is the unit's timeliness in a window, seen from the as-of day asked.
func (d District) siteTimeliness(unit model.Unit, q model.Question, from, to time.Time) string {
	q.From, q.To = from, to
	return rounded(d.result(unit, q).Measures["timeliness"], 4)
}
