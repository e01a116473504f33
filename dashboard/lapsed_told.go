package dashboard

import (
	"context"
	"strings"
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

// lapsesOf leads to the list of lapses of an age or an item.
func (a *ask) lapsesOf(parameter, value string) string {
	if a.large {
		return a.address.at("/lapsed").with("group", a.address.get("group")).String() + "#lapses"
	}
	return a.address.at("/lapsed").with("group", a.address.get("group")).with(parameter, value).String() + "#lapses"
}

// lasting is how long a lapse lasts, on the colour of its age.
func (a *ask) lasting(lapse queries.ObligationRow) cell {
	days := a.days(lapse.DelayDays)
	days.State, days.Mark, days.Age = "lapsed", a.T("mark.lapsed"), age("lapsed", lapse.DelayDays)
	return days
}

const (
	dueDays = 30 // how far the calendar looks ahead
	dueSoon = 7
)

// dayAhead is a day with its weekday.
func (a *ask) dayAhead(day time.Time) string {
	return day.Format(dayLayout) + " " + a.T("weekday."+strings.ToLower(day.Weekday().String()))
}

// untilDay is how many days lie between two civil days.
func untilDay(from, to time.Time) int { return int(to.Sub(from).Hours() / 24) }
