package dashboard

import (
	"context"
	"fmt"

	"yangguang/queries"
)

// supervisionBody is what pages/supervision.html shows.
type supervisionBody struct {
	Sentence, About      string
	Numbers              []number
	Issues, Institutions figure
	Notices              figure
	Repeats, Cards       figure
	Lacking              figure
}

// supervision answers: what was found, is it put right in time, who is warned again, and who lacks which institution?
func supervision(_ context.Context, a *ask) (content, error) {
	question := a.question
	question.Programme, question.Focus = "", "" // notices and institutions know neither
	notices := load(a.panels, "followed notices", question, a.store.FollowedNotices)
	units := load(a.panels, "ranking", question, a.rankingTotals)
	before := loadPrevious(a, "previous ranking", question, a.rankingTotals)
	institutions := load(a.panels, "institutions", question, a.store.Institutions)
	lacking := load(a.panels, "lacking institutions", question, func(ctx context.Context, question queries.Question) ([]queries.LackingRow, error) {
		return a.store.Lacking(ctx, question, a.most(lackingShown))
	})
	a.panels.wait()

	body := supervisionBody{
		Sentence: a.supervisionSentence(units, notices), About: a.T("supervision.about"), Numbers: a.supervisionNumbers(question, units, before, institutions),
		Repeats: a.repeatsFigure(notices, question), Cards: a.cardsFigure(notices, question), Lacking: a.lackingFigure(lacking, question),
	}
	var err error
	if body.Notices, err = a.followedFigure(notices, question); err != nil {
		return content{}, err
	}
	if body.Issues, err = a.issuesFigure(notices, question); err == nil {
		body.Institutions, err = a.institutionsFigure(institutions, question)
	}
	if err != nil {
		return content{}, fmt.Errorf("supervision: %w", err)
	}
	return content{
		Title: a.T("nav.supervision"), Nav: "supervision", Filters: []string{"window", "group"},
		Charts: true, Body: body,
	}, nil
}

func (a *ask) supervisionSentence(units *answer[queries.RankingTotals], notices *answer[[]queries.FollowedNotice]) string {
	if units.failed || notices.failed {
		return a.T("overview.unknown")
	}
	now, day := units.value, a.longDay(a.question.AsOf, a.now)
	switch {
	case len(notices.value) == 0:
		return a.T("supervision.sentence_none", "Day", day)
	case now.OpenRectifications == 0:
		return a.T("supervision.sentence_closed", "Day", day, "Count", len(notices.value))
	case now.OverdueRectifications == 0:
		return a.T("supervision.sentence_open", "Day", day, "Notices", len(notices.value), "Count", now.OpenRectifications)
	}
	sentence := a.T("supervision.sentence", "Day", day, "Notices", len(notices.value), "Open", now.OpenRectifications, "Count", now.OverdueRectifications, "Units", now.OverdueUnits)
	if first := notices.value[0]; first.Outcome == "overdue" && first.DaysOver != nil {
		sentence += a.T("supervision.longest", "Count", *first.DaysOver)
	}
	return sentence + a.T("sentence.end")
}

func (a *ask) supervisionNumbers(question queries.Question, units, before *answer[queries.RankingTotals], institutions *answer[[]queries.InstitutionsRow]) []number {
	if units.failed {
		return nil
	}
	now, then := units.value, before.value
	isComparable := !before.failed && then.Units > 0
	numbers := []number{
		a.countedNumber("overdue_rectifications", "notices", int64(now.OverdueRectifications), toCompare(int64(then.OverdueRectifications), isComparable)),
		a.countedNumber("open_rectifications", "notices", int64(now.OpenRectifications), toCompare(int64(then.OpenRectifications), isComparable)),
		a.countedNumber("yellow_cards", "cards", int64(now.YellowCards), toCompare(int64(then.YellowCards), isComparable)),
	}
	numbers[1].Note = a.T("supervision.open_about")
	for i := range numbers {
		numbers[i].Href = "#notices"
	}
	numbers[2].Href = "#cards"
	if institutions.failed {
		return numbers
	}
	var complete, all uint64
	for _, group := range institutions.value {
		complete, all = complete+group.Complete, all+group.Units
	}
	return append(numbers, number{
		Label: a.T("figure.complete_institutions"), Rule: a.definition("complete_institutions"), Value: grouped(int64(complete)), Unit: a.T("unit.of_units", "Count", all),
		Note: a.T("supervision.complete_about"), Href: "#lacking",
	})
}
