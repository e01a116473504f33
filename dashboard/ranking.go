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

// ranking shows one group's units in order, with the change since the previous window; unranked ones last, with why.
func ranking(_ context.Context, a *ask) (content, error) {
	group := a.request.PathValue("group")
	if !slices.Contains(queries.Codes("group"), group) {
		return content{}, &errNotFound{a.T("problem.no_group", "Group", group)}
	}
	question := a.question
	question.Group = group
	rows := load(a.panels, "ranking", question, a.store.Ranking)
	summary := load(a.panels, "summary", question, a.store.Summary)
	before := load(a.panels, "previous summary", question.Previous(), a.store.Summary)
	a.panels.wait()

	name := a.CodeLabel("group", group)
	body := rankingBody{
		Sentence: a.rankingSentence(group, rows),
		About:    a.windowSentence() + a.T("ranking.about"),
		Numbers:  a.rankingNumbers(question, rows.value, groupRow(summary.value, group), groupRow(before.value, group)),
		Chart: figure{
			ID: "ranking", Heading: a.T("ranking.chart", "Group", name), About: a.T("ranking.chart_about"), Class: "span-12",
			Failed: rows.failed, Exports: a.exports("ranking", question),
		},
		Units: figure{ID: "units", Heading: a.T("ranking.table"), Class: "span-12", Failed: rows.failed, Open: true, Exports: a.exports("ranking", question)},
	}
	if !rows.failed && len(rows.value) == 0 {
		body.Empty = a.T("overview.empty")
	}
	if !rows.failed {
		chart, err := a.rankingChart(rows.value)
		if err != nil {
			return content{}, fmt.Errorf("ranking: %w", err)
		}
		body.Chart.Chart, body.Units.Table = chart, a.rankingTable(rows.value)
	}
	return content{
		Title: a.T("ranking.title", "Group", name), Nav: group, Filters: []string{"window", "programme", "focus", "scope"}, Within: withinName(rows.value, question.Within), Charts: true, Body: body,
	}, nil
}

func (a *ask) rankingSentence(group string, rows *answer[[]queries.RankingRow]) string {
	if rows.failed {
		return a.T("overview.unknown")
	}
	ranked := 0
	for _, row := range rows.value {
		if row.Rank != nil {
			ranked++
		}
	}
	return a.T("ranking.sentence", "Day", a.longDay(a.question.AsOf, a.now), "Group", a.CodeLabel("group", group),
		"Units", len(rows.value), "Ranked", ranked, "Count", lapsingUnits(rows.value))
}

func (a *ask) rankingNumbers(question queries.Question, rows []queries.RankingRow, now, before *queries.SummaryRow) []number {
	if now == nil {
		return nil
	}
	if before == nil {
		before = &queries.SummaryRow{}
	}
	numbers := []number{
		a.scoreNumber("mean_score", now.Score, before.Score),
		a.ratioNumber("coverage", now.Coverage, before.Coverage),
		a.ratioNumber("timeliness", now.Timeliness, before.Timeliness),
		a.ratioNumber("clear_units", now.ClearUnits, before.ClearUnits),
		a.countNumber("lapsed", now.Lapsed, before.Lapsed),
	}
	var bands []string
	for _, rating := range queries.Codes("rating") {
		if n := ratedSo(rows, rating); n > 0 {
			bands = append(bands, fmt.Sprintf("%s %d", a.CodeLabel("rating", rating), n))
		}
	}
	numbers[0].Note = strings.Join(bands, " · ")
	if now.CarriedLapsed > 0 {
		numbers[4].Note = a.T("overview.carried", "Count", now.CarriedLapsed)
	}
	href := a.exports("summary", question)[0].Href
	for i := range numbers {
		numbers[i].Href = href
	}
	numbers[0].Href = a.exports("ranking", question)[0].Href
	return numbers
}

func ratedSo(rows []queries.RankingRow, rating string) int {
	n := 0
	for _, row := range rows {
		if row.Rating == rating && row.Rank != nil {
			n++
		}
	}
	return n
}

func lapsingUnits(rows []queries.RankingRow) int {
	n := 0
	for _, row := range rows {
		if row.Lapsed+row.CarriedLapsed > 0 {
			n++
		}
	}
	return n
}

// withinName finds the name of the unit whose subtree is asked among the units below it, or its own row.
func withinName(rows []queries.RankingRow, id string) string {
	for _, row := range rows {
		switch {
		case id == "":
			return ""
		case row.UnitID == id:
			return row.Unit
		case row.ParentID == id:
			return row.Parent
		}
	}
	return ""
}
