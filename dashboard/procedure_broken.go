package dashboard

import (
	"strings"
	"time"

	"yangguang/queries"
)

// brokenFigure lists the records that lack a step or have them out of order, with the step concerned.
func (a *ask) brokenFigure(broken *answer[[]queries.BrokenRow]) figure {
	f := a.recordsFigure("broken", a.T("procedure.broken"), broken.failed)
	t := recordsTable(f.Heading, a.T("procedure.broken_none"), a.T("table.search_records"), a.T("table.records"))
	t.Columns = []column{
		{Key: "unit", Label: a.Label("unit"), Class: "title", Sort: "text"},
		{Key: "item", Note: "title", Label: a.Label("item"), Class: "wide full text", Sort: "text"},
		{Key: "period", Label: a.Label("period"), Class: "fit", Sort: "text"},
		{Key: "concerned", Label: a.T("procedure.concerned"), Class: "wide full text"},
	}
	for _, step := range []string{"proposed", "reviewed", "approved", "published"} {
		t.Columns = append(t.Columns, column{Key: step, Label: a.T("step." + step), Class: "fit", Sort: "text"})
	}
	t.Columns = append(t.Columns, column{Key: "record", Label: a.T("proof.link_heading"), Class: "fit", Link: true})
	for _, r := range broken.value {
		f.About = a.found(r.Found, len(broken.value))
		concerned := a.words(a.concerned(r)).class("wide full text")
		if r.MetInOrder {
			concerned.Note = a.T("procedure.met_otherwise")
		}
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.unitCell(r.UnitID, r.Unit), a.note(a.words(r.Item).class("wide full text"), r.Title, r.ForSociety), a.orNone(r.Period, "none.no_period").class("fit"), concerned,
			a.stepDay(r.ProposedOn), a.stepDay(r.ReviewedOn), a.stepDay(r.ApprovedOn), a.day(&r.PublishedOn), a.proofTo(r.Source, r.RecordID, r.Item, r.Period),
		}})
	}
	f.Table = &t
	return f
}

func (a *ask) stepDay(day *time.Time) cell {
	if day == nil {
		return a.none("none.no_step").class("fit")
	}
	return a.day(day)
}

// concerned says which steps a record lacks and which come before the one that they should follow.
func (a *ask) concerned(r queries.BrokenRow) string {
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
			problems = append(problems, a.T("procedure.early", "Step", a.T("step."+step.name), "Before", a.T("step."+last), "Days", untilDay(*step.day, lastDay)))
		}
		last, lastDay = step.name, *step.day
	}
	return strings.Join(problems, a.T("proof.change_separator"))
}
