package figures

import (
	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// AskRecords is page.Ask of a question that reads every record of the units asked. Of very many units it is not asked: Narrow says so in the panel.
func AskRecords[T any](a *Ask, question model.Question, query ask.Query[T]) *page.Answer[T] {
	if a.Large {
		return &page.Answer[T]{Failed: true}
	}
	return page.Ask(a.Request, question, query)
}

// LoadAreas asks what a question about very many units can be narrowed to.
func (a *Ask) LoadAreas() *page.Answer[[]model.AreaRow] {
	if !a.Large {
		return &page.Answer[[]model.AreaRow]{}
	}
	return page.Ask(a.Request, a.Question, ask.Areas)
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
