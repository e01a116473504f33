package overview

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/queries/model"
)

// statesFigure shows what became of the window's obligations in each group: shares of one bar, counts in the table.
func (a *request) statesFigure(summary *page.Answer[[]model.SummaryRow]) (page.Figure, error) {
	f := page.Figure{
		ID: "states", Heading: a.T("overview.states"), About: a.T("overview.states_about"), Class: "span-7",
		Failed: summary.Failed, Own: true, Exports: a.Exports("ranking", a.Question),
	}
	if len(summary.Value) == 0 {
		return f, nil
	}
	f.Table = a.statesTable(summary.Value)
	var err error
	f.Chart, err = a.statesChart(summary.Value)
	return f, err
}

func stateCounts(group model.SummaryRow) map[string]int64 {
	return map[string]int64{
		"on_time": group.OnTime, "late": group.Late, "lapsed": group.Lapsed, "pending": group.Pending,
		"unverified": group.Unverified, "exempt": group.Exempt, "undated": group.Undated,
	}
}

// charted are the states that share the bar: exempt ones are nobody's duty, undated ones have no due day.
func charted() []string { return []string{"on_time", "late", "lapsed", "pending", "unverified"} }

func (a *request) statesChart(groups []model.SummaryRow) (*chart.Chart, error) {
	labels := make([]string, len(groups))
	for i, group := range groups {
		labels[i] = a.CodeLabel("group", group.Group)
	}
	bar := chart.Bars(a.T("overview.states_aria"),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 14, ItemHeight: 14, SelectedMode: "false"}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "24", Top: "40", Bottom: "0", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: 0, Max: 100, AxisLabel: &opts.AxisLabel{Formatter: "{value} %"}}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Inverse: opts.Bool(true), AxisLabel: &opts.AxisLabel{Color: "var(--ink)", FontSize: 14}}),
	)
	bar.SetXAxis(labels)
	bar.XYReversal()
	for _, state := range charted() {
		points, any := a.statePoints(state, groups)
		if !any {
			continue
		}
		chart.Series(bar, a.CodeLabel("state", state), points, func(s *charts.SingleSeries) {
			s.Stack, s.BarMaxWidth = "states", "36"
			s.ItemStyle = &opts.ItemStyle{Color: stateFill(state), BorderColor: "var(--surface)", BorderWidth: 1}
		})
	}
	return chart.Draw(bar, 64+56*len(groups), nil)
}

func (a *request) statePoints(state string, groups []model.SummaryRow) (points []chart.Point, any bool) {
	for _, group := range groups {
		counts := stateCounts(group)
		var total int64
		for _, other := range charted() {
			total += counts[other]
		}
		n := counts[state]
		if n == 0 {
			points = append(points, chart.Point{Value: "-"})
			continue
		}
		any = true
		share := decimal.NewFromInt(n).Div(decimal.NewFromInt(total))
		p := chart.Point{
			Value: share.Shift(2).Round(2).InexactFloat64(),
			Tip: []string{
				a.CodeLabel("group", group.Group),
				fmt.Sprintf("%s  %s  %s", a.CodeLabel("state", state), a.T("unit.obligations", "Count", n), page.Percent(share)),
			},
			Link:  a.stateList(state, group.Group),
			Style: &chart.PointStyle{Decal: state},
		}
		if state == "on_time" && share.GreaterThan(decimal.New(6, -2)) { // a pattern under a number cannot be read
			p.Label = &opts.Label{Show: opts.Bool(true), Formatter: page.Percent(share), Color: "var(--on-state)", FontSize: 12}
		}
		points = append(points, p)
	}
	return points, any
}

// stateList is where obligations of a state are listed: what is lapsed, unverified or due; of the others the units that owe them.
func (a *request) stateList(state, group string) string {
	list := map[string]string{"lapsed": "lapses", "unverified": "unverified", "pending": "calendar"}[state]
	if list == "" {
		return a.Address.At("/ranking/" + group).String()
	}
	if group == "all" {
		group = ""
	}
	return a.Address.At("/lapsed").With("group", group).String() + "#" + list
}

func (a *request) statesTable(groups []model.SummaryRow) *page.Table {
	t := &page.Table{Label: a.T("overview.states"), Short: true, Columns: []page.Column{
		{Key: "group", Label: a.Label("group"), Class: "title"}, {Key: "units", Label: a.Label("units"), Class: "num"},
	}}
	for _, state := range model.ObligationStates() {
		t.Columns = append(t.Columns, page.Column{Key: state, Label: a.CodeLabel("state", state), Class: "num"})
	}
	for _, group := range groups {
		cells := []page.Cell{
			a.Words(a.CodeLabel("group", group.Group)).Linked(a.Address.At("/ranking/" + group.Group).String()).Classed("title"),
			a.Count(group.Units),
		}
		for _, state := range model.ObligationStates() {
			cells = append(cells, a.Count(stateCounts(group)[state]))
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells})
	}
	return t
}

