package dashboard

import (
	"context"

	"yangguang/queries"
)

// rankingTotals asks for what RankingTotals counts, of units that are not very many by what other pages ask as well.
func (a *ask) rankingTotals(ctx context.Context, question queries.Question) (queries.RankingTotals, error) {
	if a.large {
		return a.store.RankingTotals(ctx, question)
	}
	units, err := a.store.Ranking(ctx, question)
	return totalsOf(units), err
}

// totalsOf counts what RankingTotals counts.
func totalsOf(units []queries.RankingRow) queries.RankingTotals {
	totals := queries.RankingTotals{Units: uint64(len(units)), Ratings: map[string]uint64{}}
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
	}
	return totals
}

func rankedRows(units []queries.PlacedUnit) []queries.RankingRow {
	rows := make([]queries.RankingRow, len(units))
	for i, unit := range units {
		rows[i] = unit.RankingRow
	}
	return rows
}

// places is a unit's change of rank since the previous window: ↑3, ↓2, – for none, nothing when it was not ranked.
func (a *ask) places(unit queries.RankingRow) cell {
	if unit.Rank == nil || unit.PreviousRank == nil {
		return cell{Class: "num", Change: "", Sort: ""}
	}
	up := placesUp(unit)
	c := cell{Class: "num", Sort: a.count(up).Sort, Kind: queries.Count, ChangeTitle: a.T("change.rank", "Rank", *unit.PreviousRank)}
	switch {
	case up > 0:
		c.Change, c.ChangeClass = "↑"+grouped(up), "better"
	case up < 0:
		c.Change, c.ChangeClass = "↓"+grouped(-up), "worse"
	default:
		c.Change = "="
	}
	return c
}

func placesUp(unit queries.RankingRow) int64 { return *unit.PreviousRank - *unit.Rank }

// unrankedWhy says why a unit has no rank (SPEC §5).
func (a *ask) unrankedWhy(unit queries.RankingRow) string {
	switch unit.Unranked {
	case "":
		return ""
	case "unverified":
		verified := a.ratio(unit.Verified)
		return a.T("unranked.unverified", "Ratio", verified.Text)
	case "few_assessed":
		return a.T("unranked.few_assessed", "Count", unit.Assessed)
	default:
		return a.T("unranked.no_score")
	}
}

// lossFills are the colours of the Measures: what is not out and what is late as their states, the others as neither.
func lossFills() []string {
	return []string{"var(--state-lapsed)", "var(--state-late)", "var(--compare-2)", "var(--measure-2)"}
}

// lossDecals are their patterns.
func lossDecals() []string { return []string{"lapsed", "late", "third", "second"} }
