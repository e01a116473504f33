package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/shopspring/decimal"
)

// polygon is one outline of a radar. Its value is as long as the radar has axes.
type polygon struct {
	Name       string         `json:"name"`
	Value      []float64      `json:"value"`
	Tip        []string       `json:"tip"`
	Link       string         `json:"link,omitempty"`
	Symbol     string         `json:"symbol"`
	SymbolSize int            `json:"symbolSize"`
	Line       opts.LineStyle `json:"lineStyle"`
	Style      PointStyle     `json:"itemStyle"`
	Area       *polygonArea   `json:"areaStyle,omitempty"`
}

type polygonArea struct {
	Color   string  `json:"color"`
	Opacity float64 `json:"opacity"`
}

// radarShape is go-echarts' radar with the radius that it lacks.
type radarShape struct {
	opts.RadarComponent
	Radius string `json:"radius"`
}

// Outline is what a polygon shows before it is drawn; the mean is dashed and grey, the others differ in colour, line and corner.
type Outline struct {
	Name   string
	Values []decimal.Decimal
	Link   string
	Mean   bool
}

// named is an outline's name in the legend, beside a piece of its line with its corner.
type named struct {
	Name string `json:"name"`
	Icon string `json:"icon"`
}

// icon draws the line and the corner of drawn in a box of 24 × 10: a legend by itself shows a radar's colours alone.
func (o Outline) icon(place int) string {
	if o.Mean {
		return "path://M0,4h5v2h-5zM7,4h2v2h-2zM15,4h2v2h-2zM19,4h5v2h-5zM12,1a4,4,0,1,0,.01,0zM12,3a2,2,0,1,1,-.01,0z"
	}
	return []string{
		"path://M0,4h24v2h-24zM12,0a5,5,0,1,0,.01,0z",
		"path://M0,4h24v2h-24zM8,1h8v8h-8z",
		"path://M0,4h2v2h-2zM4,4h2v2h-2zM18,4h2v2h-2zM22,4h2v2h-2zM12,0l5,10h-10z",
	}[place%3]
}

// Radar draws outlines over the same axes from a floor, which the page has to name, to 100 points.
func Radar(description string, axes []string, floor int64, outlines []Outline) (*Chart, error) {
	radar := charts.NewRadar()
	radar.SetGlobalOptions(shared(description)...)
	var names []named
	var polygons []polygon
	for i, one := range outlines {
		names = append(names, named{one.Name, one.icon(i)})
		polygons = append(polygons, one.drawn(i, axes))
	}
	radar.MultiSeries = append(radar.MultiSeries, charts.SingleSeries{Type: radar.Type(), Data: polygons})
	shape := radarShape{RadarComponent: opts.RadarComponent{
		Center: []string{"50%", "58%"}, SplitNumber: max(4, int(100-floor)/10), AxisName: &opts.AxisName{Color: "var(--ink)"},
		SplitLine: &opts.SplitLine{LineStyle: &opts.LineStyle{Color: "var(--line)"}}, SplitArea: &opts.SplitArea{Show: opts.Bool(false)},
		AxisLine: &opts.AxisLine{LineStyle: &opts.LineStyle{Color: "var(--line)"}},
	}, Radius: "74%"}
	for _, axis := range axes {
		shape.Indicator = append(shape.Indicator, &opts.Indicator{Name: axis, Min: float32(floor), Max: 100})
	}
	legend := opts.Legend{Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 24, ItemHeight: 10, SelectedMode: "false", Data: names}
	return Draw(radar, 400, map[string]any{"radar": shape, "legend": legend})
}

func (o Outline) drawn(place int, axes []string) polygon {
	colours := []string{"var(--compare-1)", "var(--compare-2)", "var(--compare-3)"}
	lines := []string{"solid", "solid", "dotted"}
	corners := []string{"circle", "rect", "triangle"}
	p := polygon{Name: o.Name, Link: o.Link, Symbol: corners[place%3], SymbolSize: 7, Tip: []string{o.Name}}
	p.Style.Color = colours[place%3]
	p.Line = opts.LineStyle{Color: p.Style.Color, Width: 2, Type: lines[place%3]}
	if o.Mean {
		p.Style.Color, p.Symbol, p.SymbolSize = "var(--muted)", "emptyCircle", 5
		p.Line = opts.LineStyle{Color: "var(--muted)", Width: 2, Type: "dashed"}
	} else if place == 0 {
		p.Area = &polygonArea{p.Style.Color, .12}
	}
	for i, value := range o.Values {
		p.Value = append(p.Value, value.InexactFloat64())
		p.Tip = append(p.Tip, axes[i]+"  "+value.StringFixed(2))
	}
	return p
}

// RadarFloor is a round number of points well below the lowest value, so that outlines of good sites can be told apart.
func RadarFloor(outlines []Outline) int64 {
	lowest := decimal.NewFromInt(100)
	for _, one := range outlines {
		lowest = decimal.Min(lowest, one.Values...)
	}
	return max(0, lowest.IntPart()-5) / 20 * 20
}
