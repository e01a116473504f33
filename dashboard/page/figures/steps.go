package figures

import (
	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/queries/model"
)

// TimesFigure shows how long each step takes: the middle half of the records as a bar, split at the median.
func (a *Ask) TimesFigure(times *page.Answer[[]model.StepTimeRow], question model.Question) (page.Figure, error) {
	f := page.Figure{
		ID: "times", Heading: a.T("procedure.times"), About: a.T("procedure.times_about"), Class: "span-5",
		Failed: times.Failed, Own: true, Exports: a.Exports("records", question),
	}
	if len(times.Value) == 0 {
		return f, nil
	}
	t := &page.Table{Label: f.Heading, Short: true, Columns: []page.Column{{Key: "interval", Label: a.T("procedure.interval"), Class: "title"}}}
	for _, key := range []string{"records", "first_quartile", "median", "third_quartile", "longest"} {
		t.Columns = append(t.Columns, page.Column{Key: key, Label: a.T("procedure." + key), Class: "num"})
	}
	var labels []string
	var before, lower, upper []chart.Point
	for _, r := range times.Value {
		name := a.T("procedure.interval." + r.Step)
		median := a.daysOf(r.Median)
		tip := []string{
			name, a.T("procedure.median") + "  " + median,
			a.T("procedure.middle", "From", a.daysOf(r.FirstQuartile), "To", a.daysOf(r.ThirdQuartile)),
			a.T("procedure.longest") + "  " + a.daysOf(float64(r.Longest)),
		}
		labels = append(labels, name)
		before = append(before, chart.Point{Value: r.FirstQuartile, Tip: tip})
		lower = append(lower, chart.Point{Value: r.Median - r.FirstQuartile, Tip: tip})
		upper = append(upper, chart.Point{Value: r.ThirdQuartile - r.Median, Tip: tip, Style: &chart.PointStyle{Decal: "second"}, End: median})
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.Words(name).Classed("title"), a.Count(int64(r.Records)), a.daysCell(r.FirstQuartile), a.daysCell(r.Median), a.daysCell(r.ThirdQuartile), a.daysCell(float64(r.Longest)),
		}})
	}
	f.Table = t
	var err error
	f.Chart, err = chart.Rows(a.T("procedure.times_aria"), labels, false,
		chart.RowSeries{Points: before, Fill: "transparent", Stack: "days"},
		chart.RowSeries{Name: a.T("procedure.below_median"), Points: lower, Fill: "var(--measure-1)", Stack: "days"},
		chart.RowSeries{Name: a.T("procedure.above_median"), Points: upper, Fill: "var(--measure-2)", Stack: "days"})
	return f, err
}

// daysOf writes days that a quartile may have split.
func (a *Ask) daysOf(days float64) string {
	return a.T("procedure.days", "Days", decimal.NewFromFloat(days).Round(2).String())
}

func (a *Ask) daysCell(days float64) page.Cell {
	return page.Cell{Text: a.daysOf(days), Sort: decimal.NewFromFloat(days).String(), Class: "num", Kind: model.MeanDays}
}

// ShareOf is a part of a whole that is not zero.
func ShareOf(part, all uint64) decimal.Decimal {
	return decimal.NewFromUint64(part).Div(decimal.NewFromUint64(all))
}
