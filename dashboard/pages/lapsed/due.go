package lapsed

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

// dueQuestion is what the report obligations is asked for the calendar: what is due until its last day, as of the same day.
func (a *request) dueQuestion() model.Question {
	question := a.Question
	question.From, question.To = question.AsOf, question.AsOf.AddDate(0, 0, figures.DueDays)
	return question
}

// dueFigure shows how much falls due on each of the next days.
func (a *request) dueFigure(due *page.Answer[[]model.DueRow]) (page.Figure, error) {
	f := page.Figure{
		ID: "due", Heading: a.T("due.heading"), About: a.T("due.about"), Class: "span-7", Failed: due.Failed, Own: true, Exports: a.Exports("obligations", a.dueQuestion()),
	}
	if len(due.Value) == 0 {
		return f, nil
	}
	counts := map[string]uint64{} // by the day as it is written: days of the database are of another location than the question's
	tips := map[string][]string{}
	var soon, all uint64
	for _, row := range due.Value {
		on := row.DueOn.Format(page.DayLayout)
		counts[on] += row.Obligations
		tips[on] = append(tips[on], row.Item+"  "+a.T("unit.obligations", "Count", row.Obligations))
		all += row.Obligations
		if figures.UntilDay(a.Question.AsOf, row.DueOn) <= figures.DueSoon {
			soon += row.Obligations
		}
	}
	f.About = a.T("due.counts", "Soon", soon, "All", all)
	var labels []string
	near, far := []chart.Point{}, []chart.Point{}
	days := &page.Table{Label: f.Heading, Short: true, Columns: []page.Column{{Key: "due_on", Label: a.Label("due_on"), Class: "title"}, {Key: "obligations", Label: a.T("due.obligations"), Class: "num"}}}
	for ahead := range figures.DueDays + 1 {
		day := a.Question.AsOf.AddDate(0, 0, ahead)
		labels = append(labels, day.Format("1-2"))
		p := chart.Point{Value: "-"}
		if n := counts[day.Format(page.DayLayout)]; n > 0 {
			const told = 5
			lines := tips[day.Format(page.DayLayout)]
			if len(lines) > told {
				lines = append(lines[:told:told], "…")
			}
			p = chart.Point{Value: n, Link: a.Address.Sought("calendar", day.Format(page.DayLayout)), Tip: append([]string{a.DayAhead(day) + "  " + a.T("unit.obligations", "Count", n)}, lines...)}
			days.Rows = append(days.Rows, page.Row{Cells: []page.Cell{{Text: a.DayAhead(day), Sort: day.Format(page.DayLayout), Class: "title", Kind: model.Date}, a.Count(int64(n))}})
		}
		if ahead <= figures.DueSoon {
			near, far = append(near, p), append(far, chart.Point{Value: "-"})
		} else {
			p.Style = &chart.PointStyle{Decal: "second"}
			near, far = append(near, chart.Point{Value: "-"}), append(far, p)
		}
	}
	bar := chart.Bars(a.T("due.aria"),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 14, ItemHeight: 14, SelectedMode: "false"}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "16", Top: "40", Bottom: "8", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", MinInterval: 1}),
	)
	bar.SetXAxis(labels)
	for _, part := range []struct {
		name, fill string
		points     []chart.Point
	}{{a.T("due.soon"), "var(--measure-1)", near}, {a.T("due.later"), "var(--measure-2)", far}} {
		chart.Series(bar, part.name, part.points, func(s *charts.SingleSeries) {
			s.Stack, s.BarMaxWidth = "due", "28"
			s.ItemStyle = &opts.ItemStyle{Color: part.fill}
		})
	}
	f.Table = days
	var err error
	f.Chart, err = chart.Draw(bar, 64+56*4, nil)
	return f, err
}

// calendarFigure lists what falls due, day by day and item by item, with the units that owe it.
func (a *request) calendarFigure(due *page.Answer[[]model.DueRow]) page.Figure {
	f := page.Figure{
		ID: "calendar", Heading: a.T("due.calendar"), About: a.T("due.calendar_about"), Class: "span-12", Open: true, Failed: due.Failed,
		Own: true, Exports: a.Exports("obligations", a.dueQuestion()),
	}
	t := &page.Table{
		Label: f.Heading, Search: a.T("table.search_items"), Counter: a.T("due.rows"), Page: 30, Short: true, Empty: a.T("due.none"),
		Columns: []page.Column{
			{Key: "due_on", Label: a.Label("due_on"), Class: "fit title", Sort: "text"},
			{Key: "left", Label: a.T("due.left"), Class: "num", Sort: "number"},
			{Key: "item", Label: a.Label("item"), Class: "wide full text", Sort: "text"},
			{Key: "units", Label: a.Label("units"), Class: "num", Sort: "number"},
			{Key: "obligations", Label: a.T("due.obligations"), Class: "num", Sort: "number"},
			{Key: "unit_names", Label: a.T("lapsed.units"), Class: "wide full text"},
		},
	}
	soon := false
	for _, d := range due.Value {
		left := int64(figures.UntilDay(a.Question.AsOf, d.DueOn))
		tags := ""
		if left <= figures.DueSoon {
			tags, soon = "soon", true
		}
		names := strings.Join(d.Names, a.T("list.comma"))
		if further := int(d.Units) - len(d.Names); further > 0 {
			names += a.T("list.further", "Count", further)
		}
		t.Rows = append(t.Rows, page.Row{Tags: tags, Cells: []page.Cell{
			{Text: a.DayAhead(d.DueOn), Sort: d.DueOn.Format(page.DayLayout), Class: "fit title", Kind: model.Date},
			a.Days(&left),
			a.Words(d.Item).Classed("wide full text").Noted(a.CodeLabel("class", d.Class)), a.Count(int64(d.Units)), a.Count(int64(d.Obligations)),
			a.Words(names).Classed("wide full text"),
		}})
	}
	if soon {
		t.Chips = append(t.Chips, page.Chip{Text: a.T("due.soon"), Tag: "soon"})
	}
	f.Table = t
	return f
}
