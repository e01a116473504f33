package compare

import (
	"cmp"
	"math/big"
	"slices"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/model"
	"yangguang/queries/score"
)

// measure is what is compared, a value of each unit.
type measure struct {
	key, label string
	of         func(side) page.Cell
}

func (a *request) measures() []measure {
	ratio := func(key string, of func(model.RankingRow) page.Cell) measure {
		return measure{key, a.Label(key), func(one side) page.Cell { return of(one.unit) }}
	}
	return []measure{
		ratio("rank", func(u model.RankingRow) page.Cell {
			if u.Rank == nil {
				return page.Cell{None: true, Title: a.UnrankedWhy(u), Class: "num"}
			}
			return a.Count(*u.Rank).Noted(a.CodeLabel("group", u.Group))
		}),
		{"moved", a.T("ranking.places"), func(one side) page.Cell {
			if places := a.Places(one.unit); places.Change != "" {
				return places
			}
			return a.None("change.none")
		}},
		ratio("score", func(u model.RankingRow) page.Cell { return a.Score(u.Score) }),
		ratio("previous_score", func(u model.RankingRow) page.Cell { return a.Score(u.PreviousScore) }),
		ratio("rating", func(u model.RankingRow) page.Cell {
			if u.Rating == "" {
				return a.None("none.no_score")
			}
			return page.Cell{Text: a.CodeLabel("rating", u.Rating), Tag: "rating-" + u.Rating, Class: "num"}
		}),
		ratio("coverage", func(u model.RankingRow) page.Cell { return a.Ratio(u.Coverage) }),
		ratio("timeliness", func(u model.RankingRow) page.Cell { return a.Ratio(u.Timeliness) }),
		ratio("evidenced_timeliness", func(u model.RankingRow) page.Cell { return a.Ratio(u.EvidencedTimeliness) }),
		ratio("procedure", func(u model.RankingRow) page.Cell { return a.Ratio(u.Procedure) }),
		ratio("placement", func(u model.RankingRow) page.Cell { return a.Ratio(u.Placement) }),
		ratio("verified", func(u model.RankingRow) page.Cell { return a.Ratio(u.Verified) }),
		ratio("deductions", func(u model.RankingRow) page.Cell { return a.Score(u.Deductions) }),
		ratio("assessed", func(u model.RankingRow) page.Cell { return a.Count(u.Assessed) }),
		ratio("on_time", func(u model.RankingRow) page.Cell { return a.Count(u.OnTime) }),
		ratio("late", func(u model.RankingRow) page.Cell { return a.Count(u.Late) }),
		ratio("lapsed", func(u model.RankingRow) page.Cell { return a.Count(u.Lapsed) }),
		ratio("carried_lapsed", func(u model.RankingRow) page.Cell { return a.Count(u.CarriedLapsed) }),
		ratio("unverified", func(u model.RankingRow) page.Cell { return a.Count(u.Unverified) }),
		ratio("oldest_lapse_days", func(u model.RankingRow) page.Cell { return a.Days(u.OldestLapseDays) }),
	}
}

// columns are a first column and one of each unit, which its name heads.
func (a *request) columns(first page.Column, sides []side) []page.Column {
	columns := []page.Column{first}
	for _, one := range sides {
		columns = append(columns, page.Column{Key: one.unit.UnitID, Label: one.unit.Unit, Class: "num"})
	}
	return columns
}

// measuresFigure has a row of each measure and a column of each unit; its export has a row of each unit, as the ranking.
func (a *request) measuresFigure(sides []side) page.Figure {
	f := page.Figure{ID: "measures", Heading: a.T("compare.measures"), About: a.T("compare.measures_about"), Class: "span-6", Open: true, Own: true}
	f.Table = &page.Table{Label: f.Heading, Short: true, Columns: a.columns(page.Column{Key: "measure", Label: a.T("compare.measure"), Class: "title stick"}, sides)}
	f.Held = &page.Table{Columns: []page.Column{{Key: "unit", Label: a.Label("unit")}, {Key: "group", Label: a.Label("group")}}}
	for _, one := range sides {
		f.Held.Rows = append(f.Held.Rows, page.Row{Cells: []page.Cell{a.UnitCell(one.unit.UnitID, one.unit.Unit), a.Words(a.CodeLabel("group", one.unit.Group))}})
	}
	for _, m := range a.measures() {
		cells := []page.Cell{a.Words(m.label).Classed("title stick")}
		f.Held.Columns = append(f.Held.Columns, page.Column{Key: m.key, Label: m.label})
		for i, one := range sides {
			cell := m.of(one)
			cells = append(cells, cell)
			cell.Note = ""
			f.Held.Rows[i].Cells = append(f.Held.Rows[i].Cells, cell)
		}
		f.Table.Rows = append(f.Table.Rows, page.Row{Cells: cells})
	}
	return f
}

