package figures

import (
	"context"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// Units asks for the ranking of units that are not very many, with all else that pages show of the same question.
func (a *Ask) Units(ctx context.Context, question model.Question) ([]model.RankingRow, error) {
	if question.Unit != "" {
		return ask.Run(ctx, a.Store, ask.Ranking, question)
	}
	results, err := ask.Results(ctx, a.Store, question)
	return results.Units, err
}

// Summaries asks in the background for the summary of the window and of the one before it.
func (a *Ask) Summaries(question model.Question) (now, before *page.Answer[[]model.SummaryRow]) {
	if a.RankedByPart || question.Unit != "" {
		return page.Ask(a.Request, question, ask.Summary), LoadPrevious(a, "previous summary", question, ask.Summary.From(a.Store))
	}
	now, before = &page.Answer[[]model.SummaryRow]{}, &page.Answer[[]model.SummaryRow]{}
	page.Load(a.Panels, "summary", question, func(ctx context.Context, question model.Question) (model.Results, error) {
		results, err := ask.Results(ctx, a.Store, question)
		now.Value, now.Failed = results.Groups, err != nil
		before.Value, before.Failed = results.Before, err != nil
		return results, err
	})
	return now, before
}

// TotalsOf counts what RankingTotals counts.
func TotalsOf(units []model.RankingRow) model.RankingTotals {
	totals := model.RankingTotals{Units: uint64(len(units)), Ratings: map[string]uint64{}}
	for _, unit := range units {
		if unit.Rank != nil {
			totals.Ranked++
			totals.Ratings[unit.Rating]++
		}
		if unit.Lapsed+unit.CarriedLapsed > 0 {
			totals.Lapsing++
		}
		totals.OpenRectifications += uint64(unit.OpenRectifications)
		totals.OverdueRectifications += uint64(unit.OverdueRectifications)
		totals.YellowCards += uint64(unit.YellowCards)
		if unit.OverdueRectifications > 0 {
			totals.OverdueUnits++
		}
		if unit.Owed() {
			totals.Owing++
		}
	}
	return totals
}

// RankedRows are the rows of placed units.
func RankedRows(units []model.PlacedUnit) []model.RankingRow {
	rows := make([]model.RankingRow, len(units))
	for i, unit := range units {
		rows[i] = unit.RankingRow
	}
	return rows
}

// Places is a unit's change of rank since the previous window: ↑3, ↓2, – for none, nothing when it was not ranked.
func (a *Ask) Places(unit model.RankingRow) page.Cell {
	if unit.Rank == nil || unit.PreviousRank == nil {
		return page.Cell{Class: "num", Change: "", Sort: ""}
	}
	up := PlacesUp(unit)
	c := page.Cell{Class: "num", Sort: a.Count(up).Sort, Kind: model.Count, ChangeTitle: a.T("change.rank", "Rank", *unit.PreviousRank)}
	switch {
	case up > 0:
		c.Change, c.ChangeClass = "↑"+page.Grouped(up), "better"
	case up < 0:
		c.Change, c.ChangeClass = "↓"+page.Grouped(-up), "worse"
	default:
		c.Change, c.ChangeTitle = "=", "" // it was what it is
	}
	return c
}

// PlacesUp is by how many ranks a unit rose.
func PlacesUp(unit model.RankingRow) int64 { return *unit.PreviousRank - *unit.Rank }

// UnrankedWhy says why a unit has no rank (SPEC §5).
func (a *Ask) UnrankedWhy(unit model.RankingRow) string {
	switch unit.Unranked {
	case "":
		return ""
	case "unverified":
		verified := a.Ratio(unit.Verified)
		return a.T("unranked.unverified", "Ratio", verified.Text)
	case "few_assessed":
		return a.T("unranked.few_assessed", "Count", unit.Assessed)
	default:
		return a.T("unranked.no_score")
	}
}

// HeldBy says what leaves a unit less than a rating (SPEC §5); empty: nothing does.
func (a *Ask) HeldBy(unit model.RankingRow, rating string) string {
	var caps []string
	for _, held := range a.Options.Assessment().HeldBy(unit, rating) {
		caps = append(caps, a.T("held."+held.By, "Count", held.Count, "Best", a.CodeLabel("rating", held.Best)))
	}
	return strings.Join(caps, a.T("list.semicolon"))
}

// Held says what holds a unit's rating below what its score would give (SPEC §5); empty: nothing does.
func (a *Ask) Held(unit model.RankingRow) string {
	if unit.Score == nil {
		return ""
	}
	deserved := a.Options.Assessment().RatingOf(unit.Score.Rat())
	if deserved == unit.Rating {
		return ""
	}
	return a.HeldBy(unit, deserved)
}

// LossFills are the colours of the Measures: what is not out and what is late as their states, the others as neither.
func LossFills() []string {
	return []string{"var(--state-lapsed)", "var(--state-late)", "var(--compare-2)", "var(--measure-2)"}
}

// LossDecals are their patterns.
func LossDecals() []string { return []string{"lapsed", "late", "third", "second"} }
