package dashboard

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"yangguang/queries"
)

// procedureBody is what pages/procedure.html shows.
type procedureBody struct {
	Sentence, About string
	Numbers         []number
	Flow, Times     figure
	Groups, Lowest  figure
	Broken          figure
}

// procedure answers: does what is disclosed go through the four steps in order, how long do they take, and who leaves some out?
func procedure(_ context.Context, a *ask) (content, error) {
	question := a.question
	flow := loadRecords(a, "flow", question, a.store.Flow)
	times := loadRecords(a, "step times", question, a.store.StepTimes)
	broken := loadRecords(a, "broken", question, limited(a, a.store.Broken))
	summary := load(a.panels, "summary", question, a.store.Summary)
	before := loadPrevious(a, "previous summary", question, a.store.Summary)
	lowest := load(a.panels, "lowest", question, a.lowest("procedure", func(r queries.RankingRow) *decimal.Decimal { return r.Procedure }))
	areas := a.loadAreas()
	a.panels.wait()

	all := flowOf(flow.value)
	body := procedureBody{
		Sentence: a.procedureSentence(flow.failed, all, groupRow(summary.value, question.Group)), About: a.windowSentence() + a.T("procedure.about"),
		Numbers: a.procedureNumbers(flow.failed, all, groupRow(summary.value, question.Group), previousOf(before, question.Group)),
		Lowest:  a.lowestFigure(lowest, "procedure", func(r queries.RankingRow) *decimal.Decimal { return r.Procedure }),
		Broken:  a.brokenFigure(broken),
	}
	var err error
	if body.Flow, err = a.flowFigure(flow); err == nil {
		if body.Times, err = a.timesFigure(times, question); err == nil {
			body.Groups, err = a.groupMeasures("procedure", summary, groupMeasure{"procedure", "var(--measure-1)", "", func(r queries.SummaryRow) *decimal.Decimal { return r.Procedure }})
		}
	}
	if err != nil {
		return content{}, fmt.Errorf("procedure: %w", err)
	}
	a.narrow(areas, &body.Flow, &body.Times, &body.Broken)
	return content{
		Title: a.T("nav.procedure"), Nav: "procedure", Filters: analysisFilters(), Charts: true, Body: body,
	}, nil
}

// flowOf is the row of all groups asked; without met obligations everything is zero.
func flowOf(rows []queries.FlowRow) queries.FlowRow {
	for _, row := range rows {
		if row.Group == "all" {
			return row
		}
	}
	return queries.FlowRow{}
}

func (a *ask) procedureSentence(failed bool, all queries.FlowRow, now *queries.SummaryRow) string {
	switch {
	case a.large && now != nil && now.Procedure != nil:
		return a.T("procedure.sentence_many", "Day", a.longDay(a.question.AsOf, a.now), "Units", grouped(now.Units), "Ratio", percent(*now.Procedure))
	case failed:
		return a.T("overview.unknown")
	case all.WithSteps == 0:
		return a.T("procedure.sentence_none")
	}
	return a.T("procedure.sentence", "Day", a.longDay(a.question.AsOf, a.now), "Count", all.WithSteps, "Ordered", all.InOrder,
		"Missing", all.WithSteps-all.Complete, "Disordered", all.Complete-all.InOrder)
}

func (a *ask) procedureNumbers(failed bool, all queries.FlowRow, now *queries.SummaryRow, before previous) []number {
	if failed && !a.large || now == nil {
		return nil
	}
	measure := a.ratioNumber("procedure", now.Procedure, before.Procedure)
	measure.Href = a.address.at("/ranking/"+a.question.Group).with("sort", "procedure").String() + "#units"
	if now.Procedure == nil {
		measure.None = a.T("none.no_steps")
	}
	numbers := []number{measure}
	if a.large { // the others are counted from records
		return numbers
	}
	for _, count := range []struct {
		name  string
		value uint64
	}{
		{"with_steps", all.WithSteps}, {"in_order", all.InOrder}, {"step_missing", all.WithSteps - all.Complete}, {"disordered", all.Complete - all.InOrder},
	} {
		n := a.counted(count.name, "items", int64(count.value))
		n.Href = "#broken"
		numbers = append(numbers, n)
	}
	numbers[1].Href, numbers[2].Href = "#flow", "#flow"
	numbers[1].Note = a.T("procedure.of_met", "Count", all.Met)
	return numbers
}
