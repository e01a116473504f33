package chart

import (
	"maps"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// RowSeries is one series of a chart whose bars lie: a point for each label.
type RowSeries struct {
	Name, Fill, Decal string // the pattern of all of its bars, and of its legend
	Points            []Point
	Stack             string // series of one stack share a bar
	Lines             *opts.MarkLines
}

// RowsLayout is how a chart of rows is laid out, in pixels.
type RowsLayout struct {
	Description     string
	Percent         bool // values are shares of 100
	Right, Top, Bar string
	Height          int
}

// What stands in the tip of a whole bar, among its lines, for what static/chart.js finds at the bar itself.
const (
	PartsInTip = iota // a line for each part of the bar: what it takes away
	NameInTip
)

// Rows draws lying bars, one row for each label. Percent says that values are shares of 100; a legend stands when several series have names.
func Rows(description string, labels []string, percent bool, all ...RowSeries) (*Chart, error) {
	stacks := map[string]bool{}
	lanes := 0
	for _, one := range all {
		if one.Stack == "" || !stacks[one.Stack] {
			lanes++
		}
		stacks[one.Stack] = true
	}
	layout := RowsLayout{Description: description, Percent: percent, Right: "84", Top: "8", Bar: "22", Height: 40 + (16+20*lanes)*len(labels)}
	if len(namesOf(all)) > 1 {
		layout.Top, layout.Height = "36", layout.Height+28
	}
	return RowsOf(layout, labels, all, nil)
}

// namesOf are the names of the series that have one.
func namesOf(all []RowSeries) (names []string) {
	for _, one := range all {
		if one.Name != "" {
			names = append(names, one.Name)
		}
	}
	return names
}

// RowsOf draws lying bars as laid out; extra is as in drawn.
func RowsOf(layout RowsLayout, labels []string, all []RowSeries, extra map[string]any) (*Chart, error) {
	axis := opts.XAxis{Type: "value", Min: 0, SplitNumber: 4}
	if layout.Percent {
		axis.Max, axis.SplitNumber, axis.AxisLabel = 100, 5, &opts.AxisLabel{Formatter: "{value} %"}
	}
	legend := namesOf(all)
	bar := Bars(layout.Description,
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(len(legend) > 1), Top: "0", Left: "0", ItemWidth: 14, ItemHeight: 14, SelectedMode: "false", Data: legend}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: layout.Right, Top: layout.Top, Bottom: "0", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(axis),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Inverse: opts.Bool(true), AxisLabel: &opts.AxisLabel{Color: "var(--ink)", FontSize: 13}}),
	)
	bar.SetXAxis(labels)
	bar.XYReversal()
	var decals []string
	patterned := false
	for _, one := range all {
		decals, patterned = append(decals, one.Decal), patterned || one.Decal != ""
		Series(bar, one.Name, one.Points, func(s *charts.SingleSeries) {
			s.Stack, s.BarMaxWidth, s.BarGap, s.MarkLines = one.Stack, layout.Bar, "10%", one.Lines
			s.ItemStyle = &opts.ItemStyle{Color: one.Fill}
		})
	}
	if patterned {
		extra = maps.Clone(extra)
		if extra == nil {
			extra = map[string]any{}
		}
		extra["decals"] = decals
	}
	return Draw(bar, layout.Height, extra)
}
