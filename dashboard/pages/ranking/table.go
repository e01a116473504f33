package ranking

import (
	"fmt"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

// pageUnits is how many units a page of the table shows; more are turned to, not scrolled to.
const pageUnits = 50

func (a *request) table(rows []model.RankingRow, since *page.Answer[figures.Since]) *page.Table {
	t := &page.Table{
		Label: a.T("ranking.table"), Search: a.T("table.search_units"), Counter: a.T("table.units"), Page: pageUnits, Paper: page.WholeOnPaper,
		Empty: a.T("overview.empty"),
		Columns: []page.Column{
			{Key: "rank", Label: a.Label("rank"), Class: "num fit", Sort: "number"},
			{Key: "moved", Label: a.T("ranking.places"), Class: "num", Sort: "number", Title: a.PreviousTitle()},
			{Key: "unit", Label: a.Label("unit"), Class: "title stick", Sort: "text"},
			{Key: "score", Label: a.Label("score"), Class: "num", Sort: "number"},
			{Key: "rating", Label: a.Label("rating"), Class: "fit", Sort: "text"},
			{Key: "coverage", Label: a.Label("coverage"), Class: "num", Sort: "number"},
			{Key: "timeliness", Label: a.Label("timeliness"), Class: "num", Sort: "number"},
			{Key: "evidenced_timeliness", Label: a.Label("evidenced_timeliness"), Class: "num", Sort: "number"},
			{Key: "procedure", Label: a.Label("procedure"), Class: "num minor", Sort: "number"},
			{Key: "placement", Label: a.Label("placement"), Class: "num minor", Sort: "number"},
			{Key: "verified", Label: a.Label("verified"), Class: "num minor", Sort: "number"},
			{Key: "deductions", Label: a.Label("deductions"), Class: "num minor", Sort: "number"},
			{Key: "assessed", Label: a.Label("assessed"), Class: "num", Sort: "number"},
			{Key: "lapsed", Label: a.Label("lapsed"), Class: "num", Sort: "number"},
			{Key: "oldest_lapse_days", Label: a.Label("oldest_lapse_days"), Class: "num", Sort: "number"},
		},
	}
	t.Columns = append(t.Columns, page.Column{Key: "compare", Label: a.T("ranking.compare"), Class: "fit on-screen"})
	towns := slices.ContainsFunc(rows, func(unit model.RankingRow) bool { return unit.Group == "towns" })
	if towns {
		t.Columns = append(t.Columns, page.Column{Key: "villages", Label: a.T("ranking.villages"), Class: "fit on-screen"})
	}
	a.addSinceColumns(t, since)
	ratings := map[string]bool{}
	var lapsing, unranked bool
	for _, unit := range rows {
		one := a.row(unit)
		one.Cells = append(one.Cells, page.Cell{Choose: unit.UnitID, Title: a.T("compare.choose_unit", "Unit", unit.Unit), Class: "fit on-screen"})
		if towns {
			one.Cells = append(one.Cells, a.villagesOf(unit))
		}
		a.addSince(&one, unit, since)
		t.Rows = append(t.Rows, one)
		ratings[unit.Rating] = true
		lapsing = lapsing || unit.Lapsed+unit.CarriedLapsed > 0
		unranked = unranked || unit.Rank == nil
	}
	for _, rating := range model.Codes("rating") {
		if ratings[rating] {
			t.Chips = append(t.Chips, page.Chip{Text: a.CodeLabel("rating", rating), Tag: rating})
		}
	}
	if lapsing {
		t.Chips = append(t.Chips, page.Chip{Text: a.T("ranking.chip_lapsing"), Tag: "lapsing"})
	}
	if unranked {
		t.Chips = append(t.Chips, page.Chip{Text: a.T("ranking.chip_unranked"), Tag: "unranked"})
	}
	return t
}

func (a *request) row(unit model.RankingRow) page.Row {
	rank := page.Cell{Class: "num fit", None: true, Title: a.UnrankedWhy(unit)}
	tags := []string{unit.Rating}
	class := ""
	if unit.Rank != nil {
		rank = a.Count(*unit.Rank).Classed("num fit")
	} else {
		tags, class = append(tags, "unranked"), "quiet"
	}
	if unit.Lapsed+unit.CarriedLapsed > 0 {
		tags = append(tags, "lapsing")
	}
	name := a.UnitCell(unit.UnitID, unit.Unit).Classed("title stick").Noted(a.belongs(unit))
	if unit.Rank == nil {
		name.Note = strings.TrimPrefix(name.Note+" · "+a.UnrankedWhy(unit), " · ")
	}
	lapsed := a.Count(unit.Lapsed)
	if unit.CarriedLapsed > 0 {
		lapsed.Note = a.T("ranking.carried", "Count", unit.CarriedLapsed)
	}
	return page.Row{Tags: strings.Join(tags, " "), Class: class, Cells: []page.Cell{
		rank, a.Places(unit), name, a.Score(unit.Score), a.rated(unit),
		a.Ratio(unit.Coverage), a.Ratio(unit.Timeliness), a.Ratio(unit.EvidencedTimeliness),
		a.Ratio(unit.Procedure).Classed("num minor"), a.Ratio(unit.Placement).Classed("num minor"), a.Ratio(unit.Verified).Classed("num minor"),
		a.Score(unit.Deductions).Classed("num minor"), a.Count(unit.Assessed), lapsed, a.Days(unit.OldestLapseDays),
	}}
}

// villagesOf leads from a town to the ranking of its villages.
func (a *request) villagesOf(unit model.RankingRow) page.Cell {
	if unit.Group != "towns" {
		return page.Cell{Class: "fit on-screen"} // nowhere to go
	}
	c := a.Words(a.T("ranking.to_villages")).Classed("fit on-screen").Linked(a.Address.At("/ranking/villages").With("within", unit.UnitID).String())
	c.Title = a.T("ranking.to_villages_of", "Unit", unit.Unit)
	return c
}

// belongs tells units of one name apart: their tier where a group has several, and what a village belongs to.
func (a *request) belongs(unit model.RankingRow) string {
	switch {
	case unit.Group == "organs":
		return ""
	case unit.Group == "villages" && unit.Parent != "":
		return a.CodeLabel("tier", unit.Tier) + " · " + unit.Parent
	default:
		return a.CodeLabel("tier", unit.Tier)
	}
}

// rated is the rating, with what holds it below what the score would give (SPEC §5).
func (a *request) rated(unit model.RankingRow) page.Cell {
	c := a.rating(unit.Rating)
	c.Note = a.Held(unit)
	return c
}

func (a *request) rating(rating string) page.Cell {
	if rating == "" {
		return a.None("none.no_score").Classed("fit")
	}
	return page.Cell{Text: a.CodeLabel("rating", rating), Tag: "rating-" + rating, Class: "fit", Sort: a.CodeLabel("rating", rating)}
}

// named is a unit as a chart's axis shows it: 3 龙塔街道; a village with its town, unless all are of one town.
func (a *request) named(unit model.RankingRow, severalParents bool) string {
	name := unit.Unit
	if severalParents && unit.Group == "villages" && unit.Parent != "" {
		name = fmt.Sprintf("%s · %s", unit.Unit, unit.Parent)
	}
	return fmt.Sprintf("%d  %s", *unit.Rank, name)
}
