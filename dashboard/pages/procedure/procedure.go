// Package procedure shows whether what is disclosed goes through the four steps in order.
package procedure

import (
	"context"
	"embed"
	"fmt"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{Files: files, Pages: []page.Page{{Name: "procedure", Pattern: "/procedure", Build: build}}}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what procedure.html shows.
type view struct {
	Sentence, About string
	Numbers         []page.Number
	Flow, Times     page.Figure
	Groups, Lowest  page.Figure
	Broken          page.Figure
}

// build answers: does what is disclosed go through the four steps in order, how long do they take, and who leaves some out?
func build(_ context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	question := a.Question
	flow := figures.AskRecords(a.Ask, question, ask.Flow)
	times := figures.AskRecords(a.Ask, question, ask.StepTimes)
	broken := figures.AskRecords(a.Ask, question, ask.Broken(a.Listed()))
	summary, before := a.Summaries(question)
	lowest := page.Load(a.Panels, "lowest", question, a.Lowest("procedure", func(r model.RankingRow) *decimal.Decimal { return r.Procedure }))
	areas := a.LoadAreas()
	a.Panels.Wait()

	all := flowOf(flow.Value)
	body := view{
		Sentence: a.sentence(flow.Failed, all, figures.GroupRow(summary.Value, question.Group)), About: a.WindowSentence() + a.T("procedure.about"),
		Numbers: a.numbers(flow.Failed, all, figures.GroupRow(summary.Value, question.Group), figures.PreviousOf(before, question.Group)),
		Lowest:  a.LowestFigure(lowest, "procedure", func(r model.RankingRow) *decimal.Decimal { return r.Procedure }),
		Broken:  a.brokenFigure(broken),
	}
	var err error
	if body.Flow, err = a.flowFigure(flow); err == nil {
		if body.Times, err = a.TimesFigure(times, question); err == nil {
			body.Groups, err = a.GroupMeasures("procedure", summary, figures.GroupMeasure{Key: "procedure", Fill: "var(--measure-1)", Decal: "", Of: func(r model.SummaryRow) *decimal.Decimal { return r.Procedure }})
		}
	}
	if err != nil {
		return page.Content{}, fmt.Errorf("procedure: %w", err)
	}
	a.Narrow(areas, &body.Flow, &body.Times, &body.Broken)
	return page.Content{
		Title: a.T("nav.procedure"), Nav: "procedure", Filters: figures.AnalysisFilters(), Charts: true, Body: body,
	}, nil
}

// flowOf is the row of all groups asked; without met obligations everything is zero.
func flowOf(rows []model.FlowRow) model.FlowRow {
	for _, row := range rows {
		if row.Group == "all" {
			return row
		}
	}
	return model.FlowRow{}
}

func (a *request) sentence(failed bool, all model.FlowRow, now *model.SummaryRow) string {
	switch {
	case a.Large && now != nil && now.Procedure != nil:
		return a.T("procedure.sentence_many", "Day", a.LongDay(a.Question.AsOf, a.Now), "Units", page.Grouped(now.Units), "Ratio", page.Percent(*now.Procedure))
	case failed:
		return a.T("overview.unknown")
	case all.WithSteps == 0:
		return a.T("procedure.sentence_none")
	}
	return a.T("procedure.sentence", "Day", a.LongDay(a.Question.AsOf, a.Now), "Count", all.WithSteps, "Ordered", all.InOrder,
		"Missing", all.WithSteps-all.Complete, "Disordered", all.Complete-all.InOrder)
}

func (a *request) numbers(failed bool, all model.FlowRow, now *model.SummaryRow, before figures.Previous) []page.Number {
	if failed && !a.Large || now == nil {
		return nil
	}
	measure := a.RatioNumber("procedure", now.Procedure, before.Procedure)
	measure.Href = a.Address.At("/ranking/"+a.Question.Group).With("sort", "procedure").String() + "#units"
	if now.Procedure == nil {
		measure.None = a.T("none.no_steps")
	}
	numbers := []page.Number{measure}
	if a.Large { // the others are counted from records
		return numbers
	}
	for _, count := range []struct {
		name  string
		value uint64
	}{
		{"with_steps", all.WithSteps}, {"in_order", all.InOrder}, {"step_missing", all.WithSteps - all.Complete}, {"disordered", all.Complete - all.InOrder},
	} {
		n := a.Counted(count.name, "items", int64(count.value))
		n.Href = "#broken"
		numbers = append(numbers, n)
	}
	numbers[1].Href, numbers[2].Href = "#flow", "#flow"
	numbers[1].Note = a.T("procedure.of_met", "Count", all.Met)
	return numbers
}
