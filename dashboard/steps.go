package dashboard

import (
	"github.com/shopspring/decimal"

	"yangguang/queries"
)

// timesFigure shows how long each step takes: the middle half of the records as a bar, split at the median.
func (a *ask) timesFigure(times *answer[[]queries.StepTimeRow], question queries.Question) (figure, error) {
	f := figure{
		ID: "times", Heading: a.T("procedure.times"), About: a.T("procedure.times_about"), Class: "span-5",
		Failed: times.failed, Own: true, Exports: a.exports("records", question),
	}
	if len(times.value) == 0 {
		return f, nil
	}
	t := &table{Label: f.Heading, Short: true, Columns: []column{{Key: "interval", Label: a.T("procedure.interval"), Class: "title"}}}
	for _, key := range []string{"records", "first_quartile", "median", "third_quartile", "longest"} {
		t.Columns = append(t.Columns, column{Key: key, Label: a.T("procedure." + key), Class: "num"})
	}
	var labels []string
	var before, lower, upper []point
	for _, r := range times.value {
		name := a.T("procedure.interval." + r.Step)
		median := a.daysOf(r.Median)
		tip := []string{
			name, a.T("procedure.median") + "  " + median,
			a.T("procedure.middle", "From", a.daysOf(r.FirstQuartile), "To", a.daysOf(r.ThirdQuartile)),
			a.T("procedure.longest") + "  " + a.daysOf(float64(r.Longest)),
		}
		labels = append(labels, name)
		before = append(before, point{Value: r.FirstQuartile, Tip: tip})
		lower = append(lower, point{Value: r.Median - r.FirstQuartile, Tip: tip})
		upper = append(upper, point{Value: r.ThirdQuartile - r.Median, Tip: tip, Style: &pointStyle{Decal: "second"}, Label: beside(median)})
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.words(name).class("title"), a.count(int64(r.Records)), a.daysCell(r.FirstQuartile), a.daysCell(r.Median), a.daysCell(r.ThirdQuartile), a.daysCell(float64(r.Longest)),
		}})
	}
	f.Table = t
	var err error
	f.Chart, err = rowsChart(a.T("procedure.times_aria"), labels, false,
		rowSeries{Points: before, Fill: "transparent", Stack: "days"},
		rowSeries{Name: a.T("procedure.below_median"), Points: lower, Fill: "var(--measure-1)", Stack: "days"},
		rowSeries{Name: a.T("procedure.above_median"), Points: upper, Fill: "var(--measure-2)", Stack: "days"})
	return f, err
}

// daysOf writes days that a quartile may have split.
func (a *ask) daysOf(days float64) string {
	return a.T("procedure.days", "Days", decimal.NewFromFloat(days).Round(2).String())
}

func (a *ask) daysCell(days float64) cell {
	return cell{Text: a.daysOf(days), Sort: decimal.NewFromFloat(days).String(), Class: "num", Kind: queries.MeanDays}
}

// shareOf is a part of a whole that is not zero.
func shareOf(part, all uint64) decimal.Decimal {
	return decimal.NewFromUint64(part).Div(decimal.NewFromUint64(all))
}
