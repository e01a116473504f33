package figures

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/queries/model"
)

// monthlyShare is a share of what falls due in a month.
type monthlyShare struct {
	key, colour, symbol, dashes string
	of                          func(model.MonthRow) (part, all uint64)
}

// CoverageShares are the three full-coverage figures: organisations, members, content.
func CoverageShares() []monthlyShare {
	return []monthlyShare{
		{"organisation_coverage", "var(--compare-1)", "circle", "solid", func(m model.MonthRow) (uint64, uint64) { return m.MetUnits, m.Units }},
		{"member_coverage", "var(--compare-2)", "triangle", "dashed", func(m model.MonthRow) (uint64, uint64) { return m.MetMembers, m.Members }},
		{"item_coverage", "var(--compare-3)", "rect", "dotted", func(m model.MonthRow) (uint64, uint64) { return m.OnTime + m.Late, m.Assessed() }},
	}
}

// TimelinessShares are timeliness as it is claimed and as it is evidenced.
func TimelinessShares() []monthlyShare {
	return []monthlyShare{
		{"claimed", "var(--compare-1)", "circle", "solid", func(m model.MonthRow) (uint64, uint64) { return m.OnTime, m.Assessed() }},
		{"evidenced", "var(--compare-2)", "triangle", "dashed", func(m model.MonthRow) (uint64, uint64) { return m.Evidenced, m.Assessed() }},
	}
}

// lastMonths are the last stripMonths months of an answer.
func lastMonths(months []model.MonthRow) []model.MonthRow {
	return months[max(0, len(months)-stripMonths):]
}

// MonthsFigure draws shares by the month in which obligations fall due, with what was counted as a table; texts are those of the name.
func (a *Ask) MonthsFigure(name string, months *page.Answer[[]model.MonthRow], question model.Question, shares []monthlyShare) (page.Figure, error) {
	f := page.Figure{
		ID: name, Heading: a.T(name + ".heading"), About: a.T("months.about"), Class: "span-6", Failed: months.Failed, Own: true, Exports: a.Exports("obligations", question),
	}
	rows := lastMonths(months.Value)
	if len(rows) == 0 {
		return f, nil
	}
	t := &page.Table{Label: f.Heading, Short: true, Columns: []page.Column{{Key: "month", Label: a.T("months.month"), Class: "title stick"}}}
	lines := make([]chart.LineSeries, len(shares))
	for i, share := range shares {
		lines[i] = chart.LineSeries{Name: a.T("figure." + share.key), Colour: share.colour, Symbol: share.symbol, Dashes: share.dashes}
		t.Columns = append(t.Columns, page.Column{Key: share.key, Label: lines[i].Name, Class: "num"})
	}
	for _, state := range []string{"on_time", "late", "lapsed", "unverified", "pending"} {
		t.Columns = append(t.Columns, page.Column{Key: state, Label: a.CodeLabel("state", state), Class: "num"})
	}
	var labels []string
	for _, month := range rows {
		label := a.T("unit.month", "Month", int(month.Month().Month()))
		if year := YearMark(month.Month(), rows[0].Month()); year != "" {
			label += "\n" + year
		}
		labels = append(labels, label)
		cells := []page.Cell{a.Words(month.Month().Format("2006-01")).Classed("title stick")}
		for i, share := range shares {
			p, c := a.monthlyPoint(month, lines[i].Name, share)
			lines[i].Points = append(lines[i].Points, p)
			cells = append(cells, c)
		}
		for _, n := range []uint64{month.OnTime, month.Late, month.Lapsed, month.Unverified, month.Pending} {
			cells = append(cells, a.Count(int64(n)))
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells})
	}
	f.Table = t
	f.About += a.AxisNote(lines, " %")
	var err error
	f.Chart, err = chart.Lines(a.T(name+".aria"), labels, "{value} %", lines...)
	return f, err
}

// monthlyPoint is a month's share as a point and as a cell; a month without anything assessed has none.
func (a *Ask) monthlyPoint(month model.MonthRow, name string, of monthlyShare) (chart.Point, page.Cell) {
	part, all := of.of(month)
	if all == 0 {
		return chart.Point{Value: "-"}, a.Ratio(nil)
	}
	ratio := decimal.NewFromUint64(part).DivRound(decimal.NewFromUint64(all), 4)
	tip := []string{month.Month().Format("2006-01"), name + "  " + page.Percent(ratio), page.Grouped(int64(part)) + " / " + page.Grouped(int64(all))}
	c := a.Ratio(&ratio)
	c.Note = tip[2]
	return chart.Point{Value: page.Share(ratio), Tip: tip, Link: a.MonthHref(month.Month())}, c
}

// MonthHref is the same page about what falls due in the window's part of a month.
func (a *Ask) MonthHref(month time.Time) string {
	first, last := month, month.AddDate(0, 1, -1)
	if first.Before(a.Question.From) {
		first = a.Question.From
	}
	if last.After(a.Question.To) {
		last = a.Question.To
	}
	return a.Address.With("from", first.Format(page.DayLayout)).With("to", last.Format(page.DayLayout)).With("page", "").String()
}

// stripMonths bounds the strip: a longer window shows its last months.
const stripMonths = 24

// MonthsOf lists the first days of the months that the window touches, the last stripMonths of them.
func (a *Ask) MonthsOf(question model.Question) []time.Time {
	var months []time.Time
	first := func(day time.Time) time.Time { return time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC) }
	from := first(question.From)
	if earliest := first(question.To).AddDate(0, 1-stripMonths, 0); from.Before(earliest) {
		from = earliest
	}
	for month := from; !month.After(question.To); month = month.AddDate(0, 1, 0) {
		months = append(months, month)
	}
	return months
}

// YearMark names the year over the first month shown and over every January.
func YearMark(month, first time.Time) string {
	if month.Equal(first) || month.Month() == time.January {
		return month.Format("2006")
	}
	return ""
}

// AxisNote says where the axis of lines begins, unless at 0.
func (a *Ask) AxisNote(all []chart.LineSeries, unit string) string {
	if from := chart.AxisFrom(all); from > 0 {
		return a.T("chart.axis_from", "From", strconv.Itoa(from)+unit)
	}
	return ""
}
