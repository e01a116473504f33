package figures

import (
	"cmp"
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// GroupMeasure is a measure of the summary as a series of bars.
type GroupMeasure struct {
	Key, Fill, Decal string
	Of               func(model.SummaryRow) *decimal.Decimal
}

// GroupMeasures sets measures of the groups side by side, as the summary has them; texts are those of the page.
func (a *Ask) GroupMeasures(name string, summary *page.Answer[[]model.SummaryRow], measures ...GroupMeasure) (page.Figure, error) {
	f := page.Figure{
		ID: "groups", Heading: a.T(name + ".groups"), About: a.T(name + ".groups_about"), Class: "span-5",
		Failed: summary.Failed, Exports: a.Exports("summary", a.Question),
	}
	if len(summary.Value) == 0 {
		return f, nil
	}
	t := &page.Table{Label: f.Heading, Short: true, Columns: []page.Column{{Key: "group", Label: a.Label("group"), Class: "title stick"}, {Key: "assessed", Label: a.Label("assessed"), Class: "num"}}}
	var labels []string
	all := make([]chart.RowSeries, len(measures))
	for i, measure := range measures {
		t.Columns = append(t.Columns, page.Column{Key: measure.Key, Label: a.ReportLabel("summary", measure.Key), Class: "num"})
		all[i] = chart.RowSeries{Name: a.ReportLabel("summary", measure.Key), Fill: measure.Fill}
	}
	drawable := false
	for _, group := range summary.Value {
		name, href := a.CodeLabel("group", group.Group), a.Address.At("/ranking/"+group.Group).String()
		labels = append(labels, a.T("nav.group."+group.Group))
		cells := []page.Cell{a.Words(name).Linked(href).Classed("title stick"), a.Count(group.Assessed)}
		for i, measure := range measures {
			ratio := measure.Of(group)
			cells = append(cells, a.Ratio(ratio))
			p := chart.Point{Value: "-"}
			if ratio != nil {
				drawable = true
				p = chart.Point{Value: page.Share(*ratio), Link: a.Address.At("/ranking/"+group.Group).With("sort", measure.Key).String() + "#units", Tip: []string{name, all[i].Name + "  " + page.Percent(*ratio)}, Style: &chart.PointStyle{Decal: measure.Decal}, End: page.Percent(*ratio)}
			}
			all[i].Points = append(all[i].Points, p)
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells})
	}
	f.Table = t
	if !drawable {
		return f, nil
	}
	var err error
	f.Chart, err = chart.Rows(a.T(name+".groups_aria"), labels, true, all...)
	return f, err
}

// lowestUnits is how many units are named as lowest in a measure.
const lowestUnits = 15

// lowestIn are the units that are lowest in a measure, of those that are not whole in it.
type lowestIn struct {
	units []model.RankingRow
	found int
}

// Lowest asks for the units that are lowest in a measure.
func (a *Ask) Lowest(measure string, of func(model.RankingRow) *decimal.Decimal) func(context.Context, model.Question) (lowestIn, error) {
	return func(ctx context.Context, question model.Question) (lowestIn, error) {
		if a.RankedByPart {
			units, err := ask.Run(ctx, a.Store, ask.RankingPart(model.RankingPart{Only: measure, Sort: measure, Limit: lowestUnits}), question)
			if err != nil || len(units) == 0 {
				return lowestIn{}, err
			}
			return lowestIn{RankedRows(units), int(units[0].Found)}, nil
		}
		units, err := a.Units(ctx, question)
		lower := slices.DeleteFunc(slices.Clone(units), func(r model.RankingRow) bool { return of(r) == nil || of(r).Equal(page.Whole()) })
		slices.SortStableFunc(lower, func(x, y model.RankingRow) int {
			return cmp.Or(of(x).Cmp(*of(y)), cmp.Compare(x.UnitID, y.UnitID))
		})
		return lowestIn{lower[:min(lowestUnits, len(lower))], len(lower)}, err
	}
}

// LowestFigure lists the units that are lowest in a measure, those without a loss left out.
func (a *Ask) LowestFigure(lowest *page.Answer[lowestIn], measure string, of func(model.RankingRow) *decimal.Decimal) page.Figure {
	f := page.Figure{
		ID: "lowest", Heading: a.T(measure + ".lowest"), Class: "span-7", Failed: lowest.Failed, Open: true, Exports: a.Exports("ranking", a.Question),
	}
	f.About = a.T("lowest.about", "Count", lowest.Value.found, "Shown", len(lowest.Value.units))
	t := page.Table{Label: f.Heading, Short: true, Empty: a.T("lowest.none"), Columns: []page.Column{
		{Key: "unit", Label: a.Label("unit"), Class: "title"},
		{Key: "group", Label: a.Label("group"), Class: "fit"},
		{Key: "assessed", Label: a.Label("assessed"), Class: "num"},
		{Key: measure, Label: a.ReportLabel("ranking", measure), Class: "num"},
	}}
	for _, unit := range lowest.Value.units {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.UnitCell(unit.UnitID, unit.Unit).Classed("title"), a.Words(a.CodeLabel("group", unit.Group)).Classed("fit"),
			a.Count(unit.Assessed), a.Ratio(of(unit)),
		}})
	}
	f.Table = &t
	return f
}
