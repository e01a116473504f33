package dashboard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"yangguang/queries"
)

// rankingBody is what pages/ranking.html shows.
type rankingBody struct {
	Sentence, About string
	Numbers         []number
	Chart, Units    figure
	Empty           string
}

// ranking shows one group's units in order, with the change since the previous window; unranked ones last, with why. A group of up to
// Options.Whole units is sent whole; of a larger one the address says which part is shown.
func ranking(_ context.Context, a *ask) (content, error) {
	group := a.request.PathValue("group")
	if !slices.Contains(queries.Codes("group"), group) {
		return content{}, &errNotFound{a.T("problem.no_group", "Group", group)}
	}
	question := a.question
	question.Group = group
	shown, err := a.rankingView()
	if err != nil {
		return content{}, err
	}
	shown.ask(a, question)
	summary := load(a.panels, "summary", question, a.store.Summary)
	before := loadPrevious(a, "previous summary", question, a.store.Summary)
	a.panels.wait()
	shown.take()
	if !shown.failed && shown.number > 1 && len(shown.rows) == 0 {
		return content{}, &errNotFound{a.T("problem.no_page_number", "Page", shown.number)}
	}

	name := a.CodeLabel("group", group)
	body := rankingBody{
		Sentence: a.rankingSentence(group, shown),
		About:    a.windowSentence() + a.T("ranking.about"),
		Numbers:  a.rankingNumbers(question, shown.totals, groupRow(summary.value, group), previousOf(before, group)),
		Chart: figure{
			ID: "ranking", Heading: a.T("ranking.chart", "Group", name), About: a.T("ranking.chart_about"), Class: "span-12",
			Failed: shown.failed, Exports: a.exports("ranking", question),
		},
		Units: figure{ID: "units", Heading: a.T("ranking.table"), Class: "span-12", Failed: shown.failed, Open: true, Exports: a.exports("ranking", question)},
	}
	if group == "towns" {
		for _, scope := range []string{"own", "subtree"} {
			body.Chart.Choices = append(body.Chart.Choices, link{
				Text: a.T("ranking.scope." + scope), Href: a.address.with("scope", scope).with("page", "").String(), Current: question.Scope == scope,
			})
		}
	}
	if !shown.failed && shown.totals.Units == 0 {
		body.Empty = a.T("overview.empty")
	}
	if !shown.failed {
		if err := a.showRanking(&body, shown, question); err != nil {
			return content{}, fmt.Errorf("ranking: %w", err)
		}
	}
	return content{
		Title: a.T("ranking.title", "Group", name), Nav: group, Filters: []string{"window", "programme", "focus", "scope"}, Charts: true, Body: body,
	}, nil
}

// showRanking draws and lists what is shown of the group: all of it, or a part.
func (a *ask) showRanking(body *rankingBody, shown *rankingView, question queries.Question) (err error) {
	if shown.whole {
		body.Units.Table = a.rankingTable(shown.rows)
		body.Chart.Chart, err = a.rankingChart(shown.rows, nil)
		return err
	}
	body.Units.Table, body.Units.Pages = a.rankingPartTable(shown), a.pages(shown.number, shown.count(), body.Units.ID)
	body.Units.About = a.T("ranking.part_about", "Page", rankingPage)
	if !shown.first() {
		body.Chart.About = a.T("ranking.chart_page") + body.Chart.About
		body.Chart.Chart, err = a.rankingChart(shown.rows, nil)
		return err
	}
	top, bottom, failed := shown.ends(a, question)
	if body.Chart.Failed = failed; failed {
		return nil
	}
	body.Chart.About = a.T("ranking.chart_ends", "Shown", rankingEdge, "Ranked", grouped(int64(shown.totals.Ranked))) + body.Chart.About
	body.Chart.Chart, err = a.rankingChart(top, bottom)
	return err
}

func (a *ask) rankingSentence(group string, shown *rankingView) string {
	if shown.failed {
		return a.T("overview.unknown")
	}
	return a.T("ranking.sentence", "Day", a.longDay(a.question.AsOf, a.now), "Group", a.CodeLabel("group", group),
		"Units", grouped(int64(shown.totals.Units)), "Ranked", grouped(int64(shown.totals.Ranked)), "Count", shown.totals.Lapsing)
}

func (a *ask) rankingNumbers(question queries.Question, totals queries.RankingTotals, now *queries.SummaryRow, before previous) []number {
	if now == nil {
		return nil
	}
	numbers := []number{
		a.scoreNumber("mean_score", now.Score, before.Score),
		a.ratioNumber("coverage", now.Coverage, before.Coverage),
		a.ratioNumber("timeliness", now.Timeliness, before.Timeliness),
		a.ratioNumber("clear_units", now.ClearUnits, before.ClearUnits),
		a.countNumber("lapsed", now.Lapsed, before.count(before.Lapsed)),
	}
	var bands []string
	for _, rating := range queries.Codes("rating") {
		if n := totals.Ratings[rating]; n > 0 {
			bands = append(bands, a.CodeLabel("rating", rating)+" "+grouped(int64(n)))
		}
	}
	numbers[0].Note = strings.Join(bands, " · ")
	if now.CarriedLapsed > 0 {
		numbers[4].Note = a.T("overview.carried", "Count", now.CarriedLapsed)
	}
	here := a.address.with("page", "").with("search", "").with("only", "")
	for i, sorted := range []string{"score", "coverage", "timeliness"} {
		numbers[i].Href = here.with("sort", sorted).String() + "#units" // the lowest first
	}
	numbers[3].Href = here.with("sort", "").with("only", "lapsing").String() + "#units"
	numbers[4].Href = a.address.at("/lapsed").with("group", question.Group).String() + "#lapses"
	return numbers
}
