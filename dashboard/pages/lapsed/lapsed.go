// Package lapsed shows what is overdue, whose it is, since when, and what falls due next.
package lapsed

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{
		Files: files,
		Pages: []page.Page{{Name: "lapsed", Pattern: "/lapsed", Build: build, Parameters: []string{"by", "page", "age", "item", "since"}, NoRecords: true}},
	}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what lapsed.html shows.
type view struct {
	Sentence, About string
	Numbers         []page.Number
	Ages, Due       page.Figure
	Lapses          page.Figure
	Calendar        page.Figure
	Unverified      page.Figure
	Chosen          []chosenUnit // of whom a rectification notice can be drafted; none: nobody drafts here
}

// build answers: what is overdue, whose is it, since when, and what falls due next?
func build(_ context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	by := a.Address.Get("by")
	if by != "" && by != "unit" && by != "item" {
		return page.Content{}, &model.UserError{Parameter: "by", Value: by, Expected: "one of unit, item"}
	}
	if age := a.Address.Get("age"); age != "" && !slices.ContainsFunc(ageFills(), func(f ageFill) bool { return f.band == age }) {
		return page.Content{}, &model.UserError{Parameter: "age", Value: age, Expected: "one of to_7, to_30, to_90, over_90"}
	}
	if changed := a.Address.Get("since"); changed != "" && !slices.Contains(figures.SinceChanges(), changed) {
		return page.Content{}, &model.UserError{Parameter: "since", Value: changed, Expected: "one of " + strings.Join(figures.SinceChanges(), ", ")}
	}
	question := a.Question
	list, err := a.listedLapses(by)
	if err != nil {
		return page.Content{}, err
	}
	now := page.Load(a.Panels, "lapsed", question, a.Lapses)
	before := figures.LoadPrevious(a.Ask, "previous lapsed", question, a.Lapses)
	owed := a.OwedBefore(question)
	since := a.LoadSince(question)
	listed := page.Load(a.Panels, "list of lapses", question, list)
	unverified := page.Ask(a.Request, question, ask.Unverified(a.Most(unverifiedListed)))
	due := page.Ask(a.Request, question, ask.Due(figures.DueDays))
	coverage := page.Ask(a.Request, question, ask.Coverage)
	a.Panels.Wait()

	isComparable := !before.Failed && owed.Value
	body := view{
		Sentence: a.sentence(now, before, isComparable), About: a.T("lapsed.about"), Numbers: a.numbers(now, before, isComparable, unverified),
		Unverified: a.unverifiedFigure(unverified), Calendar: a.calendarFigure(due), Chosen: a.chosenUnits(listed, by),
	}
	if body.Ages, err = a.agesFigure(now); err == nil {
		body.Due, err = a.dueFigure(due)
	}
	if err != nil {
		return page.Content{}, fmt.Errorf("lapsed: %w", err)
	}
	if body.Lapses, err = a.listedFigure(now, listed, since, by); err != nil {
		return page.Content{}, err
	}
	return page.Content{
		Title: a.T("nav.lapsed"), Nav: "lapsed", Alerts: a.FailingAlerts(page.Covering{Coverage: coverage, Sources: a.Sources}), Charts: true,
		Filters: []string{"window", "programme", "focus", "group"},
		Further: a.BaselineFilter(a.SinceFilter(since), figures.MeetingName(since)), Body: body,
		Feeds: []page.Feed{a.CalendarFeed(a.Within.Value, ""), a.LapsedFeed(a.Within.Value, "")},
	}, nil
}

func (a *request) sentence(now, before *page.Answer[figures.Lapses], isComparable bool) string {
	all := now.Value.All()
	switch {
	case now.Failed:
		return a.T("overview.unknown")
	case all.Lapsed == 0:
		return a.T("lapsed.sentence_none", "Day", a.LongDay(a.Question.AsOf, a.Now))
	}
	sentence := a.T("lapsed.sentence", "Day", a.LongDay(a.Question.AsOf, a.Now), "Units", all.Units, "Count", all.Lapsed) +
		a.T("lapsed.since", "Day", a.LongDay(all.Earliest, a.Question.AsOf))
	if !isComparable {
		return sentence + a.T("sentence.end")
	}
	return sentence + a.Compared("lapsed.change", int(all.Lapsed)-int(before.Value.All().Lapsed))
}

func (a *request) numbers(now, before *page.Answer[figures.Lapses], isComparable bool, unverified *page.Answer[[]model.UnverifiedRow]) []page.Number {
	if now.Failed {
		return nil
	}
	all, then := now.Value.All(), before.Value.All()
	numbers := []page.Number{
		a.CountNumber("lapsed", int64(all.Lapsed), figures.ToCompare(int64(then.Lapsed), isComparable)),
		a.CountNumber("essential_lapsed", int64(all.Essential), figures.ToCompare(int64(then.Essential), isComparable)),
		a.CountedNumber("oldest_days", "days", all.Longest, figures.ToCompare(then.Longest, isComparable)),
		a.CountedNumber("lapsing_units", "units", int64(all.Units), figures.ToCompare(int64(then.Units), isComparable)),
	}
	if all.Carried > 0 {
		numbers[0].Note = a.T("lapsed.carried", "Count", all.Carried)
	}
	list := a.Address.With("page", "").With("by", "").With("age", "").With("item", "")
	for i := range numbers {
		numbers[i].Href = list.String() + "#lapses"
	}
	numbers[3].Href = list.With("by", "unit").String() + "#lapses"
	if !unverified.Failed {
		found := int64(foundUnverified(unverified.Value))
		numbers = append(numbers, page.Number{
			Label: a.CodeLabel("state", "unverified"), Value: page.Grouped(found), Unit: a.Noun("items", found),
			Note: a.T("lapsed.not_counted"), Href: "#unverified",
		})
	}
	return numbers
}

func foundUnverified(rows []model.UnverifiedRow) uint64 {
	if len(rows) == 0 {
		return 0
	}
	return rows[0].Found
}