// lostFigure draws the points that each unit lost by measure, as far as its obligations make up the score that is shown.
func (a *request) lostFigure(sides []side) (page.Figure, error) {
	f := page.Figure{ID: "lost", Heading: a.T("compare.lost"), About: a.T("compare.lost_about"), Class: "span-6", Open: true, Own: true}
	f.Table = &page.Table{Label: f.Heading, Short: true, Columns: a.columns(page.Column{Key: "measure", Label: a.T("compare.measure"), Class: "title stick"}, sides)}
	all := make([]chart.RowSeries, 0, len(score.Measures())+1)
	var labels []string
	for _, one := range sides {
		f.Failed = f.Failed || one.obligations.Failed
		labels = append(labels, one.unit.Unit)
	}
	for m, key := range score.Measures() {
		series := chart.RowSeries{Name: a.Label(key), Fill: figures.LossFills()[m], Decal: figures.LossDecals()[m], Stack: "lost"}
		cells := []page.Cell{a.Words(series.Name).Classed("title stick")}
		for _, one := range sides {
			cell, point := a.lost(one, series.Name, lostOf(one, m))
			cells, series.Points = append(cells, cell), append(series.Points, point)
		}
		all, f.Table.Rows = append(all, series), append(f.Table.Rows, page.Row{Cells: cells})
	}
	deductions := chart.RowSeries{Name: a.Label("deductions"), Fill: "var(--state-unverified-line)", Stack: "lost"}
	cells := []page.Cell{a.Words(deductions.Name).Classed("title stick")}
	for _, one := range sides {
		taken := new(big.Rat)
		if one.unit.Deductions != nil {
			taken = one.unit.Deductions.Rat()
		}
		cell, point := a.lost(one, deductions.Name, taken)
		if one.unit.Score != nil {
			point.End = one.unit.Score.StringFixed(2)
		}
		cells, deductions.Points = append(cells, cell), append(deductions.Points, point)
	}
	f.Table.Rows = append(f.Table.Rows, page.Row{Cells: cells})
	var err error
	f.Chart, err = chart.Rows(a.T("compare.lost_aria"), labels, false, append(all, deductions)...)
	return f, err
}

// lostOf is what all items of a unit lost in a measure.
func lostOf(one side, measure int) *big.Rat {
	sum := new(big.Rat)
	for _, item := range one.score.Items {
		if item.Lost[measure] != nil {
			sum.Add(sum, item.Lost[measure])
		}
	}
	return sum
}

// lost is a number of points as a cell and as a part of a bar.
func (a *request) lost(one side, name string, points *big.Rat) (page.Cell, chart.Point) {
	if !one.apart {
		why := "compare.not_apart"
		if one.unit.Score == nil {
			why = "none.no_score"
		}
		return a.None(why), chart.Point{Value: "-"}
	}
	text := points.FloatString(2)
	value, _ := points.Float64()
	return page.Cell{Text: text, Sort: text, Class: "num", Kind: model.Score},
		chart.Point{Value: value, Link: a.Address.At(page.UnitPath(one.unit.UnitID)).String() + "#losses", Tip: []string{one.unit.Unit, name + "  −" + text}}
}

// owed is what became of a unit's obligations of one item.
type owed struct {
	count  map[string]int
	oldest *int64
}

