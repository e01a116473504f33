package dashboard

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"yangguang/queries"
)

// ageBand is a range of days for which lapses last.
type ageBand struct {
	key    string
	most   int64 // days; 0: no end
	fill   string
	lapses []queries.ObligationRow // oldest first
}

// ageBands sorts lapses into bands, the oldest band first.
func ageBands(lapses []queries.ObligationRow) []ageBand {
	bands := []ageBand{
		{key: "over_90", fill: "var(--state-lapsed-older)"},
		{key: "to_90", most: 90, fill: "var(--state-lapsed-old)"},
		{key: "to_30", most: 30, fill: "var(--state-lapsed)"},
		{key: "to_7", most: 7, fill: "var(--state-lapsed)"},
	}
	for _, lapse := range lapses {
		if lapse.DelayDays == nil {
			continue
		}
		at := 0
		for i := range bands {
			if i > 0 && *lapse.DelayDays <= bands[i].most {
				at = i
			}
		}
		bands[at].lapses = append(bands[at].lapses, lapse)
	}
	return bands
}

// agesFigure shows how long the lapses last, essential ones first.
func (a *ask) agesFigure(lapses *answer[[]queries.ObligationRow]) (figure, error) {
	f := figure{
		ID: "ages", Heading: a.T("lapsed.ages"), About: a.T("lapsed.ages_about"), Class: "span-5", Failed: lapses.failed, Exports: a.exports("lapsed", a.question),
	}
	if len(lapses.value) == 0 {
		return f, nil
	}
	bands := ageBands(lapses.value)
	f.Table = a.agesTable(bands)
	labels := make([]string, len(bands))
	essential, others := make([]point, len(bands)), make([]point, len(bands))
	for i, band := range bands {
		labels[i] = a.T("lapsed.age." + band.key)
		n := essentials(band.lapses)
		essential[i], others[i] = a.agePoint(band, n, true), a.agePoint(band, int64(len(band.lapses))-n, false)
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

func (a *ask) agePoint(band ageBand, count int64, essential bool) point {
	if count == 0 {
		return point{Value: "-"}
	}
	class, decal := a.T("lapsed.other_classes"), ""
	if essential {
		class, decal = a.CodeLabel("class", "essential"), "lapsed"
	}
	return point{
		Value: count, Style: &pointStyle{Color: band.fill, Decal: decal},
		Tip: []string{
			a.T("lapsed.age." + band.key), fmt.Sprintf("%s  %s", class, a.T("unit.obligations", "Count", count)),
			a.T("lapsed.of_units", "Count", unitsOf(band.lapses)),
		},
	}
}

func (a *ask) agesTable(bands []ageBand) *table {
	t := &table{Label: a.T("lapsed.ages"), Short: true, Columns: []column{
		{Label: a.T("overview.lasting"), Class: "title"},
		{Label: a.Label("lapsed"), Class: "num"},
		{Label: a.T("figure.essential_lapsed"), Class: "num"},
		{Label: a.Label("units"), Class: "num"},
		{Label: a.T("lapsed.earliest"), Class: "fit"},
	}}
	for _, band := range bands {
		oldest := a.none("none.no_days").class("fit")
		if len(band.lapses) > 0 {
			oldest = a.day(band.lapses[0].LapsedAfterOn)
		}
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.words(a.T("lapsed.age." + band.key)).class("title"), a.count(int64(len(band.lapses))), a.count(essentials(band.lapses)),
			a.count(int64(unitsOf(band.lapses))), oldest,
		}})
	}
	return t
}
