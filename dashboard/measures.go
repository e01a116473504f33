package dashboard

import (
	"cmp"
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"yangguang/queries"
)

// groupMeasure is a measure of the summary as a series of bars.
type groupMeasure struct {
	key, fill, decal string
	of               func(queries.SummaryRow) *decimal.Decimal
}

// groupMeasures sets measures of the groups side by side, as the summary has them; texts are those of the page.
func (a *ask) groupMeasures(name string, summary *answer[[]queries.SummaryRow], measures ...groupMeasure) (figure, error) {
	f := figure{
		ID: "groups", Heading: a.T(name + ".groups"), About: a.T(name + ".groups_about"), Class: "span-5",
		Failed: summary.failed, Exports: a.exports("summary", a.question),
	}
	if len(summary.value) == 0 {
		return f, nil
	}
	t := &table{Label: f.Heading, Short: true, Columns: []column{{Key: "group", Label: a.Label("group"), Class: "title stick"}, {Key: "assessed", Label: a.Label("assessed"), Class: "num"}}}
	var labels []string
	all := make([]rowSeries, len(measures))
	for i, measure := range measures {
		t.Columns = append(t.Columns, column{Key: measure.key, Label: a.ReportLabel("summary", measure.key), Class: "num"})
		all[i] = rowSeries{Name: a.ReportLabel("summary", measure.key), Fill: measure.fill}
	}
	drawable := false
	for _, group := range summary.value {
		name, href := a.CodeLabel("group", group.Group), a.address.at("/ranking/"+group.Group).String()
		labels = append(labels, a.T("nav.group."+group.Group))
		cells := []cell{a.words(name).href(href).class("title stick"), a.count(group.Assessed)}
		for i, measure := range measures {
			ratio := measure.of(group)
			cells = append(cells, a.ratio(ratio))
			p := point{Value: "-"}
			if ratio != nil {
				drawable = true
				p = point{Value: share(*ratio), Link: href, Tip: []string{name, all[i].Name + "  " + percent(*ratio)}, Style: &pointStyle{Decal: measure.decal}, Label: beside(percent(*ratio))}
			}
			all[i].Points = append(all[i].Points, p)
		}
		t.Rows = append(t.Rows, row{Cells: cells})
	}
	f.Table = t
	if !drawable {
		return f, nil
	}
	var err error
	f.Chart, err = rowsChart(a.T(name+".groups_aria"), labels, true, all...)
	return f, err
}

// lowestUnits is how many units are named as lowest in a measure.
const lowestUnits = 15

// lowestIn are the units that are lowest in a measure, of those that are not whole in it.
type lowestIn struct {
	units []queries.RankingRow
	found int
}

// lowest asks for the units that are lowest in a measure.
func (a *ask) lowest(measure string, of func(queries.RankingRow) *decimal.Decimal) func(context.Context, queries.Question) (lowestIn, error) {
	return func(ctx context.Context, question queries.Question) (lowestIn, error) {
		if a.large {
			units, err := a.store.RankingPart(ctx, question, queries.RankingPart{Only: measure, Sort: measure, Limit: lowestUnits})
			if err != nil || len(units) == 0 {
				return lowestIn{}, err
			}
			return lowestIn{rankedRows(units), int(units[0].Found)}, nil
		}
		units, err := a.store.Ranking(ctx, question)
		lower := slices.DeleteFunc(slices.Clone(units), func(r queries.RankingRow) bool { return of(r) == nil || of(r).Equal(whole()) })
		slices.SortStableFunc(lower, func(x, y queries.RankingRow) int {
			return cmp.Or(of(x).Cmp(*of(y)), cmp.Compare(x.UnitID, y.UnitID))
		})
		return lowestIn{lower[:min(lowestUnits, len(lower))], len(lower)}, err
	}
}

// lowestFigure lists the units that are lowest in a measure, those without a loss left out.
func (a *ask) lowestFigure(lowest *answer[lowestIn], measure string, of func(queries.RankingRow) *decimal.Decimal) figure {
	f := figure{
		ID: "lowest", Heading: a.T(measure + ".lowest"), Class: "span-7", Failed: lowest.failed, Open: true, Exports: a.exports("ranking", a.question),
	}
	f.About = a.T("lowest.about", "Count", lowest.value.found, "Shown", len(lowest.value.units))
	t := table{Label: f.Heading, Short: true, Empty: a.T("lowest.none"), Columns: []column{
		{Key: "unit", Label: a.Label("unit"), Class: "title"},
		{Key: "group", Label: a.Label("group"), Class: "fit"},
		{Key: "assessed", Label: a.Label("assessed"), Class: "num"},
		{Key: measure, Label: a.ReportLabel("ranking", measure), Class: "num"},
	}}
	for _, unit := range lowest.value.units {
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.unitCell(unit.UnitID, unit.Unit).class("title"), a.words(a.CodeLabel("group", unit.Group)).class("fit"),
			a.count(unit.Assessed), a.ratio(of(unit)),
		}})
	}
	f.Table = &t
	return f
}
