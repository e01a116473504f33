package procedure

import (
	"strings"
	"time"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

// brokenFigure lists the records that lack a step or have them out of order, with the step concerned.
func (a *request) brokenFigure(broken *page.Answer[[]model.BrokenRow]) page.Figure {
	f := a.RecordsFigure("broken", a.T("procedure.broken"), broken.Failed)
	t := figures.RecordsTable(f.Heading, a.T("procedure.broken_none"), a.T("table.search_records"), a.T("table.records"))
	t.Columns = []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title", Sort: "text"},
		{Key: "item", Note: "title", Label: a.Label("item"), Class: "wide full text", Sort: "text"},
		{Key: "period", Label: a.Label("period"), Class: "fit", Sort: "text"},
		{Key: "concerned", Label: a.T("procedure.concerned"), Class: "wide full text"},
	}
	for _, step := range []string{"proposed", "reviewed", "approved", "published"} {
		t.Columns = append(t.Columns, page.Column{Key: step, Label: a.T("step." + step), Class: "fit", Sort: "text"})
	}
	t.Columns = append(t.Columns, page.Column{Key: "record", Label: a.T("proof.link_heading"), Class: "fit", Link: true})
	for _, r := range broken.Value {
		f.About = a.Found(r.Found, len(broken.Value))
		concerned := a.Words(a.concerned(r)).Classed("wide full text")
		if r.MetInOrder {
			concerned.Note = a.T("procedure.met_otherwise")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(r.UnitID, r.Unit), a.Note(a.Words(r.Item).Classed("wide full text"), r.Title, r.ForSociety), a.OrNone(r.Period, "none.no_period").Classed("fit"), concerned,
			a.stepDay(r.ProposedOn), a.stepDay(r.ReviewedOn), a.stepDay(r.ApprovedOn), a.Day(&r.PublishedOn), a.ProofTo(r.Source, r.RecordID, r.Item, r.Period),
		}})
	}
	f.Table = &t
	return f
}

func (a *request) stepDay(day *time.Time) page.Cell {
	if day == nil {
		return a.None("none.no_step").Classed("fit")
	}
	return a.Day(day)
}

// concerned says which steps a record lacks and which come before the one that they should follow.
func (a *request) concerned(r model.BrokenRow) string {
	var problems []string
	last, lastDay := "", time.Time{}
	for _, step := range []struct {
		name string
		day  *time.Time
	}{{"proposed", r.ProposedOn}, {"reviewed", r.ReviewedOn}, {"approved", r.ApprovedOn}, {"published", &r.PublishedOn}} {
		if step.day == nil {
			problems = append(problems, a.T("procedure.lacks", "Step", a.T("step."+step.name)))
			continue
		}
		if last != "" && step.day.Before(lastDay) {
			problems = append(problems, a.T("procedure.early", "Step", a.T("step."+step.name), "Before", a.T("step."+last), "Days", figures.UntilDay(*step.day, lastDay)))
		}
		last, lastDay = step.name, *step.day
	}
	return strings.Join(problems, a.T("proof.change_separator"))
}
