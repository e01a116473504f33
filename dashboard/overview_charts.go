package dashboard

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/shopspring/decimal"

	"yangguang/queries"
)

// statesFigure shows what became of the window's obligations in each group: shares of one bar, counts in the table.
func (a *ask) statesFigure(summary *answer[[]queries.SummaryRow]) (figure, error) {
	f := figure{
		ID: "states", Heading: a.T("overview.states"), About: a.T("overview.states_about"), Class: "span-7",
		Failed: summary.failed, Own: true, Exports: a.exports("ranking", a.question),
	}
	if len(summary.value) == 0 {
		return f, nil
	}
	f.Table = a.statesTable(summary.value)
	var err error
	f.Chart, err = a.statesChart(summary.value)
	return f, err
}

func stateCounts(group queries.SummaryRow) map[string]int64 {
	return map[string]int64{
		"on_time": group.OnTime, "late": group.Late, "lapsed": group.Lapsed, "pending": group.Pending,
		"unverified": group.Unverified, "exempt": group.Exempt, "undated": group.Undated,
	}
}

// charted are the states that share the bar: exempt ones are nobody's duty, undated ones have no due day.
func charted() []string { return []string{"on_time", "late", "lapsed", "pending", "unverified"} }

func (a *ask) statesChart(groups []queries.SummaryRow) (*chart, error) {
	labels := make([]string, len(groups))
	for i, group := range groups {
		labels[i] = a.CodeLabel("group", group.Group)
	}
	bar := bars(a.T("overview.states_aria"),
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
		series(bar, a.CodeLabel("state", state), points, func(s *charts.SingleSeries) {
			s.Stack, s.BarMaxWidth = "states", "36"
			s.ItemStyle = &opts.ItemStyle{Color: stateFill(state), BorderColor: "var(--surface)", BorderWidth: 1}
		})
	}
	return drawn(bar, 64+56*len(groups), nil)
}

func (a *ask) statePoints(state string, groups []queries.SummaryRow) (points []point, any bool) {
	for _, group := range groups {
		counts := stateCounts(group)
		var total int64
		for _, other := range charted() {
			total += counts[other]
		}
		n := counts[state]
		if n == 0 {
			points = append(points, point{Value: "-"})
			continue
		}
		any = true
		share := decimal.NewFromInt(n).Div(decimal.NewFromInt(total))
		p := point{
			Value: share.Shift(2).Round(2).InexactFloat64(),
			Tip: []string{
				a.CodeLabel("group", group.Group),
				fmt.Sprintf("%s  %s  %s", a.CodeLabel("state", state), a.T("unit.obligations", "Count", n), percent(share)),
			},
			Link:  a.address.at("/ranking/" + group.Group).String(),
			Style: &pointStyle{Decal: state},
		}
		if state == "on_time" && share.GreaterThan(decimal.New(6, -2)) { // a pattern under a number cannot be read
			p.Label = &opts.Label{Show: opts.Bool(true), Formatter: percent(share), Color: "var(--on-state)", FontSize: 12}
		}
		points = append(points, p)
	}
	return points, any
}

func (a *ask) statesTable(groups []queries.SummaryRow) *table {
	t := &table{Label: a.T("overview.states"), Short: true, Columns: []column{
		{Key: "group", Label: a.Label("group"), Class: "title"}, {Key: "units", Label: a.Label("units"), Class: "num"},
	}}
	for _, state := range queries.ObligationStates() {
		t.Columns = append(t.Columns, column{Key: state, Label: a.CodeLabel("state", state), Class: "num"})
	}
	for _, group := range groups {
		cells := []cell{
			a.words(a.CodeLabel("group", group.Group)).href(a.address.at("/ranking/" + group.Group).String()).class("title"),
			a.count(group.Units),
		}
		for _, state := range queries.ObligationStates() {
			cells = append(cells, a.count(stateCounts(group)[state]))
		}
		t.Rows = append(t.Rows, row{Cells: cells})
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
func (a *ask) groupsFigure(summary *answer[[]queries.SummaryRow]) (figure, error) {
	f := figure{
		ID: "groups", Heading: a.T("overview.groups"), About: a.T("overview.groups_about"), Class: "span-5",
		Failed: summary.failed, Exports: a.exports("summary", a.question), Table: a.summaryTable(summary.value),
	}
	if summary.failed || len(summary.value) == 0 {
		return f, nil
	}
	measures := []struct {
		key, fill, decal string
		of               func(queries.SummaryRow) *decimal.Decimal
	}{
		{"coverage", "var(--measure-1)", "", func(r queries.SummaryRow) *decimal.Decimal { return r.Coverage }},
		{"timeliness", "var(--measure-2)", "second", func(r queries.SummaryRow) *decimal.Decimal { return r.Timeliness }},
		{"evidenced_timeliness", "var(--measure-3)", "third", func(r queries.SummaryRow) *decimal.Decimal { return r.EvidencedTimeliness }},
	}
	var labels []string
	for _, group := range summary.value {
		labels = append(labels, a.T("nav.group."+group.Group))
	}
	bar := bars(a.T("overview.groups_aria"),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 14, ItemHeight: 14, SelectedMode: "false"}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "0", Top: "48", Bottom: "8", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category", AxisLabel: &opts.AxisLabel{Color: "var(--ink)"}}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0, Max: 100, AxisLabel: &opts.AxisLabel{Formatter: "{value} %"}}),
	)
	bar.SetXAxis(labels)
	for _, measure := range measures {
		var points []point
		for _, group := range summary.value {
			p := point{Value: "-"}
			if ratio := measure.of(group); ratio != nil {
				p = point{
					Value: ratio.Shift(2).InexactFloat64(), Link: a.address.at("/ranking/" + group.Group).String(),
					Tip: []string{a.CodeLabel("group", group.Group), a.Label(measure.key) + "  " + percent(*ratio)},
				}
				if measure.decal != "" {
					p.Style = &pointStyle{Decal: measure.decal}
				}
			}
			points = append(points, p)
		}
		series(bar, a.Label(measure.key), points, func(s *charts.SingleSeries) {
			s.BarGap, s.BarMaxWidth = "10%", "28"
			s.ItemStyle = &opts.ItemStyle{Color: measure.fill}
		})
	}
	var err error
	f.Chart, err = drawn(bar, 64+56*5, nil)
	return f, err
}

func (a *ask) summaryTable(rows []queries.SummaryRow) *table {
	keys := []string{
		"units", "assessed", "coverage", "timeliness", "evidenced_timeliness", "procedure", "placement",
		"organisation_coverage", "member_coverage", "clear_units", "lapsed", "carried_lapsed", "unverified", "pending",
	}
	t := &table{Label: a.Report("summary"), Short: true, Columns: []column{{Key: "group", Label: a.Label("group"), Class: "title stick"}}}
	for _, key := range keys {
		t.Columns = append(t.Columns, column{Key: key, Label: a.ReportLabel("summary", key), Class: "num"})
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.words(a.CodeLabel("group", r.Group)).href(a.address.at("/ranking/" + r.Group).String()).class("title stick"),
			a.count(r.Units), a.count(r.Assessed), a.ratio(r.Coverage), a.ratio(r.Timeliness), a.ratio(r.EvidencedTimeliness),
			a.ratio(r.Procedure), a.ratio(r.Placement), a.ratio(r.OrganisationCoverage), a.ratio(r.MemberCoverage), a.ratio(r.ClearUnits),
			a.count(r.Lapsed), a.count(r.CarriedLapsed), a.count(r.Unverified), a.count(r.Pending),
		}})
	}
	return t
}
