package supervision

import (
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/shopspring/decimal"

	"yangguang/dashboard/page"
	"yangguang/dashboard/page/chart"
	"yangguang/queries/model"
)

// lackingShown is how many of the units that lack an institution the page lists.
const lackingShown = 300

// institutionsFigure shows the share of each group's units that have established each institution.
func (a *request) institutionsFigure(institutions *page.Answer[[]model.InstitutionsRow], question model.Question) (page.Figure, error) {
	f := page.Figure{
		ID: "institutions", Heading: a.T("supervision.institutions"), About: a.T("supervision.institutions_about"), Class: "span-5",
		Failed: institutions.Failed, Own: true, Exports: a.Exports("ranking", question),
	}
	if len(institutions.Value) == 0 {
		return f, nil
	}
	f.Table = a.institutionsTable(institutions.Value)
	var labels []string
	for _, institution := range model.Codes("institution") {
		labels = append(labels, a.T("institution.short."+institution))
	}
	bar := chart.Bars(a.T("supervision.institutions_aria"),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Top: "0", Left: "0", ItemWidth: 14, ItemHeight: 14, SelectedMode: "false"}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "0", Top: "72", Bottom: "8", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category", AxisLabel: &opts.AxisLabel{Color: "var(--ink)"}}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0, Max: 100, AxisLabel: &opts.AxisLabel{Formatter: "{value} %"}}),
	)
	bar.SetXAxis(labels)
	fills := []string{"var(--measure-1)", "var(--measure-2)", "var(--measure-3)", "var(--state-exempt)"}
	decals := []string{"", "second", "third", ""}
	for i, group := range institutions.Value {
		var points []chart.Point
		for j, institution := range model.Codes("institution") {
			share := established(group, j)
			points = append(points, chart.Point{
				Value: share.Shift(2).Round(1).InexactFloat64(), Link: a.Address.With(page.ViewParameter, "lacking.only="+institution+",lacking.find="+a.CodeLabel("group", group.Group)).String() + "#lacking", Style: &chart.PointStyle{Decal: decals[i%len(decals)]},
				Tip: []string{a.CodeLabel("group", group.Group), a.CodeLabel("institution", institution) + "  " + page.Percent(share), a.T("supervision.of_group", "Established", group.Established[j], "Count", group.Units)},
			})
		}
		chart.Series(bar, a.T("nav.group."+group.Group), points, func(s *charts.SingleSeries) {
			s.BarGap, s.BarMaxWidth = "10%", "28"
			s.ItemStyle = &opts.ItemStyle{Color: fills[i%len(fills)], BorderColor: "var(--line-strong)", BorderWidth: 1}
		})
	}
	var err error
	f.Chart, err = chart.Draw(bar, 64+56*5, nil)
	return f, err
}

// established is the share of a group's units that have the institution of that place; a group has at least one unit.
func established(group model.InstitutionsRow, place int) decimal.Decimal {
	return decimal.NewFromUint64(group.Established[place]).Div(decimal.NewFromUint64(group.Units)).Round(4)
}

func (a *request) institutionsTable(groups []model.InstitutionsRow) *page.Table {
	t := &page.Table{Label: a.T("supervision.institutions"), Short: true, Columns: []page.Column{
		{Key: "group", Label: a.Label("group"), Class: "title"}, {Key: "units", Label: a.Label("units"), Class: "num"},
	}}
	for _, institution := range model.Codes("institution") {
		t.Columns = append(t.Columns, page.Column{Key: institution, Label: a.CodeLabel("institution", institution), Class: "num"})
	}
	t.Columns = append(t.Columns, page.Column{Key: "complete_institutions", Label: a.T("figure.complete_institutions"), Class: "num"})
	for _, group := range groups {
		cells := []page.Cell{a.Words(a.CodeLabel("group", group.Group)).Classed("title"), a.Count(int64(group.Units))}
		for _, units := range group.Established {
			cells = append(cells, a.Count(int64(units)))
		}
		t.Rows = append(t.Rows, page.Row{Cells: append(cells, a.Count(int64(group.Complete)))})
	}
	return t
}

// lackingFigure names the units that lack institutions, and which.
func (a *request) lackingFigure(lacking *page.Answer[[]model.LackingRow], question model.Question) page.Figure {
	var found uint64
	if len(lacking.Value) > 0 {
		found = lacking.Value[0].Found
	}
	f := page.Figure{
		ID: "lacking", Heading: a.T("supervision.lacking"), About: a.T("supervision.lacking_about", "Count", int(found), "Shown", len(lacking.Value)),
		Class: "span-12", Open: true, Failed: lacking.Failed, Own: true, Listed: true, Exports: a.Exports("ranking", question),
	}
	t := &page.Table{
		Label: f.Heading, Search: a.T("table.search_units"), Counter: a.T("table.units"), Page: 20, Short: true, Empty: a.T("supervision.none_lacking"),
		Columns: []page.Column{
			{Key: "unit", Label: a.Label("unit"), Class: "title", Sort: "text"},
			{Key: "group", Label: a.Label("group"), Class: "fit", Sort: "text"},
			{Key: "established", Label: a.T("supervision.established"), Class: "num", Sort: "number"},
			{Key: "lacks", Label: a.T("supervision.lacks"), Class: "wide full text"},
		},
	}
	missed := map[string]bool{}
	for _, unit := range lacking.Value {
		var names, tags []string
		for _, institution := range model.Codes("institution") {
			if !slices.Contains(unit.Established, institution) {
				names, tags = append(names, a.CodeLabel("institution", institution)), append(tags, institution)
				missed[institution] = true
			}
		}
		t.Rows = append(t.Rows, page.Row{Tags: strings.Join(tags, " "), Cells: []page.Cell{
			a.UnitCell(unit.UnitID, unit.Unit).Classed("title"),
			a.Words(a.CodeLabel("group", unit.Group)).Classed("fit"), a.Count(int64(len(unit.Established))),
			a.Words(strings.Join(names, a.T("list.comma"))).Classed("wide full text"),
		}})
	}
	for _, institution := range model.Codes("institution") {
		if missed[institution] {
			t.Chips = append(t.Chips, page.Chip{Text: a.T("supervision.without", "Institution", a.T("institution.short."+institution)), Tag: institution})
		}
	}
	f.Table = t
	return f
}