// itemsFigure has the items that the units owe, those with most lapses first, and what became of them.
func (a *request) itemsFigure(sides []side) page.Figure {
	f := page.Figure{ID: "items", Heading: a.T("compare.items"), About: a.T("compare.items_about"), Class: "span-12", Open: true, Own: true}
	byItem := make([]map[string]*owed, len(sides))
	names, worst := map[string]model.ObligationRow{}, map[string]int{}
	var order []string
	for i, one := range sides {
		f.Failed = f.Failed || one.obligations.Failed
		byItem[i] = map[string]*owed{}
		for _, o := range one.obligations.Value {
			if _, known := names[o.ItemID]; !known {
				names[o.ItemID], order = o, append(order, o.ItemID)
			}
			of := byItem[i][o.ItemID]
			if of == nil {
				of = &owed{count: map[string]int{}}
				byItem[i][o.ItemID] = of
			}
			of.count[o.State]++
			if o.State == "lapsed" {
				worst[o.ItemID] += 1000
				if o.DelayDays != nil && (of.oldest == nil || *o.DelayDays > *of.oldest) {
					of.oldest = o.DelayDays
				}
			} else if o.State == "late" {
				worst[o.ItemID]++
			}
		}
	}
	slices.SortStableFunc(order, func(x, y string) int { return cmp.Or(cmp.Compare(worst[y], worst[x]), cmp.Compare(x, y)) })
	f.Table = &page.Table{Label: f.Heading, Short: true, Empty: a.T("unit.sentence_nothing"), Columns: a.columns(page.Column{Key: "item", Label: a.Label("item"), Class: "title stick"}, sides)}
	for i := range f.Table.Columns[1:] {
		f.Table.Columns[i+1].Class = "text"
	}
	for _, id := range order {
		item := names[id]
		cells := []page.Cell{a.Words(item.Item).Classed("title stick").Noted(a.CodeLabel("class", item.Class))}
		for i := range sides {
			cells = append(cells, a.owedCell(byItem[i][id]))
		}
		f.Table.Rows = append(f.Table.Rows, page.Row{Cells: cells})
	}
	return f
}

// owedCell is the worst state of some obligations, with how many are in each.
func (a *request) owedCell(of *owed) page.Cell {
	if of == nil {
		return a.None("compare.not_owed").Classed("text")
	}
	var cell page.Cell
	for _, state := range []string{"lapsed", "late", "unverified", "on_time", "pending", "undated", "exempt"} {
		n := of.count[state]
		if n == 0 {
			continue
		}
		words := a.CodeLabel("state", state) + " " + a.T("unit.obligations", "Count", n)
		if cell.State == "" {
			cell = a.State(state, of.oldest).Classed("text")
			cell.Text, cell.Sort = words, ""
			continue
		}
		if cell.Note != "" {
			cell.Note += " · "
		}
		cell.Note += words
	}
	return cell
}

// lapsesFigure lists what of the units has lapsed in the window, the longest first.
func (a *request) lapsesFigure(sides []side) page.Figure {
	f := page.Figure{ID: "lapses", Heading: a.T("compare.lapses"), Class: "span-12", Open: true, Own: true}
	f.Table = &page.Table{Label: f.Heading, Short: true, Empty: a.T("compare.no_lapses"), Columns: []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title stick"},
		{Key: "item", Label: a.Label("item"), Class: "wide full text"},
		{Key: "period", Label: a.Label("period"), Class: "fit"},
		{Key: "due_on", Label: a.Label("due_on"), Class: "fit"},
		{Key: "lasting", Label: a.T("overview.lasting"), Class: "num"},
	}}
	var lapses []model.ObligationRow
	for _, one := range sides {
		f.Failed = f.Failed || one.obligations.Failed
		for _, o := range one.obligations.Value {
			if o.State == "lapsed" && o.DelayDays != nil {
				lapses = append(lapses, o)
			}
		}
	}
	slices.SortStableFunc(lapses, func(x, y model.ObligationRow) int { return cmp.Compare(*y.DelayDays, *x.DelayDays) })
	for _, lapse := range lapses {
		f.Table.Rows = append(f.Table.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(lapse.UnitID, lapse.Unit).Classed("title stick"), a.Words(lapse.Item).Classed("wide full text").Noted(a.CodeLabel("class", lapse.Class)),
			a.Period(lapse.Cadence, lapse.Period), a.Day(lapse.DueOn), a.Lasting(lapse),
		}})
	}
	return f
}
