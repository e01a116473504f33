package overview

import (
	"slices"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
)

// sincePanel is what changed since the last meeting: counts, and the units whose rank changed most.
type sincePanel struct {
	page.Figure
	Numbers []page.Number
	Movers  []movedUnits
}

// movedUnits are the units that rose, or fell.
type movedUnits struct {
	Label string
	Units []mover
	All   []page.Link // the rankings that list all of them, of each group
}

type mover struct {
	Unit, Change page.Cell
	About        string
}

// sinceMovers is how many units are named as risen and as fallen most since the meeting.
const sinceMovers = 3

// sincePanel is nil where the pages know of no packs.
func (a *request) sincePanel(since *page.Answer[figures.Since], units *page.Answer[[]model.RankingRow]) *sincePanel {
	if since == nil {
		return nil
	}
	p := &sincePanel{Figure: a.SincePanel(since)}
	if p.Failed || since.Value.Meeting == nil {
		return p
	}
	p.Numbers, p.Own = a.SinceNumbers(since.Value), true
	if units.Failed {
		p.Lacks = a.T("lacks.ranks")
		return p
	}
	t := page.Table{Label: a.T("overview.movers"), Columns: []page.Column{
		{Key: "unit", Label: a.Label("unit")},
		{Key: "group", Label: a.Label("group")},
		{Key: "rank", Label: a.Label("rank")},
		{Key: "rank_then", Label: a.T("since.then_column", "Column", a.Label("rank"))},
		{Key: "score", Label: a.Label("score")},
		{Key: "score_then", Label: a.T("since.then_column", "Column", a.Label("score"))},
	}}
	p.Movers = []movedUnits{{Label: a.T("since.risen")}, {Label: a.T("since.fallen")}}
	all := figures.SinceMoved(units.Value, since.Value)
	for at, risen := range []bool{true, false} {
		p.Movers[at].All = a.sinceRankings(units.Value, all, risen)
	}
	for _, moved := range figures.SinceEnds(all, sinceMovers) {
		now, then := moved.Now, moved.Then
		in, change := &p.Movers[0], a.SincePlaces(now.Rank, then.Rank)
		if moved.Up() < 0 {
			in = &p.Movers[1]
		}
		in.Units = append(in.Units, mover{
			Unit: a.UnitCell(now.UnitID, now.Unit), Change: change,
			About: a.T("since.moved", "Group", a.CodeLabel("group", now.Group), "Then", *then.Rank, "Now", *now.Rank),
		})
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(now.UnitID, now.Unit), a.Words(a.CodeLabel("group", now.Group)), a.Count(*now.Rank), a.Count(*then.Rank), a.Score(now.Score), a.Score(then.Score),
		}})
	}
	slices.Reverse(p.Movers[1].Units) // fallen most first
	p.Held = &t
	return p
}

// sinceRankings lead to where all that rose or fell since the meeting are listed, those that did most first; ranks are those of their groups. A ranking
// that comes in parts cannot be sorted by it.
func (a *request) sinceRankings(units []model.RankingRow, all []figures.Moved, risen bool) (links []page.Link) {
	sizes, counts := map[string]int{}, map[string]int{}
	for _, unit := range units {
		sizes[unit.Group]++
	}
	for _, moved := range all {
		if moved.Up() > 0 == risen {
			counts[moved.Now.Group]++
		}
	}
	for _, group := range model.Codes("group") {
		if n := counts[group]; n > 0 && sizes[group] <= a.Options.Whole {
			links = append(links, page.Link{Text: a.T("since.all_moved", "Group", a.CodeLabel("group", group), "Count", n), Href: a.SinceRanked(group, risen)})
		}
	}
	return links
}
