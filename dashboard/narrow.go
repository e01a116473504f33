package dashboard

import (
	"context"

	"yangguang/queries"
)

// loadRecords is load of a question that reads every record of the units asked. Of very many units it is not asked: narrow says so in the panel.
func loadRecords[T any](a *ask, name string, question queries.Question, ask func(context.Context, queries.Question) (T, error)) *answer[T] {
	if a.large {
		return &answer[T]{failed: true}
	}
	return load(a.panels, name, question, ask)
}

// loadAreas asks what a question about very many units can be narrowed to.
func (a *ask) loadAreas() *answer[[]queries.AreaRow] {
	if !a.large {
		return &answer[[]queries.AreaRow]{}
	}
	return load(a.panels, "areas", a.question, a.store.Areas)
}

// narrow makes panels whose records were not read say so, and lead to smaller areas.
func (a *ask) narrow(areas *answer[[]queries.AreaRow], panels ...*figure) {
	if !a.large {
		return
	}
	for _, panel := range panels {
		*panel = figure{
			ID: panel.ID, Heading: panel.Heading, Class: panel.Class, Exports: panel.Exports,
			About: a.T("narrow.about", "Most", grouped(int64(a.options.Many))), Notice: a.T("narrow.choose"),
		}
		for _, area := range areas.value {
			panel.Choices = append(panel.Choices, link{
				Text: area.Unit + " " + grouped(int64(area.Units)), Href: a.address.with("within", area.UnitID).with("page", "").String() + "#" + panel.ID,
			})
		}
	}
}