func stateFill(state string) string {
	return map[string]string{
		"on_time": "var(--state-on-time)", "late": "var(--state-late)", "lapsed": "var(--state-lapsed)", "pending": "var(--state-exempt)",
		"unverified": "var(--state-unverified)", "exempt": "var(--state-exempt)", "undated": "var(--state-undated)",
	}[state]
}

// groupsFigure sets coverage, timeliness and evidenced timeliness of the groups side by side.
func (a *request) groupsFigure(summary *page.Answer[[]model.SummaryRow]) (page.Figure, error) {
	f := page.Figure{
		ID: "groups", Heading: a.T("overview.groups"), About: a.T("overview.groups_about"), Class: "span-5",
		Failed: summary.Failed, Exports: a.Exports("summary", a.Question), Table: a.summaryTable(summary.Value),
	}
	if summary.Failed || len(summary.Value) == 0 {
		return f, nil
	}
	measures := []struct {
		key, fill, decal string
		of               func(model.SummaryRow) *decimal.Decimal
	}{
		{"coverage", "var(--measure-1)", "", func(r model.SummaryRow) *decimal.Decimal { return r.Coverage }},
		{"timeliness", "var(--measure-2)", "second", func(r model.SummaryRow) *decimal.Decimal { return r.Timeliness }},
		{"evidenced_timeliness", "var(--measure-3)", "third", func(r model.SummaryRow) *decimal.Decimal { return r.EvidencedTimeliness }},
	}
	var labels []string
	for _, group := range summary.Value {
		labels = append(labels, a.T("nav.group."+group.Group))
	}
	bar := chart.Bars(a.T("overview.groups_aria"),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 14, ItemHeight: 14, SelectedMode: "false"}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "0", Top: "48", Bottom: "8", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category", AxisLabel: &opts.AxisLabel{Color: "var(--ink)"}}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0, Max: 100, AxisLabel: &opts.AxisLabel{Formatter: "{value} %"}}),
	)
	bar.SetXAxis(labels)
	for _, measure := range measures {
		var points []chart.Point
		for _, group := range summary.Value {
			p := chart.Point{Value: "-"}
			if ratio := measure.of(group); ratio != nil {
				p = chart.Point{
					Value: ratio.Shift(2).InexactFloat64(), Link: a.Address.At("/ranking/"+group.Group).With("sort", measure.key).String() + "#units",
					Tip: []string{a.CodeLabel("group", group.Group), a.Label(measure.key) + "  " + page.Percent(*ratio)},
				}
				if measure.decal != "" {
					p.Style = &chart.PointStyle{Decal: measure.decal}
				}
			}
			points = append(points, p)
		}
		chart.Series(bar, a.Label(measure.key), points, func(s *charts.SingleSeries) {
			s.BarGap, s.BarMaxWidth = "10%", "28"
			s.ItemStyle = &opts.ItemStyle{Color: measure.fill}
		})
	}
	var err error
	f.Chart, err = chart.Draw(bar, 64+56*5, nil)
	return f, err
}

func (a *request) summaryTable(rows []model.SummaryRow) *page.Table {
	keys := []string{
		"units", "assessed", "coverage", "timeliness", "evidenced_timeliness", "procedure", "placement",
		"organisation_coverage", "member_coverage", "clear_units", "lapsed", "carried_lapsed", "unverified", "pending",
	}
	t := &page.Table{Label: a.Report("summary"), Short: true, Columns: []page.Column{{Key: "group", Label: a.Label("group"), Class: "title stick"}}}
	for _, key := range keys {
		t.Columns = append(t.Columns, page.Column{Key: key, Label: a.ReportLabel("summary", key), Class: "num"})
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.Words(a.CodeLabel("group", r.Group)).Linked(a.Address.At("/ranking/" + r.Group).String()).Classed("title stick"),
			a.Count(r.Units), a.Count(r.Assessed), a.Ratio(r.Coverage), a.Ratio(r.Timeliness), a.Ratio(r.EvidencedTimeliness),
			a.Ratio(r.Procedure), a.Ratio(r.Placement), a.Ratio(r.OrganisationCoverage), a.Ratio(r.MemberCoverage), a.Ratio(r.ClearUnits),
			a.Count(r.Lapsed), a.Count(r.CarriedLapsed), a.Count(r.Unverified), a.Count(r.Pending),
		}})
	}
	return t
}
