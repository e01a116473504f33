package paper

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	chartWidth   = 900  // pixels, as wide as the page when printed
	rowPixels    = 17   // of a row at least: LibreOffice's are lower than Excel's
	pagePixels   = 1150 // of a page's height, at that width
	chartedUnits = 40   // more are shown by both ends
	endUnits     = 20   // of each end
	chartedItems = 15
)

// chart is one chart of the workbook over cells of a sheet.
type chart struct {
	title    string
	kind     excelize.ChartType
	first    int // row of the first bar, of the sheet
	last     int
	category string // key of the column with names
	series   []series
	format   string
	most     *float64 // of the axis of values
	paper    *Paper
	lost     bool // draws the points lost, of a sheet of its own, in place of a column of the report
}

type series struct{ key, colour string }

// writeCharts draws what a meeting looks at: the groups beside one another, each group's scores, the items that fail most.
func (w *Workbook) writeCharts(papers map[string]*Paper) error {
	portrait := "portrait"
	if err := w.book.File().SetPageLayout(w.charts, &excelize.PageLayoutOptions{Orientation: &portrait}); err != nil {
		return err
	}
	row, used := 1, 0
	for _, chart := range w.allCharts(papers) {
		if chart.lost {
			var err error
			if chart, err = w.tabulateLost(chart); err != nil {
				return fmt.Errorf("%s: %w", chart.title, err)
			}
		}
		height := chart.height()
		drawn, err := w.draw(chart, height)
		if err != nil {
			return err
		}
		if used += height; used > pagePixels {
			used = height
			if err := w.book.File().InsertPageBreak(w.charts, fmt.Sprintf("A%d", row)); err != nil {
				return err
			}
		}
		if err := w.book.File().AddChart(w.charts, fmt.Sprintf("A%d", row), drawn); err != nil {
			return fmt.Errorf("%s: %w", chart.title, err)
		}
		row += height/rowPixels + 2
	}
	return nil
}

func (w *Workbook) allCharts(papers map[string]*Paper) []chart {
	whole, hundred := 1.0, 100.0
	summary := papers["summary.csv"]
	charts := []chart{{
		title: w.printer.T("pack.chart.groups"), kind: excelize.Col, paper: summary, first: 2, last: summary.Count + 1, category: "group",
		series: []series{{"coverage", "0F766E"}, {"timeliness", "D97706"}, {"evidenced_timeliness", "64748B"}}, format: "0%", most: &whole,
	}}
	for _, group := range rankedGroups(papers) {
		ranking := papers["ranking-"+group+".csv"]
		ranked := ranking.ranked()
		scores := chart{kind: excelize.Bar, paper: ranking, category: "unit", series: []series{{"score", "0F766E"}}, format: "0.00", most: &hundred}
		name := w.printer.CodeLabel("group", group)
		switch {
		case ranked == 0:
		case ranked <= chartedUnits:
			charts = append(charts, w.scores(scores.of(w.printer.T("pack.chart.scores", "Group", name), 1, ranked)))
		default:
			charts = append(charts,
				w.scores(scores.of(w.printer.T("pack.chart.first", "Group", name, "Count", endUnits), 1, endUnits)),
				w.scores(scores.of(w.printer.T("pack.chart.last", "Group", name, "Count", endUnits), ranked-endUnits+1, ranked)))
		}
	}
	items := papers["items.csv"]
	failing := 0
	for _, row := range items.rows {
		if lapsed, _ := items.value(row, "lapsed").(int64); lapsed > 0 && failing < chartedItems {
			failing++
		}
	}
	if failing > 0 {
		lapses := chart{kind: excelize.Bar, paper: items, category: "item", series: []series{{"lapsed", "C2410C"}}, format: "0"}
		charts = append(charts, lapses.of(w.printer.T("pack.chart.items"), 1, failing))
	}
	return charts
}

// of is a chart of some rows of its report, counted from 1.
func (c chart) of(title string, first, last int) chart {
	c.title, c.first, c.last = title, first+1, last+1
	return c
}

func (c chart) height() int {
	if c.kind == excelize.Col {
		return 400
	}
	return 120 + 24*(c.last-c.first+1)
}

func (w *Workbook) draw(c chart, height int) (*excelize.Chart, error) {
	cells := func(key string) (string, error) {
		if c.lost {
			column := map[bool]string{true: "A", false: "B"}[key == c.category]
			return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", w.printer.T("pack.sheet.lost_points"), column, c.first, column, c.last), nil
		}
		column, err := excelize.ColumnNumberToName(c.paper.column(key) + 1)
		return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", strings.ReplaceAll(c.paper.Sheet, "'", "''"), column, c.first, column, c.last), err
	}
	gap := uint(45)
	drawn := &excelize.Chart{
		Type: c.kind, Dimension: excelize.ChartDimension{Width: chartWidth, Height: uint(height)},
		Title:    excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.title, Font: &excelize.Font{Bold: true, Size: 14, Color: "0F172A"}}}},
		Legend:   excelize.ChartLegend{Position: "bottom"},
		XAxis:    excelize.ChartAxis{ReverseOrder: c.kind == excelize.Bar, Font: excelize.Font{Size: 10, Color: "334155"}},
		YAxis:    excelize.ChartAxis{MajorGridLines: true, Maximum: c.most, Minimum: new(float64), NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.format}, Font: excelize.Font{Size: 9, Color: "475569"}},
		PlotArea: excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.format}},
		GapWidth: &gap,
		Format:   excelize.GraphicOptions{AltText: c.title},
	}
	if len(c.series) == 1 {
		drawn.Legend.Position = "none"
	}
	categories, err := cells(c.category)
	if err != nil {
		return nil, err
	}
	for _, s := range c.series {
		values, err := cells(s.key)
		if err != nil {
			return nil, err
		}
		header, err := excelize.CoordinatesToCellName(c.paper.column(s.key)+1, 1, true)
		if err != nil {
			return nil, err
		}
		sheet := c.paper.Sheet
		if c.lost {
			sheet, header = w.printer.T("pack.sheet.lost_points"), "$B$1"
		}
		drawn.Series = append(drawn.Series, excelize.ChartSeries{
			Name: fmt.Sprintf("'%s'!%s", sheet, header), Categories: categories, Values: values,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{s.colour}},
		})
	}
	return drawn, nil
}

// rankedGroups are the groups of the pack's rankings, in their order.
func rankedGroups(papers map[string]*Paper) (groups []string) {
	summary := papers["summary.csv"]
	for _, row := range summary.rows {
		group, _ := summary.value(row, "group").(string)
		if papers["ranking-"+group+".csv"] != nil {
			groups = append(groups, group)
		}
	}
	return groups
}

// ranked is how many of the rows kept have a rank; they stand first.
func (p *Paper) ranked() (ranked int) {
	for _, row := range p.rows {
		if p.value(row, "rank") != nil {
			ranked++
		}
	}
	return ranked
}
