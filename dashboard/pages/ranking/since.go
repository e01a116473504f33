package ranking

import (
	"slices"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

// isSince says that a column compares with the last meeting.
func isSince(key string) bool { return key == "since_rank" || key == "since_score" }

// isCompared says that there is a meeting to compare with.
func isCompared(since *page.Answer[figures.Since]) bool {
	return since != nil && !since.Failed && since.Value.Meeting != nil
}

// sinceAbout says what the columns compare with, or why there are none.
func (a *request) sinceAbout(f *page.Figure, since *page.Answer[figures.Since]) {
	switch {
	case since == nil:
	case since.Failed:
		f.Lacks = a.T("lacks.since")
	case isCompared(since):
		f.About += a.MeetingAbout(since.Value.Meeting)
	default:
		f.About += a.WhyNotCompared(since.Value)
	}
}

// addSinceColumns puts the changes since the meeting beside those since the previous window.
func (a *request) addSinceColumns(t *page.Table, since *page.Answer[figures.Since]) {
	if !isCompared(since) {
		return
	}
	title := a.MeetingAbout(since.Value.Meeting)
	t.Columns = slices.Insert(t.Columns, figures.SinceRankColumn-1, page.Column{Key: "since_rank", Label: a.T("since.rank_column"), Class: "num", Sort: "number", Title: title})
	t.Columns = slices.Insert(t.Columns, 5, page.Column{Key: "since_score", Label: a.T("since.score_column"), Class: "num", Sort: "number", Title: title})
}

// addSince fills those columns of a unit's row.
func (a *request) addSince(row *page.Row, unit model.RankingRow, since *page.Answer[figures.Since]) {
	if !isCompared(since) {
		return
	}
	then := since.Value.Then[unit.UnitID]
	rank := then.Rank
	if then.Group != unit.Group { // was in another group, or not yet a unit
		rank = nil
	}
	row.Cells = slices.Insert(row.Cells, figures.SinceRankColumn-1, a.SincePlaces(unit.Rank, rank))
	row.Cells = slices.Insert(row.Cells, 5, a.SinceScore(unit, then))
}
