package overview

import (
	"context"
	"slices"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// ranksShown is how many units are named of either end of a group.
const ranksShown = 5

// ranksPanel names the first and the last of each group.
type ranksPanel struct {
	page.Figure
	Groups []rankedGroup
}

type rankedGroup struct {
	Name        page.Cell
	First, Last []rankedUnit // Last is empty where First has all
}

type rankedUnit struct{ Rank, Unit, Score, Change page.Cell }

// ends are both ends of a group's ranking, in its order, no unit twice.
type ends struct {
	group       string
	ranked      int
	first, last []model.RankingRow
}

// loadRanks asks in the background for the ends of every group that the question is about.
func (a *request) loadRanks(question model.Question) *page.Answer[[]ends] {
	return page.Load(a.Panels, "ranking", question, func(ctx context.Context, question model.Question) (all []ends, err error) {
		groups := []string{question.Group}
		if question.Group == "all" {
			groups = []string{"organs", "towns", "villages"}
		}
		for _, group := range groups {
			one := ends{group: group}
			if a.RankedByPart {
				one, err = a.endsOfMany(ctx, question, group)
			} else {
				units, failed := a.rankedInGroups(ctx, question)
				one.first, err = ranked(units, group), failed
				one.ranked = len(one.first)
				one.first, one.last = apart(one.first)
			}
			if err != nil {
				return nil, err
			}
			if one.ranked > 0 {
				all = append(all, one)
			}
		}
		return all, nil
	})
}

// ranked are the units of a group that have a rank, in its order.
func ranked(units []model.RankingRow, group string) []model.RankingRow {
	of := slices.DeleteFunc(slices.Clone(units), func(unit model.RankingRow) bool { return unit.Group != group || unit.Rank == nil })
	slices.SortStableFunc(of, func(x, y model.RankingRow) int { return int(*x.Rank - *y.Rank) })
	return of
}

// apart are the two ends of a ranking, or all of a short one.
func apart(units []model.RankingRow) (first, last []model.RankingRow) {
	if len(units) <= 2*ranksShown {
		return units, nil
	}
	return units[:ranksShown], units[len(units)-ranksShown:]
}

// endsOfMany asks for the ends of a group whose units are not all asked for.
func (a *request) endsOfMany(ctx context.Context, question model.Question, group string) (ends, error) {
	question.Group = group
	totals, err := ask.Run(ctx, a.Store, ask.RankingTotals, question)
	if err != nil || totals.Ranked == 0 {
		return ends{}, err
	}
	top, err := ask.Run(ctx, a.Store, ask.RankingPart(model.RankingPart{Sort: "rank", Limit: 2 * ranksShown}), question)
	if err != nil {
		return ends{}, err
	}
	one := ends{group: group, ranked: int(totals.Ranked)}
	if one.first = ranked(figures.RankedRows(top), group); one.ranked <= 2*ranksShown {
		return one, nil
	}
	one.first = one.first[:ranksShown]
	bottom, err := ask.Run(ctx, a.Store, ask.RankingPart(model.RankingPart{Sort: "rank", Descending: true, Limit: ranksShown}), question)
	one.last = ranked(figures.RankedRows(bottom), group)
	return one, err
}

func (a *request) ranksPanel(told *page.Answer[[]ends]) ranksPanel {
	p := ranksPanel{Figure: page.Figure{ID: "ranks", Heading: a.T("wall.ranks"), About: a.T("overview.movers_about"), Class: "span-12", Failed: told.Failed}}
	for _, one := range told.Value {
		group := rankedGroup{Name: page.Cell{
			Text: a.CodeLabel("group", one.group), Href: a.Address.At("/ranking/" + one.group).String(), Note: a.T("wall.ranked", "Count", one.ranked),
		}}
		for _, unit := range one.first {
			group.First = append(group.First, a.rankedUnit(unit))
		}
		for _, unit := range one.last {
			group.Last = append(group.Last, a.rankedUnit(unit))
		}
		p.Groups = append(p.Groups, group)
	}
	return p
}

func (a *request) rankedUnit(unit model.RankingRow) rankedUnit {
	name := a.UnitCell(unit.UnitID, unit.Unit)
	if unit.Group == "villages" {
		name.Note = unit.Parent
	}
	return rankedUnit{a.Count(*unit.Rank), name, a.Score(unit.Score), a.Places(unit)}
}
