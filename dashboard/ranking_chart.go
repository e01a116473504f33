package dashboard

import (
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"yangguang/queries"
)

// The chart shows up to rankingWhole units at once; of more it shows rankingShown, and the rest are a drag or a button away.
const (
	rankingWhole = 30
	rankingShown = 20
)

// rankingChart draws the ranked units' scores in order, with the bands as mark lines; units at the end of a long ranking stand apart.
func (a *ask) rankingChart(rows, end []queries.RankingRow) (*chart, error) {
	beginning := len(rows)
	rows = slices.Concat(rows, end)
	severalParents := slices.ContainsFunc(rows, func(unit queries.RankingRow) bool { return unit.ParentID != rows[0].ParentID })
	var labels []string
	var points []point
	for i, unit := range rows {
		if i == beginning {
			labels, points = append(labels, "⋮"), append(points, point{Value: "-"})
		}
		if unit.Rank == nil || unit.Score == nil {
			continue
		}
		labels = append(labels, a.named(unit, severalParents))
		points = append(points, a.rankingPoint(unit))
	}
	if len(points) == 0 {
		return nil, nil
	}
	shown := len(points)
	right := "88"
	links := make([]string, len(points)) // a name on the axis leads where its bar leads
	for i, p := range points {
		links[i] = p.Link
	}
	extra := map[string]any{"links": links}
	if len(points) > rankingWhole {
		shown = rankingShown
		right = "128"
		extra["dataZoom"] = []map[string]any{
			{"type": "slider", "orient": "vertical", "yAxisIndex": 0, "startValue": 0, "endValue": rankingShown - 1, "width": 16, "right": 0, "zoomLock": true, "brushSelect": false, "showDetail": false, "showDataShadow": false, "handleSize": 0},
			{"type": "inside", "yAxisIndex": 0, "zoomOnMouseWheel": false, "moveOnMouseWheel": false, "moveOnMouseMove": true},
		}
	}
	bar := bars(a.T("ranking.aria"),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: right, Top: "28", Bottom: "0", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: 0, Max: 100, SplitNumber: 5}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Inverse: opts.Bool(true), AxisLabel: &opts.AxisLabel{Color: "var(--ink)", FontSize: 13}}),
	)
	bar.SetXAxis(labels)
	bar.XYReversal()
	series(bar, a.Label("score"), points, func(s *charts.SingleSeries) {
		s.BarMaxWidth = "18"
		s.MarkLines = a.bands()
	})
	made, err := drawn(bar, 64+26*shown, extra)
	if err == nil && shown < len(points) {
		made.Zoomed = shown
	}
	return made, err
}

func (a *ask) rankingPoint(unit queries.RankingRow) point {
	label := unit.Score.StringFixed(2)
	if moved := a.places(unit); moved.Change != "" && moved.Change != "=" {
		label += "  " + moved.Change
	}
	tip := []string{
		strings.TrimSpace(unit.Unit + "  " + a.belongs(unit)),
		a.Label("score") + "  " + unit.Score.StringFixed(2) + "  " + a.CodeLabel("rating", unit.Rating),
		a.Label("coverage") + "  " + a.plain(a.ratio(unit.Coverage)) + "   " + a.Label("timeliness") + "  " + a.plain(a.ratio(unit.Timeliness)),
		a.CodeLabel("state", "lapsed") + "  " + a.T("unit.obligations", "Count", unit.Lapsed),
	}
	if note := a.rated(unit).Note; note != "" {
		tip = append(tip, note)
	}
	style := &pointStyle{Color: "var(--rating-" + unit.Rating + ")"}
	if unit.Rating == "fail" || unit.Rating == "pass" {
		style.Decal = map[string]string{"fail": "fail", "pass": "late"}[unit.Rating]
	}
	return point{
		Value: unit.Score.InexactFloat64(), Tip: tip, Link: a.address.at(unitPath(unit.UnitID)).String(), Style: style,
		Label: &opts.Label{Show: opts.Bool(true), Position: "right", Formatter: label, Color: "var(--ink)"},
	}
}

// plain is a cell's text, "—" for no value.
func (a *ask) plain(c cell) string {
	if c.None {
		return "—"
	}
	return c.Text
}

// bands are the rating's thresholds in force as thin lines with their name.
func (a *ask) bands() *opts.MarkLines {
	lines := &opts.MarkLines{MarkLineStyle: opts.MarkLineStyle{
		Symbol: []string{"none", "none"}, LineStyle: &opts.LineStyle{Color: "var(--line-strong)", Type: "dashed", Width: 1},
		Label: &opts.Label{Show: opts.Bool(true), Position: "start", Formatter: "{b}", Color: "var(--muted)", FontSize: 11},
	}}
	ratings := a.options.Assessment().Ratings
	for _, band := range []struct {
		rating string
		from   queries.Number
	}{{"excellent", ratings.Excellent}, {"good", ratings.Good}, {"pass", ratings.Pass}} {
		name := a.T("ranking.band", "Rating", a.CodeLabel("rating", band.rating), "From", band.from.String())
		lines.Data = append(lines.Data, opts.MarkLineNameXAxisItem{Name: name, XAxis: band.from.InexactFloat64()})
	}
	return lines
}
