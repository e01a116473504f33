package unit

import (
	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// findings asks what patrol has found of the unit, for readers who have signed in; nil for others.
func (a *request) findings(question model.Question) *page.Answer[[]model.FindingCount] {
	if a.Options.Society || a.User().Name == "" {
		return nil
	}
	return page.Ask(a.Request, question, ask.FindingsCounted("finding", "", ""))
}

// findingsTag leads to what patrol has found of the unit, with how many stand. Without any no count is said: perhaps nobody has looked.
func (a *request) findingsTag(unit model.RankingRow, found *page.Answer[[]model.FindingCount]) []page.Cell {
	if found == nil || found.Failed {
		return nil
	}
	tag := page.Cell{Text: a.T("nav.patrol"), Href: a.Address.At("/patrol").With("unit", unit.UnitID).String()}
	var open, confirmed uint64
	for _, kind := range found.Value {
		open, confirmed = open+kind.Open, confirmed+kind.Confirmed
	}
	if open+confirmed > 0 {
		tag.Text = a.T("unit.findings", "Open", open, "Confirmed", confirmed)
	}
	return []page.Cell{tag}
}
