package figures

import (
	"context"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// LoadRecords is load of a question that reads every record of the units asked. Of very many units it is not asked: narrow says so in the panel.
func LoadRecords[T any](a *Ask, name string, question model.Question, ask func(context.Context, model.Question) (T, error)) *page.Answer[T] {
	if a.Large {
		return &page.Answer[T]{Failed: true}
	}
	return page.Load(a.Panels, name, question, ask)
}

// LoadAreas asks what a question about very many units can be narrowed to.
func (a *Ask) LoadAreas() *page.Answer[[]model.AreaRow] {
	if !a.Large {
		return &page.Answer[[]model.AreaRow]{}
	}
	return page.Load(a.Panels, "areas", a.Question, a.Store.Areas)
}

// Narrow makes panels whose records were not read say so, and lead to smaller areas.
func (a *Ask) Narrow(areas *page.Answer[[]model.AreaRow], panels ...*page.Figure) {
	if !a.Large {
		return
	}
	for _, panel := range panels {
		*panel = page.Figure{
			ID: panel.ID, Heading: panel.Heading, Class: panel.Class, Exports: panel.Exports,
			About: a.T("narrow.about", "Most", page.Grouped(int64(a.Options.Many))), Notice: a.T("narrow.choose"),
		}
		for _, area := range areas.Value {
			panel.Choices = append(panel.Choices, page.Link{
				Text: area.Unit + " " + page.Grouped(int64(area.Units)), Href: a.Address.With("within", area.UnitID).With("page", "").String() + "#" + panel.ID,
			})
		}
	}
}
