package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// LineSeries is one line of a chart: a point for each label, told apart from the others by its symbol and its dashes as well as by its colour.
type LineSeries struct {
	Name, Colour, Symbol, Dashes string
	Points                       []Point
}

// linesHeight is the height of a chart of lines in pixels.
const linesHeight = 280

// AxisFrom is where the axis of lines begins: at 0, or, where all of them lie high, at the ten below the lowest; the panel says so.
func AxisFrom(all []LineSeries) int {
	lowest := 100.0
	for _, one := range all {
		for _, p := range one.Points {
			if value, is := p.Value.(float64); is {
				lowest = min(lowest, value)
			}
		}
	}
	if from := int(lowest-1) / 10 * 10; from >= 50 {
		return from
	}
	return 0
}

// Lines draws parts of 100 over time; the format is that of the axis.
func Lines(description string, labels []string, format string, all ...LineSeries) (*Chart, error) {
	line := charts.NewLine()
	line.SetGlobalOptions(shared(description)...)
	line.SetGlobalOptions(
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 24, ItemHeight: 10, SelectedMode: "false"}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "16", Top: "44", Bottom: "8", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category", AxisLabel: &opts.AxisLabel{Color: "var(--ink)"}}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: AxisFrom(all), Max: 100, AxisLabel: &opts.AxisLabel{Formatter: types.FuncStr(format)}}),
	)
	line.SetXAxis(labels)
	for _, one := range all {
		line.MultiSeries = append(line.MultiSeries, charts.SingleSeries{
			Name: one.Name, Type: "line", Data: one.Points, Symbol: one.Symbol, SymbolSize: 8,
			LineStyle: &opts.LineStyle{Color: one.Colour, Width: 2, Type: one.Dashes}, ItemStyle: &opts.ItemStyle{Color: one.Colour},
		})
	}
	return Draw(line, linesHeight, nil)
}
