package dashboard

import (
	"fmt"
	"math/big"

	"yangguang/queries"
)

// parted is a unit's score taken apart, or why it is not: the obligations could not be asked, or there is a reason that stays.
type parted struct {
	score  queries.UnitScore
	failed bool
	why    string // message; empty: none
}

// takeApart takes the shown score apart by the obligations that make it up. If they do not make up the score that is shown (the weights have been
// changed and their load is not yet in force, or an earlier one is asked about), nothing is told rather than something else.
func (a *ask) takeApart(unit queries.RankingRow, obligations *answer[[]queries.ObligationRow]) parted {
	switch {
	case a.question.Scope == "subtree":
		return parted{why: "unit.apart_subtree"}
	case obligations.failed:
		return parted{failed: true}
	}
	p := parted{score: queries.ScoreOf(a.options.Assessment(), obligations.value, unit.YellowCards, unit.OverdueRectifications)}
	shown, told := "", ""
	if unit.Score != nil {
		shown = unit.Score.StringFixed(2)
	}
	if p.score.Score != nil {
		told = p.score.Score.FloatString(2)
	}
	if shown != told {
		a.panels.log.Warn("a score is not the sum of its parts", "unit", unit.UnitID, "shown", shown, "parts", told)
		return parted{why: "unit.apart_differs"}
	}
	return p
}

// lossesFigure shows which items cost the points that the unit lacks: the answer to why its score is what it is.
func (a *ask) lossesFigure(p parted, unit queries.RankingRow, question queries.Question) (figure, error) {
	f := figure{
		ID: "losses", Heading: a.T("unit.losses"), Class: "span-7", Open: true, Failed: p.failed, Own: true, Exports: a.exports("obligations", question),
	}
	if p.why != "" {
		f.Notice = a.T(p.why)
	}
	if p.failed || p.why != "" || len(p.score.Items) == 0 {
		return f, nil
	}
	f.About = a.T("unit.losses_about", "Lost", lostOf(p.score.Items).FloatString(2), "Deducted", a.plain(a.score(unit.Deductions)), "Score", unit.Score.StringFixed(2))
	t := &table{Label: f.Heading, Short: true, Columns: []column{
		{Key: "item", Label: a.Label("item"), Class: "title stick", Sort: "text"}, {Key: "lost", Label: a.T("unit.lost"), Class: "num", Sort: "number"},
	}}
	for _, measure := range queries.Measures() {
		t.Columns = append(t.Columns, column{Key: measure, Label: a.Label(measure), Class: "num"})
	}
	var labels []string
	all := make([]rowSeries, len(queries.Measures()))
	for m, measure := range queries.Measures() {
		all[m] = rowSeries{Name: a.Label(measure), Fill: lossFills()[m], Decal: lossDecals()[m], Stack: "lost"}
	}
	for _, item := range p.score.Items {
		total := item.TotalLost()
		cells := []cell{a.words(item.Item).class("title stick").note(a.CodeLabel("class", item.Class)), {Text: signed("−", total), Sort: total.FloatString(4), Class: "num", Kind: queries.Score}}
		for m, part := range item.Parts() {
			cells = append(cells, a.lostCell(queries.Measures()[m], part, item.Lost[m]))
		}
		t.Rows = append(t.Rows, row{Cells: cells})
		if total.Sign() > 0 && len(labels) < worstItems {
			labels = append(labels, item.Item)
			a.lossPoints(all, item, total)
		}
	}
	f.Table = t
	if len(labels) == 0 {
		return f, nil
	}
	var err error
	f.Chart, err = rowsChart(a.T("unit.losses_aria"), labels, false, all...)
	return f, err
}

// lossPoints adds an item's bar, a part for each measure, the whole at its end.
func (a *ask) lossPoints(all []rowSeries, item queries.ItemScore, total *big.Rat) {
	tip := []string{item.Item}
	last := 0
	for m, lost := range item.Lost {
		if lost != nil && lost.Sign() > 0 {
			tip, last = append(tip, a.Label(queries.Measures()[m])+"  −"+lost.FloatString(2)), m
		}
	}
	for m, lost := range item.Lost {
		p := point{Value: 0, Tip: tip, Link: a.address.sought("obligations", item.Item)}
		if lost != nil {
			p.Value, _ = lost.Float64()
		}
		if m == last {
			p.Label = beside("−" + total.FloatString(2))
		}
		all[m].Points = append(all[m].Points, p)
	}
}

// lostCell is what an item has of a measure, and what it lacks in points.
func (a *ask) lostCell(measure string, part [2]int64, lost *big.Rat) cell {
	switch {
	case part[1] == 0 && measure == "procedure":
		return a.none("none.no_steps")
	case part[1] == 0 || lost == nil:
		return a.none("none.not_met")
	}
	c := cell{Text: fmt.Sprintf("%d / %d", part[0], part[1]), Class: "num"}
	if lost.Sign() > 0 {
		c.Note = signed("−", lost)
	}
	return c
}

func lostOf(items []queries.ItemScore) *big.Rat {
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
