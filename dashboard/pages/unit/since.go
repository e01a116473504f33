package unit

import (
	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

// sinceFigure is the unit's rank and score at the last meeting and now, and what it mended, what is new and what is still open since. nil where the
// pages know of no packs.
func (a *request) sinceFigure(since *page.Answer[figures.Since], unit model.RankingRow) *page.Figure {
	if since == nil {
		return nil
	}
	f := a.SincePanel(since)
	f.Class = "span-12"
	if f.Failed || since.Value.Meeting == nil {
		return &f
	}
	f.Own = true
	then := since.Value.Then[unit.UnitID]
	added, _ := since.Value.Of("new")
	mended, _ := since.Value.Of("mended")
	open, _ := since.Value.Of("open")
	f.About = a.T("since.unit", "Then", a.placeWords(then), "Now", a.placeWords(unit)) + a.T("since.unit_counts", "New", added, "Mended", mended, "Open", open) + f.About
	f.About += a.ruledWords(since.Value.Ruled, then, unit)
	t := &page.Table{Label: f.Heading, Short: true, Empty: a.T("since.unit_none"), Columns: []page.Column{
		{Key: "change", Label: a.T("since.change"), Class: "fit"},
		{Key: "item", Label: a.Label("item"), Class: "title wide"},
		{Key: "period", Label: a.Label("period"), Class: "fit"},
		{Key: "due_on", Label: a.Label("due_on"), Class: "fit"},
		{Key: "state", Label: a.Label("state"), Class: "fit"},
		{Key: "published_on", Label: a.Label("published_on"), Class: "fit"},
		{Key: "delay_days", Label: a.Label("delay_days"), Class: "num"},
	}}
	for _, change := range figures.SinceChanges() {
		for _, row := range since.Value.Rows {
			if row.Change != change {
				continue
			}
			t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
				a.Words(a.T("figure.since_" + change)).Classed("fit"), a.Words(row.Item).Classed("title wide").Noted(a.CodeLabel("class", row.Class)),
				a.Period(row.Cadence, row.Period), a.Day(row.DueOn), a.SinceState(row), a.Day(row.PublishedOn), a.Days(row.DelayDays),
			}})
		}
	}
	f.Table = t
	return &f
}

// ruledWords say what a change of registry or assessment did to the unit's score, apart from what it did itself.
func (a *request) ruledWords(ruled *model.RankingRow, then, now model.RankingRow) string {
	if ruled == nil || ruled.Score == nil || now.Score == nil {
		return ""
	}
	words := a.T("since.unit_rules", "Then", ruled.Score.StringFixed(2), "Now", now.Score.StringFixed(2), "Change", signedPoints(now.Score.Sub(*ruled.Score)))
	if then.Score != nil {
		words += a.T("since.unit_own", "Change", signedPoints(ruled.Score.Sub(*then.Score)))
	}
	return words
}

func signedPoints(points decimal.Decimal) string {
	if points.IsPositive() {
		return "+" + points.StringFixed(2)
	}
	return points.StringFixed(2)
}

// placeWords say a unit's rank in its group and its score at a time, or that there was none.
func (a *request) placeWords(unit model.RankingRow) string {
	rank, score := a.T("since.no_rank"), a.T("since.no_score")
	if unit.GroupRank != nil {
		rank = a.T("since.rank", "Rank", *unit.GroupRank)
	}
	if unit.Score != nil {
		score = a.T("since.score", "Score", unit.Score.StringFixed(2))
	}
	return rank + a.T("list.comma") + score
}
