package unit

import (
	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// scorePanel takes a score apart: what each measure weighs, earns and loses, and what is deducted.
type scorePanel struct {
	page.Figure
	Parts []scorePart
	Total string
	Facts []page.Fact
}

// scorePart is one measure: Share of its points is earned (0–100, the bar), Earned of Weight in points.
type scorePart struct {
	Label, About, Value, Of string
	Href                    string // what it means
	Share                   string
	Taken                   bool // a deduction
}

// scorePanel splits the shown score by SPEC §5: a measure without a value weighs nothing, and the others share its weight.
func (a *request) scorePanel(unit model.RankingRow, question model.Question) scorePanel {
	p := scorePanel{Figure: page.Figure{
		ID: "score", Heading: a.T("unit.score"), About: a.T("unit.score_about"), Class: "span-5", Exports: a.Exports("ranking", question),
	}}
	p.Facts = a.facts(unit)
	if unit.Score == nil {
		return p
	}
	weights := a.Options.Assessment().Score
	measures := []struct {
		key    string
		weight model.Number
		value  *decimal.Decimal
	}{
		{"coverage", weights.Coverage, unit.Coverage},
		{"timeliness", weights.Timeliness, unit.Timeliness},
		{"procedure", weights.Procedure, unit.Procedure},
		{"placement", weights.Placement, unit.Placement},
	}
	var sum decimal.Decimal
	for _, m := range measures {
		if m.value != nil {
			sum = sum.Add(m.weight.Decimal)
		}
	}
	for _, m := range measures {
		part := scorePart{Label: a.Label(m.key), Href: a.MethodologyHref(m.key), Value: "—", Share: "0", About: a.T("unit.part_none")}
		if m.value != nil {
			weight := m.weight.Shift(2).DivRound(sum, 8)
			part.Value, part.Of = weight.Mul(*m.value).StringFixed(2), a.T("unit.part_of", "Points", weight.StringFixed(1))
			part.Share, part.About = m.value.Shift(2).StringFixed(2), page.Percent(*m.value)
			if lost := weight.Mul(page.Whole().Sub(*m.value)); lost.Sign() > 0 {
				part.About += " · " + a.T("unit.part_lost", "Points", lost.StringFixed(2))
			}
		}
		p.Parts = append(p.Parts, part)
	}
	if unit.Deductions != nil && unit.Deductions.Sign() > 0 {
		p.Parts = append(p.Parts, scorePart{
			Label: a.Label("deductions"), Href: a.MethodologyHref("score"), Value: "−" + unit.Deductions.StringFixed(2), Share: unit.Deductions.StringFixed(2), Taken: true,
			About: a.T("unit.deductions", "Cards", unit.YellowCards, "Overdue", unit.OverdueRectifications),
		})
	}
	p.Total = unit.Score.StringFixed(2)
	return p
}

func (a *request) facts(unit model.RankingRow) []page.Fact {
	mean := a.None("none.no_delay")
	if unit.MeanDelayDays != nil {
		mean = page.Cell{Text: a.T("unit.mean_days", "Days", unit.MeanDelayDays.StringFixed(2))}
	}
	return []page.Fact{
		a.fact("verified", a.Ratio(unit.Verified)),
		a.fact("evidence_share", a.Ratio(unit.EvidenceShare)),
		a.fact("mean_delay_days", mean),
		a.fact("oldest_lapse_days", a.Days(unit.OldestLapseDays)),
		a.fact("essential_lapsed", a.Count(unit.EssentialLapsed)),
		a.fact("backdated", a.Count(unit.Backdated)),
		a.fact("overexposed", a.Count(unit.Overexposed)),
		a.fact("open_rectifications", a.Count(unit.OpenRectifications)),
		a.fact("overdue_rectifications", a.Count(unit.OverdueRectifications)),
	}
}

// fact is a value under the name of its column, which leads to what it means.
func (a *request) fact(key string, value page.Cell) page.Fact {
	return page.Fact{Label: a.Label(key), Value: value, Rule: a.Definition(key)}
}
