// Package compare sets two to four units side by side.
package compare

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/score"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{
		Files: files,
		Pages: []page.Page{{Name: "compare", Pattern: page.ComparePath, Build: build, Parameters: []string{"add"}, Several: []string{"unit"}, NoRecords: true}},
	}
}

const (
	most    = 4 // units side by side
	offered = 8 // units that what is typed may mean
)

// request is a page.Request with what only this page makes of it.
type request struct{ *figures.Ask }

// side is one of the units, with what it owes.
type side struct {
	unit        model.RankingRow
	obligations *page.Answer[[]model.ObligationRow]
	score       score.UnitScore
	apart       bool // score makes up what the ranking shows
}

// view is what compare.html shows.
type view struct {
	Sentence, About               string
	Units                         []page.Link // each with a way to leave it out
	Adding, Compared              bool
	Add                           page.SearchBox
	Offers                        []page.Link
	None                          string // nobody is called what was typed
	Measures, Lost, Items, Lapses page.Figure
}

// build shows what the address's units have and lack, in the order of the address.
func build(ctx context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	ids := unitsOf(a.Address)
	if len(ids) > most {
		return page.Content{}, &model.UserError{Parameter: "unit", Value: strings.Join(ids, ", "), Expected: a.T("compare.expected", "Most", most)}
	}
	a.Question.Within, a.Question.Group, a.Question.Scope = "", "all", "own" // each is ranked in its group
	sides, err := a.sides(ctx, ids)
	if err != nil {
		return page.Content{}, err
	}
	body := view{Sentence: a.sentence(sides), About: a.WindowSentence(), Adding: len(ids) < most, Add: a.adding(), Compared: len(sides) > 0}
	for i, one := range sides {
		body.Units = append(body.Units, page.Link{Text: one.unit.Unit, Note: a.T("compare.without", "Unit", one.unit.Unit), Href: a.with(slices.Delete(slices.Clone(ids), i, i+1)...)})
	}
	if err := a.offers(ctx, &body, ids); err != nil {
		return page.Content{}, err
	}
	if len(sides) > 0 {
		body.Measures, body.Items, body.Lapses = a.measuresFigure(sides), a.itemsFigure(sides), a.lapsesFigure(sides)
		if body.Lost, err = a.lostFigure(sides); err != nil {
			return page.Content{}, fmt.Errorf("compare: %w", err)
		}
	}
	return page.Content{Title: a.T("compare.title"), Nav: "compare", Filters: []string{"window", "programme", "focus"}, Charts: true, Body: body}, nil
}

// unitsOf are the units that an address names, each once.
func unitsOf(a page.Address) (ids []string) {
	for _, id := range a.Query["unit"] {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// with is the address of a comparison of some units.
func (a *request) with(ids ...string) string {
	there := a.Address.At(page.ComparePath).With("add", "")
	there = there.With("unit", "x")
	there.Query["unit"] = ids
	return there.String()
}

// sides asks for each unit's place in its group and what it owes.
func (a *request) sides(ctx context.Context, ids []string) ([]side, error) {
	sides := make([]side, len(ids))
	places := make([]*page.Answer[[]model.RankingRow], len(ids))
	for i, id := range ids {
		question := a.Question
		question.Unit = id
		places[i] = page.Load(a.Panels, "place", question, a.place)
		sides[i].obligations = page.Ask(a.Request, question, ask.Obligations)
	}
	a.Panels.Wait()
	for i, id := range ids {
		if places[i].Failed {
			_, reason := a.Panels.Unanswered()
			return nil, reason
		}
		if len(places[i].Value) == 0 {
			return nil, &page.NotFoundError{Message: a.T("problem.no_unit", "Unit", id, "Day", a.Question.AsOf.Format(page.DayLayout))}
		}
		one := &sides[i]
		one.unit = places[i].Value[0]
		if !one.obligations.Failed {
			one.score = score.Of(a.Options.Assessment(), one.obligations.Value, one.unit.YellowCards, one.unit.OverdueRectifications)
			one.apart = one.unit.Score != nil && one.score.Score != nil && one.unit.Score.StringFixed(2) == one.score.Score.FloatString(2)
		}
	}
	return sides, nil
}

// place is a unit's row in the ranking of its group; none: nobody active has the id.
func (a *request) place(ctx context.Context, question model.Question) ([]model.RankingRow, error) {
	if a.RankedByPart {
		units, err := ask.Run(ctx, a.Store, ask.RankingPart(model.RankingPart{Limit: 1}), question)
		if err != nil || len(units) == 0 {
			return nil, err
		}
		question.Group = units[0].Group
		units, err = ask.Run(ctx, a.Store, ask.RankingPart(model.RankingPart{Limit: 1}), question)
		return figures.RankedRows(units), err
	}
	id := question.Unit
	question.Unit = ""
	rows, err := a.Units(ctx, question)
	for _, row := range rows {
		if row.UnitID == id {
			row.Rank, row.PreviousRank = row.GroupRank, row.PreviousGroupRank
			return []model.RankingRow{row}, nil
		}
	}
	return nil, err
}

// adding is the box in which another unit is named.
func (a *request) adding() page.SearchBox {
	box := a.SearchBox("compare-add")
	box.Action, box.Suggest, box.Parameter, box.Words = page.ComparePath, "", "add", a.Address.Get("add")
	box.Label, box.Hint, box.Submit = a.T("compare.add"), a.T("compare.add"), a.T("compare.add")
	for _, id := range unitsOf(a.Address) {
		box.Kept = append(box.Kept, page.KeptChoice{Name: "unit", Value: id})
	}
	return box
}

// offers are the units that what was typed may mean.
func (a *request) offers(ctx context.Context, body *view, ids []string) error {
	words := a.Address.Get("add")
	if words == "" || len(ids) >= most {
		return nil
	}
	units, err := ask.Run(ctx, a.Store, ask.FindUnits(words, offered), a.Question)
	if err != nil {
		a.Panels.Fail("found units", err)
		return nil
	}
	for _, unit := range units {
		if !slices.Contains(ids, unit.UnitID) {
			body.Offers = append(body.Offers, page.Link{Text: unit.Unit, Note: unit.Parent, Href: a.with(append(slices.Clone(ids), unit.UnitID)...)})
		}
	}
	if len(body.Offers) == 0 {
		body.None = a.T("compare.nobody", "Words", words)
	}
	return nil
}

// sentence names each unit with its score and place.
func (a *request) sentence(sides []side) string {
	if len(sides) == 0 {
		return a.T("compare.choose", "Most", most)
	}
	var parts []string
	for _, one := range sides {
		if one.unit.Rank == nil || one.unit.Score == nil {
			parts = append(parts, a.T("compare.unranked", "Unit", one.unit.Unit))
			continue
		}
		parts = append(parts, a.T("compare.placed", "Unit", one.unit.Unit, "Score", one.unit.Score.StringFixed(2), "Rank", *one.unit.Rank))
	}
	return strings.Join(parts, a.T("compare.and")) + a.T("sentence.end")
}
