package unit

import (
	"math/big"
	"time"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
	"yangguang/queries/score"
)

// chancesPage is how many chances are listed at once.
const chancesPage = 12

// chancesFigure lists what can still be changed by what each would add to the score, and says the most that is left to be had.
func (a *request) chancesFigure(p parted, unit model.RankingRow, question model.Question) page.Figure {
	f := page.Figure{
		ID: "chances", Heading: a.T("unit.chances"), Class: "span-5", Open: true, Failed: p.failed, Own: true, Exports: a.Exports("obligations", question),
	}
	if p.why != "" {
		f.Notice = a.T(p.why)
	}
	if p.failed || p.why != "" {
		return f
	}
	f.About = a.chancesAbout(p.score, unit)
	if end := yearsEnd(question.AsOf); question.To.Before(end) {
		f.More = &page.Link{Text: a.T("unit.chances_year", "Day", end.Format(page.DayLayout)), Href: a.Address.With("to", end.Format(page.DayLayout)).String() + "#" + f.ID}
	}
	t := &page.Table{Label: f.Heading, Short: true, Page: chancesPage, Paper: 6, Empty: a.T("unit.no_chances"), Columns: []page.Column{
		{Key: "chance", Label: a.T("unit.chance"), Class: "title wide"},
		{Key: "due_on", Label: a.Label("due_on"), Class: "fit"},
		{Key: "gain", Label: a.T("unit.gain"), Class: "num"},
	}}
	for _, chance := range p.score.Chances {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.chanceCell(chance), a.chanceDue(chance), {Text: signed("+", chance.Gain), Sort: chance.Gain.FloatString(2), Class: "num", Kind: model.Score},
		}})
	}
	f.Table = t
	return f
}

// chancesAbout compares the score with the most that is left, and says what is lost for good.
func (a *request) chancesAbout(score score.UnitScore, unit model.RankingRow) string {
	if score.Best == nil {
		return a.T("none.no_score")
	}
	best := a.Options.Assessment().RatingOf(score.Best)
	about := a.T("unit.best", "Best", score.Best.FloatString(2), "Rating", a.CodeLabel("rating", best))
	if gone := new(big.Rat).Sub(big.NewRat(100, 1), score.Best); gone.Sign() > 0 {
		about += a.T("unit.gone", "Points", gone.FloatString(2))
	}
	if caps := a.HeldBy(unit, best); caps != "" {
		about += a.T("unit.held", "Caps", caps)
	}
	if score.Steps {
		return about + a.T("unit.best_steps")
	}
	return about + a.T("unit.best_placed")
}

// chanceCell says what is to be done.
func (a *request) chanceCell(chance score.Chance) page.Cell {
	what := a.T("chance." + chance.Kind)
	if chance.Obligation == nil {
		what = a.T("chance."+chance.Kind, "Count", chance.Count)
	}
	c := a.Words(what).Classed("title wide")
	if chance.Item == "" {
		return c
	}
	c.Text = chance.Item
	if chance.Obligation != nil && chance.Obligation.Period != "" {
		c.Text += " " + a.PeriodText(chance.Obligation.Cadence, chance.Obligation.Period)
	}
	c.Note = what + " · " + a.CodeLabel("class", chance.Class)
	return c
}

func (a *request) chanceDue(chance score.Chance) page.Cell {
	if chance.Obligation == nil || chance.Obligation.DueOn == nil {
		return page.Cell{None: true, Title: a.T("unit.chance_no_due"), Class: "fit"}
	}
	day := a.Day(chance.Obligation.DueOn)
	if chance.Kind == "lapsed" {
		day.Note = a.T("unit.chance_overdue")
	}
	return day
}

// yearsEnd is 31 December of a day's year.
func yearsEnd(day time.Time) time.Time {
	return time.Date(day.Year(), time.December, 31, 0, 0, 0, 0, time.UTC)
}
