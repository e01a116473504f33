package dashboard

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// rowSeries is one series of a chart whose bars lie: a point for each label.
type rowSeries struct {
	Name, Fill string
	Points     []point
	Stack      string // series of one stack share a bar
}

// rowsChart draws lying bars, one row for each label. Percent says that values are shares of 100; a legend stands when several series have names.
func rowsChart(description string, labels []string, percent bool, all ...rowSeries) (*chart, error) {
	axis := opts.XAxis{Type: "value", Min: 0, SplitNumber: 4}
	if percent {
		axis.Max, axis.SplitNumber, axis.AxisLabel = 100, 5, &opts.AxisLabel{Formatter: "{value} %"}
	}
	var legend []string
	stacks := map[string]bool{}
	lanes := 0
	for _, one := range all {
		if one.Name != "" {
			legend = append(legend, one.Name)
		}
		if one.Stack == "" || !stacks[one.Stack] {
			lanes++
		}
		stacks[one.Stack] = true
	}
	top, height := "8", 40
	if len(legend) > 1 {
		top, height = "36", 68
	}
	bar := bars(description,
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(len(legend) > 1), Top: "0", Left: "0", ItemWidth: 14, ItemHeight: 14, SelectedMode: "false", Data: legend}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "84", Top: top, Bottom: "0", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(axis),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Inverse: opts.Bool(true), AxisLabel: &opts.AxisLabel{Color: "var(--ink)", FontSize: 13}}),
	)
	bar.SetXAxis(labels)
	bar.XYReversal()
	for _, one := range all {
		series(bar, one.Name, one.Points, func(s *charts.SingleSeries) {
			s.Stack, s.BarMaxWidth, s.BarGap = one.Stack, "22", "10%"
			s.ItemStyle = &opts.ItemStyle{Color: one.Fill}
		})
	}
	return drawn(bar, height+(16+20*lanes)*len(labels), nil)
}

// beside is what stands at the end of a bar.
func beside(text string) *opts.Label {
	return &opts.Label{Show: opts.Bool(true), Position: "right", Color: "var(--ink)", Formatter: text}
}
