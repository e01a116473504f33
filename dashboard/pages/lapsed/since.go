package lapsed

import (
	"slices"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

// listedFigure is the list of lapses, or of what changed since the last meeting in the way that the address names.
func (a *request) listedFigure(now *page.Answer[figures.Lapses], listed *page.Answer[listing], since *page.Answer[figures.Since], by string) (f page.Figure, err error) {
	changed := a.Address.Get("since")
	if changed == "" {
		f, err = a.lapsesFigure(now, listed, by)
		switch {
		case err != nil || since == nil:
		case since.Failed:
			f.Lacks = a.T("lacks.since")
		case since.Value.Meeting != nil:
			f.Choices = append(f.Choices, a.sinceChoices(since.Value, "")...)
		default:
			f.Notice = a.WhyNotCompared(since.Value)
		}
		return f, err
	}
	f = page.Figure{ID: "lapses", Heading: a.T("lapsed.list"), Class: "span-12", Open: true}
	back := page.Link{Text: a.T("lapsed.by"), Href: a.Address.With("since", "").With("page", "").String() + "#lapses"}
	switch {
	case since == nil:
		f.Notice = a.T("since.why.large")
		f.Choices = []page.Link{back}
		return f, nil
	case since.Failed || since.Value.Meeting == nil:
		told := a.SincePanel(since)
		f.Failed, f.Notice, f.More, f.Choices = told.Failed, told.Notice, told.More, []page.Link{back}
		return f, nil
	}
	rows := slices.DeleteFunc(slices.Clone(since.Value.Rows), func(row model.SinceRow) bool { return row.Change != changed })
	f.Heading = a.T("since.list_"+changed, "Meeting", a.MeetingWords(since.Value.Meeting))
	f.About = a.T("since.list_about", "Count", len(rows)) + a.MeetingAbout(since.Value.Meeting)
	f.Own, f.Choices = true, append([]page.Link{back}, a.sinceChoices(since.Value, changed)...)
	if a.Exporting == "" {
		if rows, f.Pages, err = page.Paged(a.Request, rows, pageRows, f.ID); err != nil {
			return f, err
		}
	}
	f.Table = a.sinceTable(rows, &f)
	return f, nil
}

// sinceChoices keep those of the list that changed in one way.
func (a *request) sinceChoices(since figures.Since, current string) (choices []page.Link) {
	for _, change := range figures.SinceChanges() {
		count, _ := since.Of(change)
		if count == 0 && change == "left" {
			continue
		}
		choices = append(choices, page.Link{
			Text: a.T("figure.since_"+change) + " " + page.Grouped(count), Current: current == change,
			Href: a.Address.With("since", change).With("by", "").With("age", "").With("item", "").With("page", "").String() + "#lapses",
		})
	}
	return choices
}

// sinceTable lists what changed since the meeting, with what it is now.
func (a *request) sinceTable(rows []model.SinceRow, f *page.Figure) *page.Table {
	t := &page.Table{Label: f.Heading, Short: true, Empty: a.T("since.none"), Columns: []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title"},
		{Key: "item", Label: a.Label("item"), Class: "wide full text"},
		{Key: "period", Label: a.Label("period"), Class: "fit"},
		{Key: "due_on", Label: a.Label("due_on"), Class: "fit"},
		{Key: "state", Label: a.Label("state"), Class: "fit"},
		{Key: "published_on", Label: a.Label("published_on"), Class: "fit"},
		{Key: "delay_days", Label: a.Label("delay_days"), Class: "num"},
	}}
	var villages []string
	for _, row := range rows {
		if row.Group == "villages" {
			villages = append(villages, row.UnitID)
		}
	}
	towns := a.Towns(villages, f)
	for _, row := range rows {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(row.UnitID, row.Unit).Classed("title").Noted(a.Placed(row.UnitID, row.Group, towns)),
			a.Words(row.Item).Classed("wide full text").Noted(a.CodeLabel("class", row.Class)),
			a.Period(row.Cadence, row.Period), a.Day(row.DueOn), a.SinceState(row), a.Day(row.PublishedOn), a.Days(row.DelayDays),
		}})
	}
	return t
}
