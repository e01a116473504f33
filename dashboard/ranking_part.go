package dashboard

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"yangguang/queries"
)

// rankingEdge is how many units the chart shows of either end of a large group.
const rankingEdge = 20

// rankingView is what of a group's units a page shows: all of a small group, the part that the address names of a larger one.
type rankingView struct {
	part   queries.RankingPart
	number int    // of the page, from 1
	most   int    // units that are sent whole
	words  string // sought, as they were typed

	all    *answer[[]queries.RankingRow] // of a group whose beginning is asked and that is not very large
	units  *answer[[]queries.PlacedUnit] // else the part
	counts *answer[queries.RankingTotals]

	failed bool
	whole  bool
	rows   []queries.RankingRow // of the table
	found  int64                // rows of all pages
	totals queries.RankingTotals
}

// rankingView reads from the address which part of the ranking is asked.
func (a *ask) rankingView() (*rankingView, error) {
	number, err := pageAsked(a.address.get("page"))
	if err != nil {
		return nil, err
	}
	sorted, descending := strings.CutPrefix(a.address.get("sort"), "-")
	s := &rankingView{number: number, words: strings.TrimSpace(a.address.get("search")), most: a.options.Whole, part: queries.RankingPart{
		Search: foldedName(a.address.get("search")), Only: a.address.get("only"), Sort: sorted, Descending: descending,
		Limit: rankingPage, Offset: (number - 1) * rankingPage,
	}}
	if s.first() {
		s.part.Limit = max(s.most, rankingPage)
	}
	return s, s.part.Check()
}

// villageEnding is how the name of a village's committee ends, written long or short.
var villageEnding = regexp.MustCompile(`(村|居)(民委员会|委会)`)

// foldedName is a name as it is sought: whichever way the village's ending is written, what stands before it finds it.
func foldedName(words string) string {
	return villageEnding.ReplaceAllString(strings.TrimSpace(words), "$1")
}

// first says that the address asks for nothing but the beginning.
func (s *rankingView) first() bool {
	return s.number == 1 && s.part.Search == "" && s.part.Only == "" && s.part.Sort == ""
}

// ask asks for the units, of which not very many are asked for all at once: other pages ask the same.
func (s *rankingView) ask(a *ask, question queries.Question) {
	if s.first() && !a.large {
		s.all = load(a.panels, "ranking", question, a.store.Ranking)
		return
	}
	s.units = load(a.panels, "ranking", question, func(ctx context.Context, question queries.Question) ([]queries.PlacedUnit, error) {
		return a.store.RankingPart(ctx, question, s.part)
	})
	s.counts = load(a.panels, "ranking totals", question, a.store.RankingTotals)
}

// take keeps what was answered.
func (s *rankingView) take() {
	if s.all != nil {
		s.failed, s.rows, s.found, s.totals = s.all.failed, s.all.value, int64(len(s.all.value)), totalsOf(s.all.value)
	} else {
		s.failed, s.rows, s.totals = s.units.failed || s.counts.failed, rankedRows(s.units.value), s.counts.value
		if len(s.units.value) > 0 {
			s.found = s.units.value[0].Found
		}
	}
	s.whole = s.first() && s.totals.Units <= uint64(s.most)
	if !s.whole {
		s.rows = s.rows[:min(rankingPage, len(s.rows))]
	}
}

func (s *rankingView) count() int { return int(s.found+rankingPage-1) / rankingPage }

// ends are both ends of the ranking in its order, no unit twice.
func (s *rankingView) ends(a *ask, question queries.Question) (top, bottom []queries.RankingRow, failed bool) {
	top = s.rows[:min(rankingEdge, len(s.rows), int(s.totals.Ranked))]
	if s.all != nil {
		ranked := s.all.value[:s.totals.Ranked]
		return top, ranked[max(len(top), len(ranked)-rankingEdge):], false
	}
	last := load(a.panels, "end of the ranking", question, func(ctx context.Context, question queries.Question) ([]queries.PlacedUnit, error) {
		return a.store.RankingPart(ctx, question, queries.RankingPart{Sort: "rank", Descending: true, Limit: rankingEdge})
	})
	a.panels.wait()
	bottom = slices.DeleteFunc(rankedRows(last.value), func(unit queries.RankingRow) bool {
		return unit.Rank == nil || slices.ContainsFunc(top, func(other queries.RankingRow) bool { return other.UnitID == unit.UnitID })
	})
	slices.Reverse(bottom)
	return top, bottom, last.failed
}
