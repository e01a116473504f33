package dashboard

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"yangguang/queries"
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
func (a *ask) agesFigure(lapses *answer[lapsedTold]) (figure, error) {
	f := figure{
		ID: "ages", Heading: a.T("lapsed.ages"), About: a.T("lapsed.ages_about"), Class: "span-5", Failed: lapses.failed, Own: true, Exports: a.exports("lapsed", a.question),
	}
	if len(lapses.value) == 0 {
		return f, nil
	}
	bands := ageFills()
	f.Table = a.agesTable(lapses.value)
	labels := make([]string, len(bands))
	essential, others := make([]point, len(bands)), make([]point, len(bands))
	for i, band := range bands {
		labels[i] = a.T("lapsed.age." + band.band)
		of := lapses.value[band.band]
		essential[i], others[i] = a.agePoint(band, of, of.Essential, true), a.agePoint(band, of, of.Lapsed-of.Essential, false)
	}
	bar := bars(a.T("lapsed.ages_aria"),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 14, ItemHeight: 14, SelectedMode: "false"}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "32", Top: "40", Bottom: "0", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", MinInterval: 1}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Inverse: opts.Bool(true), AxisLabel: &opts.AxisLabel{Color: "var(--ink)", FontSize: 14}}),
	)
	bar.SetXAxis(labels)
	bar.XYReversal()
	for _, part := range []struct {
		name   string
		points []point
		decal  string
	}{{a.CodeLabel("class", "essential"), essential, "lapsed"}, {a.T("lapsed.other_classes"), others, ""}} {
		series(bar, part.name, part.points, func(s *charts.SingleSeries) {
			s.Stack, s.BarMaxWidth = "ages", "36"
			s.ItemStyle = &opts.ItemStyle{Color: "var(--state-lapsed)", BorderColor: "var(--surface)", BorderWidth: 1}
		})
	}
	var err error
	f.Chart, err = drawn(bar, 64+56*len(bands), nil)
	return f, err
}

func (a *ask) agePoint(band ageFill, of queries.LapseTotals, count uint64, essential bool) point {
	if count == 0 {
		return point{Value: "-"}
	}
	class, decal := a.T("lapsed.other_classes"), ""
	if essential {
		class, decal = a.CodeLabel("class", "essential"), "lapsed"
	}
	return point{
		Value: count, Link: a.lapsesOf("age", band.band), Style: &pointStyle{Color: band.fill, Decal: decal},
		Tip: []string{
			a.T("lapsed.age." + band.band), fmt.Sprintf("%s  %s", class, a.T("unit.obligations", "Count", count)),
			a.T("lapsed.of_units", "Count", of.Units),
		},
	}
}

func (a *ask) agesTable(told lapsedTold) *table {
	t := &table{Label: a.T("lapsed.ages"), Short: true, Columns: []column{
		{Key: "lasting", Label: a.T("overview.lasting"), Class: "title"},
		{Key: "lapsed", Label: a.Label("lapsed"), Class: "num"},
		{Key: "essential_lapsed", Label: a.T("figure.essential_lapsed"), Class: "num"},
		{Key: "units", Label: a.Label("units"), Class: "num"},
		{Key: "earliest", Label: a.T("lapsed.earliest"), Class: "fit"},
	}}
	for _, band := range ageFills() {
		of, any := told[band.band]
		oldest := a.none("none.no_days").class("fit")
		if any {
			oldest = a.day(&of.Earliest)
		}
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.words(a.T("lapsed.age." + band.band)).class("title"), a.count(int64(of.Lapsed)), a.count(int64(of.Essential)), a.count(int64(of.Units)), oldest,
		}})
	}
	return t
}
