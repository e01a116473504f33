package ranking

import (
	"slices"
	"strings"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/names"
)

// edge is how many units the chart shows of either end of a large group.
const edge = 20

// selection is what of a group's units a page shows: all of a small group, the part that the address names of a larger one.
type selection struct {
	part   model.RankingPart
	number int    // of the page, from 1
	most   int    // units that are sent whole
	words  string // sought, as they were typed

	all    *page.Answer[[]model.RankingRow] // of a group whose beginning is asked and that is not very large
	units  *page.Answer[[]model.PlacedUnit] // else the part
	counts *page.Answer[model.RankingTotals]

	since *page.Answer[figures.Since]

	failed bool
	whole  bool
	rows   []model.RankingRow // of the table
	found  int64              // rows of all pages
	totals model.RankingTotals
}

// selection reads from the address which part of the ranking is asked.
func (a *request) selection() (*selection, error) {
	number, err := page.PageAsked(a.Address.Get("page"))
	if err != nil {
		return nil, err
	}
	sorted, descending := strings.CutPrefix(a.Address.Get("sort"), "-")
	s := &selection{number: number, words: strings.TrimSpace(a.Address.Get("search")), most: a.Options.Whole, part: model.RankingPart{
		Search: strings.Join(names.Words(a.Address.Get("search")), " "), Only: a.Address.Get("only"), Sort: sorted, Descending: descending,
		Limit: pageUnits, Offset: (number - 1) * pageUnits,
	}}
	if s.first() {
		s.part.Limit = max(s.most, pageUnits)
	}
	return s, s.part.Check()
}

// first says that the address asks for nothing but the beginning.
func (s *selection) first() bool {
	return s.number == 1 && s.part.Search == "" && s.part.Only == "" && s.part.Sort == ""
}

// ask asks for the units, of which not very many are asked for all at once: other pages ask the same.
func (s *selection) ask(a *request, question model.Question) {
	if s.first() && !a.RankedByPart {
		s.all = page.Load(a.Panels, "ranking", question, a.Units)
		return
	}
	s.units = page.Ask(a.Request, question, ask.RankingPart(s.part))
	s.counts = page.Ask(a.Request, question, ask.RankingTotals)
}

// take keeps what was answered.
func (s *selection) take() {
	if s.all != nil {
		s.failed, s.rows, s.found, s.totals = s.all.Failed, s.all.Value, int64(len(s.all.Value)), figures.TotalsOf(s.all.Value)
	} else {
		s.failed, s.rows, s.totals = s.units.Failed || s.counts.Failed, figures.RankedRows(s.units.Value), s.counts.Value
		if len(s.units.Value) > 0 {
			s.found = s.units.Value[0].Found
		}
	}
	s.whole = s.first() && s.totals.Units <= uint64(s.most)
	if !s.whole {
		s.rows = s.rows[:min(pageUnits, len(s.rows))]
	}
}

func (s *selection) count() int { return int(s.found+pageUnits-1) / pageUnits }

// ends are both ends of the ranking in its order, no unit twice.
func (s *selection) ends(a *request, question model.Question) (top, bottom []model.RankingRow, failed bool) {
	top = s.rows[:min(edge, len(s.rows), int(s.totals.Ranked))]
	if s.all != nil {
		ranked := s.all.Value[:s.totals.Ranked]
		return top, ranked[max(len(top), len(ranked)-edge):], false
	}
	last := page.Ask(a.Request, question, ask.RankingPart(model.RankingPart{Sort: "rank", Descending: true, Limit: edge}))
	a.Panels.Wait()
	bottom = slices.DeleteFunc(figures.RankedRows(last.Value), func(unit model.RankingRow) bool {
		return unit.Rank == nil || slices.ContainsFunc(top, func(other model.RankingRow) bool { return other.UnitID == unit.UnitID })
	})
	slices.Reverse(bottom)
	return top, bottom, last.Failed
}
