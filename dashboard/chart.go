package dashboard

import (
	"encoding/json"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// chart is an ECharts option as JSON for static/chart.js, with the height it wants in pixels.
type chart struct {
	Option json.RawMessage
	Height int
	Zoomed int // how many of its bars stand in sight; 0: all. Buttons lead to the first and the last of them
}

// point is one datum with what the page's script needs beyond go-echarts: the lines of its tooltip, where a click
// leads, and a pattern.
type point struct {
	Value any         `json:"value"`
	Tip   []string    `json:"tip,omitempty"`
	Link  string      `json:"link,omitempty"`
	Style *pointStyle `json:"itemStyle,omitempty"`
	Label *opts.Label `json:"label,omitempty"`
}

// pointStyle names colours as tokens, var(--…), and a pattern of static/chart.js; the script resolves both.
type pointStyle struct {
	Color       string  `json:"color,omitempty"`
	Decal       string  `json:"decal,omitempty"`
	BorderColor string  `json:"borderColor,omitempty"`
	BorderWidth float64 `json:"borderWidth,omitempty"`
	BorderType  string  `json:"borderType,omitempty"`
}

// bars builds a bar chart with what all of them share: no title (the panel has one), a description for screen readers,
// and no animation of long lists.
func bars(description string, options ...charts.GlobalOpts) *charts.Bar {
	bar := charts.NewBar()
	bar.SetGlobalOptions(
		charts.WithTitleOpts(opts.Title{Show: opts.Bool(false)}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item"}),
		charts.WithAriaOpts(&opts.Aria{Enabled: opts.Bool(true), Label: &opts.AriaLabel{Enabled: opts.Bool(true), Description: description}}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
	)
	bar.SetGlobalOptions(options...)
	return bar
}

// series adds points of our own kind to a chart; go-echarts' typed data has no room for tooltips and links.
func series(bar *charts.Bar, name string, points []point, options ...charts.SeriesOpts) {
	one := charts.SingleSeries{Name: name, Type: bar.Type(), Data: points}
	one.ConfigureSeriesOpts(options...)
	bar.MultiSeries = append(bar.MultiSeries, one)
}

// built is a chart of go-echarts of any type.
type built interface {
	Validate()
	JSON() map[string]any
}

// drawn turns a built chart into its option. extra is merged over go-echarts' own top-level keys.
func drawn(made built, height int, extra map[string]any) (*chart, error) {
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
	return &chart{Option: encoded, Height: height}, nil
}
