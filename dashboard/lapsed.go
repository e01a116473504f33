package dashboard

import (
	"context"
	"fmt"
	"slices"

	"yangguang/queries"
)

// lapsedBody is what pages/lapsed.html shows.
type lapsedBody struct {
	Sentence, About string
	Numbers         []number
	Ages, Due       figure
	Lapses          figure
	Calendar        figure
	Unverified      figure
}

// lapsed answers: what is overdue, whose is it, since when, and what falls due next?
func lapsed(_ context.Context, a *ask) (content, error) {
	by := a.address.get("by")
	if by != "" && by != "unit" && by != "item" {
		return content{}, &queries.UserError{Parameter: "by", Value: by, Expected: "one of unit, item"}
	}
	if age := a.address.get("age"); age != "" && !slices.ContainsFunc(ageFills(), func(f ageFill) bool { return f.band == age }) {
		return content{}, &queries.UserError{Parameter: "age", Value: age, Expected: "one of to_7, to_30, to_90, over_90"}
	}
	question := a.question
	list, err := a.listedLapses(by)
	if err != nil {
		return content{}, err
	}
	now := load(a.panels, "lapsed", question, a.tellLapses)
	before := loadPrevious(a, "previous lapsed", question, a.tellLapses)
	summaryBefore := loadPrevious(a, "previous summary", question, a.store.Summary)
	listed := load(a.panels, "list of lapses", question, list)
	unverified := load(a.panels, "unverified", question, func(ctx context.Context, question queries.Question) ([]queries.UnverifiedRow, error) {
		return a.store.Unverified(ctx, question, a.most(lapsedApart))
	})
	due := load(a.panels, "due", question, func(ctx context.Context, question queries.Question) ([]queries.DueRow, error) {
		return a.store.Due(ctx, question, dueDays)
	})
	coverage := load(a.panels, "coverage", question, a.store.Coverage)
	a.panels.wait()

	isComparable := !before.failed && previousOf(summaryBefore, question.Group).owed
	body := lapsedBody{
		Sentence: a.lapsedSentence(now, before, isComparable), About: a.T("lapsed.about"), Numbers: a.lapsedNumbers(now, before, isComparable, unverified),
		Unverified: a.unverifiedFigure(unverified), Calendar: a.calendarFigure(due),
	}
	if body.Ages, err = a.agesFigure(now); err == nil {
		body.Due, err = a.dueFigure(due)
	}
	if err != nil {
		return content{}, fmt.Errorf("lapsed: %w", err)
	}
	if body.Lapses, err = a.lapsesFigure(now, listed, by); err != nil {
		return content{}, err
	}
	return content{
		Title: a.T("nav.lapsed"), Nav: "lapsed", Alerts: a.failingAlerts(covering{coverage, a.sources}), Charts: true,
		Filters: []string{"window", "programme", "focus", "group"}, Body: body,
	}, nil
}

func (a *ask) lapsedSentence(now, before *answer[lapsedTold], isComparable bool) string {
	all := now.value.all()
	switch {
	case now.failed:
		return a.T("overview.unknown")
	case all.Lapsed == 0:
		return a.T("lapsed.sentence_none", "Day", a.longDay(a.question.AsOf, a.now))
	}
	sentence := a.T("lapsed.sentence", "Day", a.longDay(a.question.AsOf, a.now), "Units", all.Units, "Count", all.Lapsed) +
		a.T("lapsed.since", "Day", a.longDay(all.Earliest, a.question.AsOf))
	if !isComparable {
		return sentence + a.T("sentence.end")
	}
	return sentence + a.compared("lapsed.change", int(all.Lapsed)-int(before.value.all().Lapsed))
}

func (a *ask) lapsedNumbers(now, before *answer[lapsedTold], isComparable bool, unverified *answer[[]queries.UnverifiedRow]) []number {
	if now.failed {
		return nil
	}
	all, then := now.value.all(), before.value.all()
	numbers := []number{
		a.countNumber("lapsed", int64(all.Lapsed), toCompare(int64(then.Lapsed), isComparable)),
		a.countNumber("essential_lapsed", int64(all.Essential), toCompare(int64(then.Essential), isComparable)),
		a.countedNumber("oldest_days", "days", all.Longest, toCompare(then.Longest, isComparable)),
		a.countedNumber("lapsing_units", "units", int64(all.Units), toCompare(int64(then.Units), isComparable)),
	}
	if all.Carried > 0 {
		numbers[0].Note = a.T("lapsed.carried", "Count", all.Carried)
	}
	list := a.address.with("page", "").with("by", "").with("age", "").with("item", "")
	for i := range numbers {
		numbers[i].Href = list.String() + "#lapses"
	}
	numbers[3].Href = list.with("by", "unit").String() + "#lapses"
	if !unverified.failed {
		found := int64(foundUnverified(unverified.value))
		numbers = append(numbers, number{
			Label: a.CodeLabel("state", "unverified"), Value: grouped(found), Unit: a.noun("items", found),
			Note: a.T("lapsed.not_counted"), Href: "#unverified",
		})
	}
	return numbers
}

func foundUnverified(rows []queries.UnverifiedRow) uint64 {
	if len(rows) == 0 {
		return 0
	}
	return rows[0].Found
}
