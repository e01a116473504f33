package dashboard

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"yangguang/queries"
)

// overviewBody is what pages/overview.html shows.
type overviewBody struct {
	Sentence, About string
	Due             *link // what falls due next
	Numbers         []number
	Groups, States  figure
	Items, Oldest   figure
	Movers          figure
	Heat            heatPanel
	Coverage        figure // of each month
	Timeliness      figure
	Empty           string
}

// overview answers: who is behind, on what, since when, and is it getting better?
func overview(_ context.Context, a *ask) (content, error) {
	many := a.large
	by, err := a.cellsBy(many)
	if err != nil {
		return content{}, err
	}
	question := a.question
	summary := load(a.panels, "summary", question, a.store.Summary)
	summaryBefore := loadPrevious(a, "previous summary", question, a.store.Summary)
	moved := load(a.panels, "ranking", question, a.moved)
	items := load(a.panels, "items", question, a.store.Items)
	lapsed := load(a.panels, "lapsed", question, a.tellLapses)
	lapsedBefore := loadPrevious(a, "previous lapsed", question, a.tellLapses)
	oldest := load(a.panels, "oldest lapses", question, a.firstLapses(oldestShown))
	coverage := load(a.panels, "coverage", question, a.store.Coverage)
	months := load(a.panels, "months", question, a.store.Months)
	cells, due := a.cells(by), a.due()
	a.panels.wait()

	body := overviewBody{
		Sentence: a.overviewSentence(summary, lapsed, lapsedBefore, previousOf(summaryBefore, question.Group).owed),
		About:    a.windowSentence(),
		Numbers:  a.overviewNumbers(groupRow(summary.value, question.Group), previousOf(summaryBefore, question.Group)),
	}
	if now := groupRow(summary.value, question.Group); !summary.failed && (now == nil || now.Units == 0) {
		body.Empty = a.T("overview.empty")
	}
	if len(body.Numbers) > 0 {
		body.Due = a.dueLink(due)
	}
	if body.Coverage, err = a.monthsFigure("coverage_months", months, question, coverageShares()); err == nil {
		body.Timeliness, err = a.monthsFigure("timeliness_months", months, question, timelinessShares())
	}
	if err != nil {
		return content{}, fmt.Errorf("overview: %w", err)
	}
	body.Heat = a.heatPanel(cells, by, many)
	if body.States, err = a.statesFigure(summary); err == nil {
		body.Groups, err = a.groupsFigure(summary)
	}
	if err == nil {
		body.Items, err = a.itemsFigure(items)
	}
	if err != nil {
		return content{}, fmt.Errorf("overview: %w", err)
	}
	body.Oldest = a.oldestFigure(lapsed, oldest)
	body.Movers = a.moversFigure(moved)
	return content{
		Title: a.T("nav.overview"), Nav: "overview", Alerts: a.failingAlerts(covering{coverage, a.sources}), Filters: []string{"window", "programme", "focus", "group"}, Charts: true, Body: body,
	}, nil
}

// overviewSentence says how many units have something lapsed, and how many had before if anything was owed then.
func (a *ask) overviewSentence(summary *answer[[]queries.SummaryRow], now, before *answer[lapsedTold], owedBefore bool) string {
	group := groupRow(summary.value, a.question.Group)
	if summary.failed || now.failed || a.within.failed {
		return a.T("overview.unknown")
	}
	if group == nil {
		group = &queries.SummaryRow{}
	}
	lapsing := int(now.value.all().Units)
	sentence := a.T("overview.sentence", "Day", a.longDay(a.question.AsOf, a.now), "Area", a.area(), "Units", group.Units, "Count", lapsing)
	if before.failed || !owedBefore {
		return sentence + a.T("sentence.end")
	}
	return sentence + a.compared("overview.change", lapsing-int(before.value.all().Units))
}

// area names whose units are asked about; empty: all.
func (a *ask) area() string {
	var names []string
	if within := a.question.Within; within != "" {
		names = append(names, cmp.Or(a.within.value, within))
	}
	if group := a.question.Group; group != "all" {
		names = append(names, a.CodeLabel("group", group))
	}
	return strings.Join(names, " · ")
}

func (a *ask) overviewNumbers(now *queries.SummaryRow, before previous) []number {
	if now == nil {
		return nil
	}
	evidenced := a.ratio(now.EvidencedTimeliness)
	if evidenced.None {
		evidenced.Text = "—"
	}
	numbers := []number{
		a.ratioNumber("organisation_coverage", now.OrganisationCoverage, before.OrganisationCoverage),
		a.ratioNumber("member_coverage", now.MemberCoverage, before.MemberCoverage),
		a.ratioNumber("item_coverage", now.Coverage, before.Coverage),
		a.ratioNumber("timeliness", now.Timeliness, before.Timeliness),
		a.countNumber("lapsed", now.Lapsed, before.count(before.Lapsed)),
	}
	numbers[2].Label = a.T("figure.item_coverage_rate")
	numbers[3].Note = a.T("overview.evidenced", "Ratio", evidenced.Text)
	if now.CarriedLapsed > 0 {
		numbers[4].Note = a.T("overview.carried", "Count", now.CarriedLapsed)
	}
	ranking := a.address.at("/ranking/" + a.question.Group)
	for i, measure := range []string{"coverage", "coverage", "coverage", "timeliness"} {
		numbers[i].Href = ranking.with("sort", measure).String() + "#units" // the units that are lowest in it first
	}
	numbers[4].Href = a.address.at("/lapsed").with("group", a.address.get("group")).String() + "#lapses"
	return numbers
}

// oldestShown is how many of the oldest lapses the overview lists.
const oldestShown = 12

// oldestFigure lists the lapses that last longest, oldest first as the report has them.
func (a *ask) oldestFigure(told *answer[lapsedTold], oldest *answer[[]queries.ObligationRow]) figure {
	f := figure{
		ID: "oldest", Heading: a.T("overview.oldest"), Class: "span-12", Failed: told.failed || oldest.failed, Open: true,
		About: a.T("overview.oldest_about", "Count", told.value.all().Lapsed, "Shown", len(oldest.value)), Exports: a.exports("lapsed", a.question),
	}
	t := table{Label: f.Heading, Empty: a.T("overview.no_lapses"), Short: true, Columns: []column{
		{Key: "unit", Label: a.Label("unit"), Class: "title"},
		{Key: "item", Label: a.Label("item"), Class: "wide full text"},
		{Key: "class", Label: a.Label("class"), Class: "fit"},
		{Key: "period", Label: a.Label("period"), Class: "fit"},
		{Key: "since", Label: a.T("overview.since"), Class: "fit"},
		{Key: "lasting", Label: a.T("overview.lasting"), Class: "num"},
	}}
	towns := a.towns(villagesIn(oldest.value), &f)
	for _, lapse := range oldest.value {
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.unitCell(lapse.UnitID, lapse.Unit).class("title").note(a.placed(lapse.UnitID, lapse.Group, towns)),
			a.words(lapse.Item).class("full text"),
			a.words(a.CodeLabel("class", lapse.Class)).class("fit"),
			a.words(lapse.Period).class("fit"),
			a.day(lapse.DueOn),
			a.lasting(lapse),
		}})
	}
	f.Table = &t
	return f
}
