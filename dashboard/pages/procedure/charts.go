package procedure

import (
	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

// flowStage is one column of the flow, from what is met to what has its steps in order.
type flowStage struct {
	key string
	of  func(model.FlowRow) uint64
}

func flowStages() []flowStage {
	return []flowStage{
		{"met", func(r model.FlowRow) uint64 { return r.Met }},
		{"with_steps", func(r model.FlowRow) uint64 { return r.WithSteps }},
		{"proposed", func(r model.FlowRow) uint64 { return r.Proposed }},
		{"reviewed", func(r model.FlowRow) uint64 { return r.Reviewed }},
		{"approved", func(r model.FlowRow) uint64 { return r.Approved }},
		{"published", func(r model.FlowRow) uint64 { return r.WithSteps }}, // published_on, which every one of them has
		{"complete", func(r model.FlowRow) uint64 { return r.Complete }},
		{"in_order", func(r model.FlowRow) uint64 { return r.InOrder }},
	}
}

// flowFigure shows how many met obligations have a record with each step, and how many have all of them in order.
func (a *request) flowFigure(flow *page.Answer[[]model.FlowRow]) (page.Figure, error) {
	f := page.Figure{
		ID: "flow", Heading: a.T("procedure.flow"), About: a.T("procedure.flow_about"), Class: "span-7",
		Failed: flow.Failed, Own: true, Exports: a.Exports("obligations", a.Question),
	}
	if len(flow.Value) == 0 {
		return f, nil
	}
	f.Table = a.flowTable(flow.Value)
	all := flowOf(flow.Value)
	var labels []string
	var points []chart.Point
	for _, stage := range flowStages()[1:] {
		n := stage.of(all)
		text := page.Grouped(int64(n))
		if all.WithSteps > 0 {
			text += "  " + page.Percent(figures.ShareOf(n, all.WithSteps))
		}
		fill := "var(--measure-2)"
		if stage.key == "in_order" {
			fill = "var(--measure-1)"
		}
		labels = append(labels, a.T("step."+stage.key))
		points = append(points, chart.Point{Value: n, Tip: []string{a.T("step." + stage.key), text}, Style: &chart.PointStyle{Color: fill}, End: text})
	}
	var err error
	f.Chart, err = chart.Rows(a.T("procedure.flow_aria"), labels, false, chart.RowSeries{Points: points, Fill: "var(--measure-2)"})
	return f, err
}

func (a *request) flowTable(rows []model.FlowRow) *page.Table {
	t := &page.Table{Label: a.T("procedure.flow"), Short: true, Columns: []page.Column{{Key: "group", Label: a.Label("group"), Class: "title stick"}}}
	for _, stage := range flowStages() {
		t.Columns = append(t.Columns, page.Column{Key: stage.key, Label: a.T("step." + stage.key), Class: "num"})
	}
	for _, r := range rows {
		cells := []page.Cell{a.Words(a.CodeLabel("group", r.Group)).Classed("title stick")}
		for _, stage := range flowStages() {
			cells = append(cells, a.Count(int64(stage.of(r))))
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells})
	}
	return t
}
