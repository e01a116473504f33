package dashboard

import (
	"github.com/shopspring/decimal"

	"yangguang/queries"
)

// scorePanel takes a score apart: what each measure weighs, earns and loses, and what is deducted.
type scorePanel struct {
	figure
	Parts []scorePart
	Total string
}

// scorePart is one measure: Share of its points is earned (0–100, the bar), Earned of Weight in points.
type scorePart struct {
	Label, About, Value, Of string
	Share                   string
	Taken                   bool // a deduction
}

// scorePanel splits the shown score by SPEC §5: a measure without a value weighs nothing, and the others share its weight.
func (a *ask) scorePanel(unit queries.RankingRow, question queries.Question) scorePanel {
	p := scorePanel{figure: figure{
		ID: "score", Heading: a.T("unit.score"), About: a.T("unit.score_about"), Class: "span-5", Exports: a.exports("ranking", question),
	}}
	if unit.Score == nil {
		return p
	}
	measures := []struct {
		key    string
		weight int64
		value  *decimal.Decimal
	}{{"coverage", 40, unit.Coverage}, {"timeliness", 30, unit.Timeliness}, {"procedure", 15, unit.Procedure}, {"placement", 15, unit.Placement}}
	var sum int64
	for _, m := range measures {
		if m.value != nil {
			sum += m.weight
		}
	}
	for _, m := range measures {
		part := scorePart{Label: a.Label(m.key), Value: "—", Share: "0", About: a.T("unit.part_none")}
		if m.value != nil {
			weight := decimal.NewFromInt(100*m.weight).DivRound(decimal.NewFromInt(sum), 8)
			part.Value, part.Of = weight.Mul(*m.value).StringFixed(2), a.T("unit.part_of", "Points", weight.StringFixed(1))
			part.Share, part.About = m.value.Shift(2).StringFixed(2), percent(*m.value)
		}
		p.Parts = append(p.Parts, part)
	}
	if unit.Deductions != nil && unit.Deductions.Sign() > 0 {
		p.Parts = append(p.Parts, scorePart{
			Label: a.Label("deductions"), Value: "−" + unit.Deductions.StringFixed(2), Share: unit.Deductions.StringFixed(2), Taken: true,
			About: a.T("unit.deductions", "Cards", unit.YellowCards, "Overdue", unit.OverdueRectifications),
		})
	}
	p.Total = unit.Score.StringFixed(2)
	return p
}
