package overview

import (
	"cmp"
	"context"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// worstItems is how many items the chart names; the table behind it has all.
const worstItems = 12

// itemsFigure shows which items fail most: the share of obligations lapsed, then the share late, as the report pools them.
func (a *request) itemsFigure(items *page.Answer[[]model.ItemRow]) (page.Figure, error) {
	f := page.Figure{
		ID: "items", Heading: a.T("overview.items"), About: a.T("overview.items_about"), Class: "span-7",
		Failed: items.Failed, Exports: a.Exports("items", a.Question), Table: a.itemsTable(items.Value),
	}
	worst := slices.DeleteFunc(slices.Clone(items.Value), func(item model.ItemRow) bool {
		return item.Coverage == nil || item.Timeliness == nil || item.Timeliness.Equal(page.Whole())
	})
	slices.SortStableFunc(worst, func(x, y model.ItemRow) int {
		return cmp.Or(x.Coverage.Cmp(*y.Coverage), x.Timeliness.Cmp(*y.Timeliness))
	})
	worst = worst[:min(worstItems, len(worst))]
	if len(worst) == 0 {
		return f, nil
	}
	var labels []string
	var lapsed, late []chart.Point
	for _, item := range worst {
		missing, delayed := page.Whole().Sub(*item.Coverage), item.Coverage.Sub(*item.Timeliness)
		tip := []string{
			item.Item, a.CodeLabel("class", item.Class) + " · " + a.T("overview.item_units", "Count", item.Units) + " · " + a.T("unit.obligations", "Count", item.Assessed),
			a.CodeLabel("state", "lapsed") + "  " + page.Percent(missing) + "  " + a.T("unit.obligations", "Count", item.Lapsed),
			a.CodeLabel("state", "late") + "  " + page.Percent(delayed),
		}
		labels = append(labels, item.Item)
		link := a.LapsesOf("item", item.ItemID)
		lapsed = append(lapsed, chart.Point{Value: page.Share(missing), Tip: tip, Link: link, Style: &chart.PointStyle{Decal: "lapsed"}})
		late = append(late, chart.Point{
			Value: page.Share(delayed), Tip: tip, Link: link, Style: &chart.PointStyle{Decal: "late"},
			End: a.T("overview.item_lapsed", "Count", item.Lapsed),
		})
	}
	bar := chart.Bars(a.T("overview.items_aria"),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 14, ItemHeight: 14, SelectedMode: "false"}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "72", Top: "36", Bottom: "0", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: 0, SplitNumber: 4, AxisLabel: &opts.AxisLabel{Formatter: "{value} %"}}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Inverse: opts.Bool(true), AxisLabel: &opts.AxisLabel{Color: "var(--ink)", FontSize: 13}}),
	)
	bar.SetXAxis(labels)
	bar.XYReversal()
	for _, state := range []struct {
		code   string
		points []chart.Point
	}{{"lapsed", lapsed}, {"late", late}} {
		chart.Series(bar, a.CodeLabel("state", state.code), state.points, func(s *charts.SingleSeries) {
			s.Stack, s.BarMaxWidth = "states", "18"
			s.ItemStyle = &opts.ItemStyle{Color: stateFill(state.code), BorderColor: "var(--surface)", BorderWidth: 1}
		})
	}
	var err error
	f.Chart, err = chart.Draw(bar, 72+37*len(labels), nil)
	return f, err
}

func (a *request) itemsTable(items []model.ItemRow) *page.Table {
	t := &page.Table{Label: a.Report("items"), Counter: a.T("table.items"), Search: a.T("table.search_items"), Columns: []page.Column{
		{Key: "item", Label: a.Label("item"), Class: "title stick", Sort: "text"},
		{Key: "class", Label: a.Label("class"), Class: "fit", Sort: "text"},
		{Key: "units", Label: a.Label("units"), Class: "num", Sort: "number"},
		{Key: "assessed", Label: a.Label("assessed"), Class: "num", Sort: "number"},
		{Key: "coverage", Label: a.Label("coverage"), Class: "num", Sort: "number"},
		{Key: "timeliness", Label: a.Label("timeliness"), Class: "num", Sort: "number"},
		{Key: "lapsed", Label: a.Label("lapsed"), Class: "num", Sort: "number"},
	}}
	for _, item := range items {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.Words(item.Item).Classed("title stick"), a.Words(a.CodeLabel("class", item.Class)).Classed("fit"),
			a.Count(item.Units), a.Count(item.Assessed), a.Ratio(item.Coverage), a.Ratio(item.Timeliness), a.Count(item.Lapsed).Linked(a.LapsesOf("item", item.ItemID)),
		}})
	}
	return t
}

