package unit

import (
	"cmp"
	"slices"
	"time"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

// stripPanel is the obligations as months × items: one mark for each obligation in the month in which it falls due.
type stripPanel struct {
	page.Figure
	Months []stripMonth
	Rows   []stripRow
}

type stripMonth struct{ Label, Year string }

type stripRow struct {
	Item, Class string
	Months      [][]page.Cell // marks; standing and undated obligations stand in the last column
}

func (a *request) stripPanel(obligations *page.Answer[[]model.ObligationRow], question model.Question) stripPanel {
	p := stripPanel{Figure: page.Figure{
		ID: "strip", Heading: a.T("unit.strip"), About: a.T("unit.strip_about"), Class: "span-7",
		Failed: obligations.Failed, Exports: a.Exports("obligations", question),
	}}
	if len(obligations.Value) == 0 {
		return p
	}
	months := a.MonthsOf(question)
	for _, month := range months {
		p.Months = append(p.Months, stripMonth{Label: a.T("unit.month", "Month", int(month.Month())), Year: figures.YearMark(month, months[0])})
	}
	rows := map[string]*stripRow{}
	failing := map[string]int{}
	var order []string
	seen := map[string]bool{}
	for _, o := range obligations.Value {
		if rows[o.ItemID] == nil {
			rows[o.ItemID] = &stripRow{Item: o.Item, Class: a.CodeLabel("class", o.Class), Months: make([][]page.Cell, len(months)+1)}
			order = append(order, o.ItemID)
		}
		column := len(months)
		if o.DueOn != nil && o.Cadence != "standing" {
			column = slices.IndexFunc(months, func(m time.Time) bool { return m.Year() == o.DueOn.Year() && m.Month() == o.DueOn.Month() })
			if column < 0 {
				continue
			}
		}
		mark := a.State(o.State, o.DelayDays)
		mark.Title = a.markTitle(o)
		rows[o.ItemID].Months[column] = append(rows[o.ItemID].Months[column], mark)
		seen[o.State] = true
		if o.State == "lapsed" {
			failing[o.ItemID] += 100
		} else if o.State == "late" {
			failing[o.ItemID]++
		}
	}
	slices.SortStableFunc(order, func(x, y string) int { return cmp.Compare(failing[y], failing[x]) }) // worst item on top
	for _, id := range order {
		p.Rows = append(p.Rows, *rows[id])
	}
	for _, state := range model.ObligationStates() {
		if seen[state] {
			p.Key = append(p.Key, a.State(state, nil))
		}
	}
	return p
}

func (a *request) markTitle(o model.ObligationRow) string {
	title := o.Item
	if o.Period != "" {
		title += " · " + a.PeriodText(o.Cadence, o.Period)
	}
	title += " · " + a.CodeLabel("state", o.State)
	if o.DueOn != nil {
		title += " · " + a.T("unit.due", "Day", o.DueOn.Format(page.DayLayout))
	}
	return title
}
