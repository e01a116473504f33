package lapsed

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

// ageFill is the colour of a band of age.
type ageFill struct{ band, fill string }

// ageFills are the bands, the oldest first.
func ageFills() []ageFill {
	return []ageFill{
		{"over_90", "var(--state-lapsed-older)"}, {"to_90", "var(--state-lapsed-old)"}, {"to_30", "var(--state-lapsed)"}, {"to_7", "var(--state-lapsed)"},
	}
}

// agesFigure shows how long the lapses last, essential ones first.
func (a *request) agesFigure(lapses *page.Answer[figures.Lapses]) (page.Figure, error) {
	f := page.Figure{
		ID: "ages", Heading: a.T("lapsed.ages"), About: a.T("lapsed.ages_about"), Class: "span-5", Failed: lapses.Failed, Own: true, Exports: a.Exports("lapsed", a.Question),
	}
	if len(lapses.Value) == 0 {
		return f, nil
	}
	bands := ageFills()
	f.Table = a.agesTable(lapses.Value)
	labels := make([]string, len(bands))
	essential, others := make([]chart.Point, len(bands)), make([]chart.Point, len(bands))
	for i, band := range bands {
		labels[i] = a.T("lapsed.age." + band.band)
		of := lapses.Value[band.band]
		essential[i], others[i] = a.agePoint(band, of, of.Essential, true), a.agePoint(band, of, of.Lapsed-of.Essential, false)
	}
	bar := chart.Bars(a.T("lapsed.ages_aria"),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 14, ItemHeight: 14, SelectedMode: "false"}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "32", Top: "40", Bottom: "0", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", MinInterval: 1}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Inverse: opts.Bool(true), AxisLabel: &opts.AxisLabel{Color: "var(--ink)", FontSize: 14}}),
	)
	bar.SetXAxis(labels)
	bar.XYReversal()
	for _, part := range []struct {
		name   string
		points []chart.Point
		decal  string
	}{{a.CodeLabel("class", "essential"), essential, "lapsed"}, {a.T("lapsed.other_classes"), others, ""}} {
		chart.Series(bar, part.name, part.points, func(s *charts.SingleSeries) {
			s.Stack, s.BarMaxWidth = "ages", "36"
			s.ItemStyle = &opts.ItemStyle{Color: "var(--state-lapsed)", BorderColor: "var(--surface)", BorderWidth: 1}
		})
	}
	var err error
	f.Chart, err = chart.Draw(bar, 64+56*len(bands), nil)
	return f, err
}

func (a *request) agePoint(band ageFill, of model.LapseTotals, count uint64, essential bool) chart.Point {
	if count == 0 {
		return chart.Point{Value: "-"}
	}
	class, decal := a.T("lapsed.other_classes"), ""
	if essential {
		class, decal = a.CodeLabel("class", "essential"), "lapsed"
	}
	return chart.Point{
		Value: count, Link: a.LapsesOf("age", band.band), Style: &chart.PointStyle{Color: band.fill, Decal: decal},
		Tip: []string{
			a.T("lapsed.age." + band.band), fmt.Sprintf("%s  %s", class, a.T("unit.obligations", "Count", count)),
			a.T("lapsed.of_units", "Count", of.Units),
		},
	}
}

func (a *request) agesTable(told figures.Lapses) *page.Table {
	t := &page.Table{Label: a.T("lapsed.ages"), Short: true, Columns: []page.Column{
		{Key: "lasting", Label: a.T("overview.lasting"), Class: "title"},
		{Key: "lapsed", Label: a.Label("lapsed"), Class: "num"},
		{Key: "essential_lapsed", Label: a.T("figure.essential_lapsed"), Class: "num"},
		{Key: "units", Label: a.Label("units"), Class: "num"},
		{Key: "earliest", Label: a.T("lapsed.earliest"), Class: "fit"},
	}}
	for _, band := range ageFills() {
		of, any := told[band.band]
		oldest := a.None("none.no_days").Classed("fit")
		if any {
			oldest = a.Day(&of.Earliest)
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.Words(a.T("lapsed.age." + band.band)).Classed("title"), a.Count(int64(of.Lapsed)), a.Count(int64(of.Essential)), a.Count(int64(of.Units)), oldest,
		}})
	}
	return t
}