// movers is how many units are named as risen and as fallen most.
const movers = 5

// moved asks for the units whose place changed most since the previous window, risen first, then fallen.
func (a *request) moved(ctx context.Context, question model.Question) ([]model.RankingRow, error) {
	if a.RankedByPart {
		return a.movedOfMany(ctx, question)
	}
	units, err := a.rankedInGroups(ctx, question)
	moved := slices.DeleteFunc(slices.Clone(units), func(r model.RankingRow) bool { return !hasMoved(r) })
	slices.SortStableFunc(moved, func(x, y model.RankingRow) int { return cmp.Compare(figures.PlacesUp(y), figures.PlacesUp(x)) })
	risen := min(movers, len(moved))
	fallen := max(risen, len(moved)-movers)
	var most []model.RankingRow
	for i, unit := range moved {
		if rises := figures.PlacesUp(unit) > 0; rises && i < risen || !rises && i >= fallen {
			most = append(most, unit)
		}
	}
	return most, err
}

// rankedInGroups are the units of a question, each with its rank in its own group: the one that its page and its leaders know. Ranks among all
// would move by hundreds.
func (a *request) rankedInGroups(ctx context.Context, question model.Question) ([]model.RankingRow, error) {
	units, err := a.Units(ctx, question)
	inGroups := slices.Clone(units)
	for i, unit := range units {
		inGroups[i].Rank, inGroups[i].PreviousRank = unit.GroupRank, unit.PreviousGroupRank
	}
	return inGroups, err
}

// movedOfMany is moved of units that are not all asked for: those that moved most.
func (a *request) movedOfMany(ctx context.Context, question model.Question) (most []model.RankingRow, err error) {
	for _, descending := range []bool{true, false} {
		units, err := ask.Run(ctx, a.Store, ask.RankingPart(model.RankingPart{Sort: "moved", Descending: descending, InGroups: true, Limit: movers}), question)
		if err != nil {
			return nil, err
		}
		rows := slices.DeleteFunc(figures.RankedRows(units), func(r model.RankingRow) bool { return !hasMoved(r) || figures.PlacesUp(r) > 0 != descending })
		if !descending {
			slices.Reverse(rows)
		}
		most = append(most, rows...)
	}
	return most, nil
}

func hasMoved(unit model.RankingRow) bool {
	return unit.Rank != nil && unit.PreviousRank != nil && *unit.Rank != *unit.PreviousRank
}

// moversFigure names the units whose place changed most since the previous window, risen first.
func (a *request) moversFigure(moved *page.Answer[[]model.RankingRow]) page.Figure {
	f := page.Figure{
		ID: "movers", Heading: a.T("overview.movers"), About: a.T("overview.movers_about"), Class: "span-5", Open: true,
		Failed: moved.Failed, Exports: a.Exports("ranking", a.Question),
	}
	t := page.Table{Label: f.Heading, Empty: a.T("overview.no_movers"), Short: true, Columns: []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title"},
		{Key: "rank", Label: a.Label("rank"), Class: "num"},
		{Key: "places", Label: a.T("overview.places"), Class: "num"},
		{Key: "score", Label: a.Label("score"), Class: "num"},
		{Key: "previous_score", Label: a.Label("previous_score"), Class: "num"},
	}}
	for _, unit := range moved.Value {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(unit.UnitID, unit.Unit).Classed("title").Noted(a.CodeLabel("group", unit.Group)),
			a.Count(*unit.Rank).Noted(a.T("change.rank", "Rank", *unit.PreviousRank)), a.Places(unit), a.Score(unit.Score), a.Score(unit.PreviousScore),
		}})
	}
	f.Table = &t
	return f
}
