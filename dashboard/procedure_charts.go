package dashboard

import (
	"yangguang/queries"
)

// flowStage is one column of the flow, from what is met to what has its steps in order.
type flowStage struct {
	key string
	of  func(queries.FlowRow) uint64
}

func flowStages() []flowStage {
	return []flowStage{
		{"met", func(r queries.FlowRow) uint64 { return r.Met }},
		{"with_steps", func(r queries.FlowRow) uint64 { return r.WithSteps }},
		{"proposed", func(r queries.FlowRow) uint64 { return r.Proposed }},
		{"reviewed", func(r queries.FlowRow) uint64 { return r.Reviewed }},
		{"approved", func(r queries.FlowRow) uint64 { return r.Approved }},
		{"published", func(r queries.FlowRow) uint64 { return r.WithSteps }}, // published_on, which every one of them has
		{"complete", func(r queries.FlowRow) uint64 { return r.Complete }},
		{"in_order", func(r queries.FlowRow) uint64 { return r.InOrder }},
	}
}

// flowFigure shows how many met obligations have a record with each step, and how many have all of them in order.
func (a *ask) flowFigure(flow *answer[[]queries.FlowRow]) (figure, error) {
	f := figure{
		ID: "flow", Heading: a.T("procedure.flow"), About: a.T("procedure.flow_about"), Class: "span-7",
		Failed: flow.failed, Own: true, Exports: a.exports("obligations", a.question),
	}
	if len(flow.value) == 0 {
		return f, nil
	}
	f.Table = a.flowTable(flow.value)
	all := flowOf(flow.value)
	var labels []string
	var points []point
	for _, stage := range flowStages()[1:] {
		n := stage.of(all)
		text := grouped(int64(n))
		if all.WithSteps > 0 {
			text += "  " + percent(shareOf(n, all.WithSteps))
		}
		fill := "var(--measure-2)"
		if stage.key == "in_order" {
			fill = "var(--measure-1)"
		}
		labels = append(labels, a.T("step."+stage.key))
		points = append(points, point{Value: n, Tip: []string{a.T("step." + stage.key), text}, Style: &pointStyle{Color: fill}, Label: beside(text)})
	}
	var err error
	f.Chart, err = rowsChart(a.T("procedure.flow_aria"), labels, false, rowSeries{Points: points, Fill: "var(--measure-2)"})
	return f, err
}

func (a *ask) flowTable(rows []queries.FlowRow) *table {
	t := &table{Label: a.T("procedure.flow"), Short: true, Columns: []column{{Key: "group", Label: a.Label("group"), Class: "title stick"}}}
	for _, stage := range flowStages() {
		t.Columns = append(t.Columns, column{Key: stage.key, Label: a.T("step." + stage.key), Class: "num"})
	}
	for _, r := range rows {
		cells := []cell{a.words(a.CodeLabel("group", r.Group)).class("title stick")}
		for _, stage := range flowStages() {
			cells = append(cells, a.count(int64(stage.of(r))))
		}
		t.Rows = append(t.Rows, row{Cells: cells})
	}
	return t
}
