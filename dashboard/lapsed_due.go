package dashboard

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"yangguang/queries"
)

// dueQuestion is what the report obligations is asked for the calendar: what is due until its last day, as of the same day.
func (a *ask) dueQuestion() queries.Question {
	question := a.question
	question.From, question.To = question.AsOf, question.AsOf.AddDate(0, 0, dueDays)
	return question
}

// dueFigure shows how much falls due on each of the next days.
func (a *ask) dueFigure(due *answer[[]queries.DueRow]) (figure, error) {
	f := figure{
		ID: "due", Heading: a.T("due.heading"), About: a.T("due.about"), Class: "span-7", Failed: due.failed, Own: true, Exports: a.exports("obligations", a.dueQuestion()),
	}
	if len(due.value) == 0 {
		return f, nil
	}
	counts := map[string]uint64{} // by the day as it is written: days of the database are of another location than the question's
	tips := map[string][]string{}
	var soon, all uint64
	for _, row := range due.value {
		on := row.DueOn.Format(dayLayout)
		counts[on] += row.Obligations
		tips[on] = append(tips[on], row.Item+"  "+a.T("unit.obligations", "Count", row.Obligations))
		all += row.Obligations
		if untilDay(a.question.AsOf, row.DueOn) <= dueSoon {
			soon += row.Obligations
		}
	}
	f.About = a.T("due.counts", "Soon", soon, "All", all)
	var labels []string
	near, far := []point{}, []point{}
	days := &table{Label: f.Heading, Short: true, Columns: []column{{Key: "due_on", Label: a.Label("due_on"), Class: "title"}, {Key: "obligations", Label: a.T("due.obligations"), Class: "num"}}}
	for ahead := range dueDays + 1 {
		day := a.question.AsOf.AddDate(0, 0, ahead)
		labels = append(labels, day.Format("1-2"))
		p := point{Value: "-"}
		if n := counts[day.Format(dayLayout)]; n > 0 {
			const told = 5
			lines := tips[day.Format(dayLayout)]
			if len(lines) > told {
				lines = append(lines[:told:told], "…")
			}
			p = point{Value: n, Link: a.address.sought("calendar", day.Format(dayLayout)), Tip: append([]string{a.dayAhead(day) + "  " + a.T("unit.obligations", "Count", n)}, lines...)}
			days.Rows = append(days.Rows, row{Cells: []cell{{Text: a.dayAhead(day), Sort: day.Format(dayLayout), Class: "title", Kind: queries.Date}, a.count(int64(n))}})
		}
		if ahead <= dueSoon {
			near, far = append(near, p), append(far, point{Value: "-"})
		} else {
			near, far = append(near, point{Value: "-"}), append(far, p)
		}
	}
	bar := bars(a.T("due.aria"),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 14, ItemHeight: 14, SelectedMode: "false"}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "8", Top: "40", Bottom: "8", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", MinInterval: 1}),
	)
	bar.SetXAxis(labels)
	for _, part := range []struct {
		name, fill string
		points     []point
	}{{a.T("due.soon"), "var(--measure-1)", near}, {a.T("due.later"), "var(--measure-2)", far}} {
		series(bar, part.name, part.points, func(s *charts.SingleSeries) {
			s.Stack, s.BarMaxWidth = "due", "28"
			s.ItemStyle = &opts.ItemStyle{Color: part.fill}
		})
	}
	f.Table = days
	var err error
	f.Chart, err = drawn(bar, 64+56*4, nil)
	return f, err
}

// calendarFigure lists what falls due, day by day and item by item, with the units that owe it.
func (a *ask) calendarFigure(due *answer[[]queries.DueRow]) figure {
	f := figure{
		ID: "calendar", Heading: a.T("due.calendar"), About: a.T("due.calendar_about"), Class: "span-12", Open: true, Failed: due.failed,
		Own: true, Exports: a.exports("obligations", a.dueQuestion()),
	}
	t := &table{
		Label: f.Heading, Search: a.T("table.search_items"), Counter: a.T("due.rows"), Page: 30, Short: true, Empty: a.T("due.none"),
		Columns: []column{
			{Key: "due_on", Label: a.Label("due_on"), Class: "fit title", Sort: "text"},
			{Key: "left", Label: a.T("due.left"), Class: "num", Sort: "number"},
			{Key: "item", Label: a.Label("item"), Class: "wide full text", Sort: "text"},
			{Key: "units", Label: a.Label("units"), Class: "num", Sort: "number"},
			{Key: "obligations", Label: a.T("due.obligations"), Class: "num", Sort: "number"},
			{Key: "unit_names", Label: a.T("lapsed.units"), Class: "wide full text"},
		},
	}
	soon := false
	for _, d := range due.value {
		left := int64(untilDay(a.question.AsOf, d.DueOn))
		tags := ""
		if left <= dueSoon {
			tags, soon = "soon", true
		}
		names := strings.Join(d.Names, a.T("list.comma"))
		if further := int(d.Units) - len(d.Names); further > 0 {
			names += a.T("list.further", "Count", further)
		}
		t.Rows = append(t.Rows, row{Tags: tags, Cells: []cell{
			{Text: a.dayAhead(d.DueOn), Sort: d.DueOn.Format(dayLayout), Class: "fit title", Kind: queries.Date},
			a.days(&left),
			a.words(d.Item).class("wide full text").note(a.CodeLabel("class", d.Class)), a.count(int64(d.Units)), a.count(int64(d.Obligations)),
			a.words(names).class("wide full text"),
		}})
	}
	if soon {
		t.Chips = append(t.Chips, chip{a.T("due.soon"), "soon"})
	}
	f.Table = t
	return f
}
