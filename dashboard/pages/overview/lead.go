package overview

import (
	"cmp"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

// lead is what comes first: the sentence that answers, and five figures.
type lead struct {
	Sentence, About string
	Due             *page.Link // what falls due next
	Numbers         []page.Number
}

// leadAnswers are what a lead is made of.
type leadAnswers struct {
	summary, before *page.Answer[[]model.SummaryRow]
	due             *page.Answer[[]model.DueRow]
}

func (a *request) loadLead(question model.Question) (l leadAnswers) {
	l.summary, l.before = a.Summaries(question)
	l.due = a.due()
	return l
}

func (a *request) lead(l leadAnswers) lead {
	now, before := figures.GroupRow(l.summary.Value, a.Question.Group), figures.PreviousOf(l.before, a.Question.Group)
	made := lead{Sentence: a.sentence(l, before), About: a.WindowSentence(), Numbers: a.numbers(now, before)}
	if len(made.Numbers) > 0 {
		made.Due = a.dueLink(l.due)
	}
	return made
}

// sentence says how many units have something lapsed, and how many had before if anything was owed then.
func (a *request) sentence(l leadAnswers, before figures.Previous) string {
	group := figures.GroupRow(l.summary.Value, a.Question.Group)
	if l.summary.Failed || a.Within.Failed {
		return a.T("overview.unknown")
	}
	if group == nil {
		group = &model.SummaryRow{}
	}
	sentence := a.T("overview.sentence", "Day", a.LongDay(a.Question.AsOf, a.Now), "Area", a.area(), "Units", group.Units, "Count", int(group.LapsingUnits))
	if l.before.Failed || !before.Owed() {
		return sentence + a.T("sentence.end")
	}
	return sentence + a.Compared("overview.change", int(group.LapsingUnits-before.LapsingUnits))
}

// area names whose units are asked about; empty: all.
func (a *request) area() string {
	var names []string
	if within := a.Question.Within; within != "" {
		names = append(names, cmp.Or(a.Within.Value, within))
	}
	if group := a.Question.Group; group != "all" {
		names = append(names, a.CodeLabel("group", group))
	}
	return strings.Join(names, " · ")
}

func (a *request) numbers(now *model.SummaryRow, before figures.Previous) []page.Number {
	if now == nil {
		return nil
	}
	evidenced := a.Ratio(now.EvidencedTimeliness)
	if evidenced.None {
		evidenced.Text = "—"
	}
	numbers := []page.Number{
		a.RatioNumber("organisation_coverage", now.OrganisationCoverage, before.OrganisationCoverage),
		a.RatioNumber("member_coverage", now.MemberCoverage, before.MemberCoverage),
		a.RatioNumber("item_coverage", now.Coverage, before.Coverage),
		a.RatioNumber("timeliness", now.Timeliness, before.Timeliness),
		a.CountNumber("lapsed", now.Lapsed, before.Count(before.Lapsed)),
	}
	numbers[2].Label = a.T("figure.item_coverage_rate")
	numbers[3].Note = a.T("overview.evidenced", "Ratio", evidenced.Text)
	if now.CarriedLapsed > 0 {
		numbers[4].Note = a.T("overview.carried", "Count", now.CarriedLapsed)
	}
	ranking := a.Address.At("/ranking/" + a.Question.Group)
	for i, measure := range []string{"coverage", "coverage", "coverage", "timeliness"} {
		numbers[i].Href = ranking.With("sort", measure).String() + "#units" // the units that are lowest in it first
	}
	numbers[4].Href = a.Address.At("/lapsed").With("group", a.Address.Get("group")).String() + "#lapses"
	return numbers
}
