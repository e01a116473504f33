package figures

import (
	"context"
	"strings"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// Lapses is what the pages say of lapses, of all and by band of age; a band without lapses is not there.
type Lapses map[string]model.LapseTotals

// All is what there is to say of lapses of any age.
func (t Lapses) All() model.LapseTotals { return t["all"] }

// Lapses asks what there is to say of lapses: very many are counted by the database, others from their rows, which other panels ask for as well.
func (a *Ask) Lapses(ctx context.Context, question model.Question) (Lapses, error) {
	if !a.Large {
		lapses, err := ask.Run(ctx, a.Store, ask.Lapsed, question)
		return toldOf(lapses, question.From), err
	}
	rows, err := ask.Run(ctx, a.Store, ask.LapseTotals, question)
	told := Lapses{}
	for _, row := range rows {
		told[row.Band] = row
	}
	return told, err
}

// toldOf counts what LapseTotals counts, of lapses that come oldest first.
func toldOf(lapses []model.ObligationRow, from time.Time) Lapses {
	told, units := Lapses{}, map[[2]string]bool{}
	for _, lapse := range lapses {
		if lapse.DelayDays == nil || lapse.LapsedAfterOn == nil {
			continue // no lapse is without
		}
		for _, band := range []string{AgeBand(*lapse.DelayDays), "all"} {
			sum, begun := told[band]
			if !begun {
				sum = model.LapseTotals{Band: band, Earliest: *lapse.LapsedAfterOn, Longest: *lapse.DelayDays}
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

// AgeBand is the band of LapseTotals for a number of days.
func AgeBand(days int64) string {
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

// FirstLapses asks for the oldest lapses.
func (a *Ask) FirstLapses(limit int) func(context.Context, model.Question) ([]model.ObligationRow, error) {
	return func(ctx context.Context, question model.Question) ([]model.ObligationRow, error) {
		if a.Large {
			return ask.Run(ctx, a.Store, ask.LapsedPart(limit, 0), question)
		}
		lapses, err := ask.Run(ctx, a.Store, ask.Lapsed, question)
		return lapses[:min(limit, len(lapses))], err
	}
}

// LapsesOf leads to the list of lapses of an age or an item.
func (a *Ask) LapsesOf(parameter, value string) string {
	if a.Large {
		return a.Address.At("/lapsed").With("group", a.Address.Get("group")).String() + "#lapses"
	}
	return a.Address.At("/lapsed").With("group", a.Address.Get("group")).With(parameter, value).String() + "#lapses"
}

// Lasting is how long a lapse lasts, on the colour of its age.
func (a *Ask) Lasting(lapse model.ObligationRow) page.Cell {
	days := a.Days(lapse.DelayDays)
	days.State, days.Mark, days.Age = "lapsed", a.T("mark.lapsed"), page.Age("lapsed", lapse.DelayDays)
	return days
}

const (
	DueDays = 30 // how far the calendar looks ahead
	DueSoon = 7
)

// DayAhead is a day with its weekday.
func (a *Ask) DayAhead(day time.Time) string {
	return day.Format(page.DayLayout) + " " + a.T("weekday."+strings.ToLower(day.Weekday().String()))
}

// UntilDay is how many days lie between two civil days.
func UntilDay(from, to time.Time) int { return int(to.Sub(from).Hours() / 24) }
