// Package supervision shows the notices of the supervision, the yellow cards and the five institutions.
package supervision

import (
	"context"
	"embed"
	"fmt"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{Files: files, Pages: []page.Page{{Name: "supervision", Pattern: "/supervision", Build: build, Parameters: []string{"page"}, NoRecords: true}}}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what supervision.html shows.
type view struct {
	Sentence, About      string
	Numbers              []page.Number
	Issues, Institutions page.Figure
	Notices              page.Figure
	Repeats, Cards       page.Figure
	Lacking              page.Figure
}

// build answers: what was found, is it put right in time, who is warned again, and who lacks which institution?
func build(_ context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	question := a.Question
	question.Programme, question.Focus = "", "" // notices and institutions know neither
	notices := page.Ask(a.Request, question, ask.FollowedNotices)
	units := page.Ask(a.Request, question, ask.RankingTotals)
	before := figures.LoadPrevious(a.Ask, "previous ranking", question, ask.RankingTotals.From(a.Store))
	institutions := page.Ask(a.Request, question, ask.Institutions)
	lacking := page.Ask(a.Request, question, ask.Lacking(a.Most(lackingShown)))
	a.Panels.Wait()

	body := view{
		Sentence: a.sentence(units, notices), About: a.T("supervision.about"), Numbers: a.numbers(question, units, before, institutions),
		Repeats: a.repeatsFigure(notices, question), Cards: a.cardsFigure(notices, question), Lacking: a.lackingFigure(lacking, question),
	}
	var err error
	if body.Notices, err = a.followedFigure(notices, question); err != nil {
		return page.Content{}, err
	}
	if body.Issues, err = a.issuesFigure(notices, question); err == nil {
		body.Institutions, err = a.institutionsFigure(institutions, question)
	}
	if err != nil {
		return page.Content{}, fmt.Errorf("supervision: %w", err)
	}
	return page.Content{
		Title: a.T("nav.supervision"), Nav: "supervision", Filters: []string{"window", "group"},
		Charts: true, Body: body,
	}, nil
}

func (a *request) sentence(units *page.Answer[model.RankingTotals], notices *page.Answer[[]model.FollowedNotice]) string {
	if units.Failed || notices.Failed {
		return a.T("overview.unknown")
	}
	now, day := units.Value, a.LongDay(a.Question.AsOf, a.Now)
	switch {
	case len(notices.Value) == 0:
		return a.T("supervision.sentence_none", "Day", day)
	case now.OpenRectifications == 0:
		return a.T("supervision.sentence_closed", "Day", day, "Count", len(notices.Value))
	case now.OverdueRectifications == 0:
		return a.T("supervision.sentence_open", "Day", day, "Notices", len(notices.Value), "Count", now.OpenRectifications)
	}
	sentence := a.T("supervision.sentence", "Day", day, "Notices", len(notices.Value), "Open", now.OpenRectifications, "Count", now.OverdueRectifications, "Units", now.OverdueUnits)
	if first := notices.Value[0]; first.Outcome == "overdue" && first.DaysOver != nil {
		sentence += a.T("supervision.longest", "Count", *first.DaysOver)
	}
	return sentence + a.T("sentence.end")
}

func (a *request) numbers(question model.Question, units, before *page.Answer[model.RankingTotals], institutions *page.Answer[[]model.InstitutionsRow]) []page.Number {
	if units.Failed {
		return nil
	}
	now, then := units.Value, before.Value
	isComparable := !before.Failed && then.Units > 0
	numbers := []page.Number{
		a.CountedNumber("overdue_rectifications", "notices", int64(now.OverdueRectifications), figures.ToCompare(int64(then.OverdueRectifications), isComparable)),
		a.CountedNumber("open_rectifications", "notices", int64(now.OpenRectifications), figures.ToCompare(int64(then.OpenRectifications), isComparable)),
		a.CountedNumber("yellow_cards", "cards", int64(now.YellowCards), figures.ToCompare(int64(then.YellowCards), isComparable)),
	}
	numbers[1].Note = a.T("supervision.open_about")
	for i := range numbers {
		numbers[i].Href = "#notices"
	}
	numbers[2].Href = "#cards"
	if institutions.Failed {
		return numbers
	}
	var complete, all uint64
	for _, group := range institutions.Value {
		complete, all = complete+group.Complete, all+group.Units
	}
	return append(numbers, page.Number{
		Label: a.T("figure.complete_institutions"), Rule: a.Definition("complete_institutions"), Value: page.Grouped(int64(complete)), Unit: a.T("unit.of_units", "Count", all),
		Note: a.T("supervision.complete_about"), Href: "#lacking",
	})
}
