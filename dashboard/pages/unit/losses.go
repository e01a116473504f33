package unit

import (
	"fmt"
	"math/big"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
	"yangguang/queries/score"
)

// parted is a unit's score taken apart, or why it is not: the obligations could not be asked, or there is a reason that stays.
type parted struct {
	score  score.UnitScore
	failed bool
	why    string // message; empty: none
}

// takeApart takes the shown score apart by the obligations that make it up. If they do not make up the score that is shown (the weights have been
// changed and their load is not yet in force, or an earlier one is asked about), nothing is said rather than something else.
func (a *request) takeApart(unit model.RankingRow, obligations *page.Answer[[]model.ObligationRow]) parted {
	switch {
	case a.Question.Scope == "subtree":
		return parted{why: "unit.apart_subtree"}
	case obligations.Failed:
		return parted{failed: true}
	}
	p := parted{score: score.Of(a.Options.Assessment(), obligations.Value, unit.YellowCards, unit.OverdueRectifications)}
	shown, told := "", ""
	if unit.Score != nil {
		shown = unit.Score.StringFixed(2)
	}
	if p.score.Score != nil {
		told = p.score.Score.FloatString(2)
	}
	if shown != told {
		a.Options.Logger.Warn("a score is not the sum of its parts", "unit", unit.UnitID, "shown", shown, "parts", told)
		return parted{why: "unit.apart_differs"}
	}
	return p
}

// drawnItems is how many items the chart names; the table behind it has all.
const drawnItems = 12

// lossesFigure shows which items cost the points that the unit lacks: the answer to why its score is what it is.
func (a *request) lossesFigure(p parted, unit model.RankingRow, question model.Question) (page.Figure, error) {
	f := page.Figure{
		ID: "losses", Heading: a.T("unit.losses"), Class: "span-7", Open: true, Failed: p.failed, Own: true, Exports: a.Exports("obligations", question),
	}
	if p.why != "" {
		f.Notice = a.T(p.why)
	}
	if p.failed || p.why != "" || len(p.score.Items) == 0 {
		return f, nil
	}
	f.About = a.T("unit.losses_about", "Lost", lostOf(p.score.Items).FloatString(2), "Deducted", a.Plain(a.Score(unit.Deductions)), "Score", unit.Score.StringFixed(2))
	t := &page.Table{Label: f.Heading, Short: true, Columns: []page.Column{
		{Key: "item", Label: a.Label("item"), Class: "title stick", Sort: "text"}, {Key: "lost", Label: a.T("unit.lost"), Class: "num", Sort: "number"},
	}}
	for _, measure := range score.Measures() {
		t.Columns = append(t.Columns, page.Column{Key: measure, Label: a.Label(measure), Class: "num"})
	}
	var labels []string
	all := make([]chart.RowSeries, len(score.Measures()))
	for m, measure := range score.Measures() {
		all[m] = chart.RowSeries{Name: a.Label(measure), Fill: figures.LossFills()[m], Decal: figures.LossDecals()[m], Stack: "lost"}
	}
	for _, item := range p.score.Items {
		total := item.TotalLost()
		cells := []page.Cell{a.Words(item.Item).Classed("title stick").Noted(a.CodeLabel("class", item.Class)), {Text: signed("−", total), Sort: total.FloatString(4), Class: "num", Kind: model.Score}}
		for m, part := range item.Parts() {
			cells = append(cells, a.lostCell(score.Measures()[m], part, item.Lost[m]))
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells})
		if total.Sign() > 0 && len(labels) < drawnItems {
			labels = append(labels, item.Item)
			a.lossPoints(all, item, total)
		}
	}
	f.Table = t
	if len(labels) == 0 {
		return f, nil
	}
	var err error
	f.Chart, err = chart.Rows(a.T("unit.losses_aria"), labels, false, all...)
	return f, err
}

// lossPoints adds an item's bar, a part for each measure, the whole at its end.
func (a *request) lossPoints(all []chart.RowSeries, item score.ItemScore, total *big.Rat) {
	tip := []string{item.Item}
	last := 0
	for m, lost := range item.Lost {
		if lost != nil && lost.Sign() > 0 {
			tip, last = append(tip, a.Label(score.Measures()[m])+"  −"+lost.FloatString(2)), m
		}
	}
	for m, lost := range item.Lost {
		p := chart.Point{Value: 0, Tip: tip, Link: a.Address.Sought("obligations", item.Item)}
		if lost != nil {
			p.Value, _ = lost.Float64()
		}
		if m == last {
			p.End = "−" + total.FloatString(2)
		}
		all[m].Points = append(all[m].Points, p)
	}
}

// lostCell is what an item has of a measure, and what it lacks in points.
func (a *request) lostCell(measure string, part [2]int64, lost *big.Rat) page.Cell {
	switch {
	case part[1] == 0 && measure == "procedure":
		return a.None("none.no_steps")
	case part[1] == 0 || lost == nil:
		return a.None("none.not_met")
	}
	c := page.Cell{Text: fmt.Sprintf("%d / %d", part[0], part[1]), Class: "num"}
	if lost.Sign() > 0 {
		c.Note = signed("−", lost)
	}
	return c
}

func lostOf(items []score.ItemScore) *big.Rat {
	total := new(big.Rat)
	for _, item := range items {
		total.Add(total, item.TotalLost())
	}
	return total
}

// signed is a number of points with its sign, which nothing has none.
func signed(sign string, points *big.Rat) string {
	if points.Sign() == 0 {
		return "0"
	}
	return sign + points.FloatString(2)
}
