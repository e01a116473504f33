package chart

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Chart is an ECharts option as JSON for static/chart.js, with the height it wants in pixels.
type Chart struct {
	Option json.RawMessage
	Height int
	Zoomed int // how many of its bars stand in sight; 0: all. Buttons lead to the first and the last of them
}

// Point is one datum with what the page's script needs beyond go-echarts: the lines of its tooltip, where a click
// leads, a pattern, and what stands at the end of its bar.
type Point struct {
	Value any         `json:"value"`
	Tip   []string    `json:"tip,omitempty"`
	Link  string      `json:"link,omitempty"`
	Style *PointStyle `json:"itemStyle,omitempty"`
	Label *opts.Label `json:"label,omitempty"` // of its own kind
	End   string      `json:"end,omitempty"`
}

// MarshalJSON writes a point that is nothing but its value as that: a ranking has thousands.
func (p Point) MarshalJSON() ([]byte, error) {
	if len(p.Tip) == 0 && p.Link == "" && p.Style == nil && p.Label == nil && p.End == "" {
		return json.Marshal(p.Value)
	}
	type point Point // without this method
	return json.Marshal(point(p))
}

// PointStyle names colours as tokens, var(--…), and a pattern of static/chart.js; the script resolves both.
type PointStyle struct {
	Color       string  `json:"color,omitempty"`
	Decal       string  `json:"decal,omitempty"`
	BorderColor string  `json:"borderColor,omitempty"`
	BorderWidth float64 `json:"borderWidth,omitempty"`
	BorderType  string  `json:"borderType,omitempty"`
}

// shared is what every chart has: no title (the panel has one), tooltips, and a description for screen readers.
func shared(description string) []charts.GlobalOpts {
	return []charts.GlobalOpts{
		charts.WithTitleOpts(opts.Title{Show: opts.Bool(false)}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item"}),
		charts.WithAriaOpts(&opts.Aria{Enabled: opts.Bool(true), Label: &opts.AriaLabel{Enabled: opts.Bool(true), Description: description}}),
	}
}

// Bars builds a bar chart without a legend, unless the options have one.
func Bars(description string, options ...charts.GlobalOpts) *charts.Bar {
	bar := charts.NewBar()
	bar.SetGlobalOptions(shared(description)...)
	bar.SetGlobalOptions(charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}))
	bar.SetGlobalOptions(options...)
	return bar
}

// Series adds points of our own kind to a chart; go-echarts' typed data has no room for tooltips and links.
func Series(bar *charts.Bar, name string, points []Point, options ...charts.SeriesOpts) {
	one := charts.SingleSeries{Name: name, Type: bar.Type(), Data: points}
	one.ConfigureSeriesOpts(options...)
	if slices.ContainsFunc(points, func(p Point) bool { return p.End != "" }) {
		one.Label = &opts.Label{Show: opts.Bool(true), Position: "right", Color: "var(--ink)"}
	}
	bar.MultiSeries = append(bar.MultiSeries, one)
}

// built is a chart of go-echarts of any type.
type built interface {
	Validate()
	JSON() map[string]any
}

// Draw turns a built chart into its option. extra is merged over go-echarts' own top-level keys.
func Draw(made built, height int, extra map[string]any) (*Chart, error) {
	made.Validate()
	option := made.JSON()
	delete(option, "color") // colours come from the page's tokens
	delete(option, "toolbox")
	for key, value := range extra {
		option[key] = value
	}
	encoded, err := json.Marshal(option)
	if err != nil {
		return nil, fmt.Errorf("chart option: %w", err)
	}
	return &Chart{Option: encoded, Height: height}, nil
}
