package dashboard

import (
	"context"
	"time"

	"yangguang/queries"
)

// lapsedTold is what the pages say of lapses, of all and by band of age; a band without lapses is not there.
type lapsedTold map[string]queries.LapseTotals

func (t lapsedTold) all() queries.LapseTotals { return t["all"] }

// tellLapses asks what there is to say of lapses: very many are counted by the database, others from their rows, which other panels ask for as well.
func (a *ask) tellLapses(ctx context.Context, question queries.Question) (lapsedTold, error) {
	if !a.large {
		lapses, err := a.store.Lapsed(ctx, question)
		return toldOf(lapses, question.From), err
	}
	rows, err := a.store.LapseTotals(ctx, question)
	told := lapsedTold{}
	for _, row := range rows {
		told[row.Band] = row
	}
	return told, err
}

// toldOf counts what LapseTotals counts, of lapses that come oldest first.
func toldOf(lapses []queries.ObligationRow, from time.Time) lapsedTold {
	told, units := lapsedTold{}, map[[2]string]bool{}
	for _, lapse := range lapses {
		if lapse.DelayDays == nil || lapse.LapsedAfterOn == nil {
			continue // no lapse is without
		}
		for _, band := range []string{ageBand(*lapse.DelayDays), "all"} {
			sum, begun := told[band]
			if !begun {
				sum = queries.LapseTotals{Band: band, Earliest: *lapse.LapsedAfterOn, Longest: *lapse.DelayDays}
			}
			sum.Lapsed++
			if lapse.Class == "essential" {
				sum.Essential++
			}
			if lapse.Cadence != "standing" && lapse.DueOn != nil && lapse.DueOn.Before(from) {
				sum.Carried++
			}
			if unit := [2]string{band, lapse.UnitID}; !units[unit] {
				units[unit] = true
				sum.Units++
			}
			told[band] = sum
		}
	}
	return told
}

// ageBand is the band of LapseTotals for a number of days.
func ageBand(days int64) string {
	switch {
	case days <= 7:
		return "to_7"
	case days <= 30:
		return "to_30"
	case days <= 90:
		return "to_90"
	default:
		return "over_90"
	}
}

// firstLapses asks for the oldest lapses.
func (a *ask) firstLapses(limit int) func(context.Context, queries.Question) ([]queries.ObligationRow, error) {
	return func(ctx context.Context, question queries.Question) ([]queries.ObligationRow, error) {
		if a.large {
			return a.store.LapsedPart(ctx, question, limit, 0)
		}
		lapses, err := a.store.Lapsed(ctx, question)
		return lapses[:min(limit, len(lapses))], err
	}
}
