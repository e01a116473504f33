package paper

import (
	"fmt"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
)

// highScores is from where on scores are drawn as points lost: bars that all reach nearly 100 tell nothing.
const highScores = 90

// scores draws the points lost where every score of a chart is above highScores.
func (w *Workbook) scores(c chart) chart {
	for _, row := range c.paper.rows[c.first-2 : c.last-1] {
		score, scored := c.paper.value(row, "score").(decimal.Decimal)
		if !scored || score.LessThanOrEqual(decimal.NewFromInt(highScores)) {
			return c
		}
	}
	c.title, c.lost, c.most = w.printer.T("pack.chart.lost", "Chart", c.title), true, nil
	c.series = []series{{"score", "C2410C"}}
	return c
}

// tabulateLost writes the points that a chart draws below those of the charts before, on a sheet of their own: a chart needs cells.
func (w *Workbook) tabulateLost(c chart) (chart, error) {
	file, sheet := w.book.File(), w.printer.T("pack.sheet.lost_points")
	if w.lostRows == 0 {
		if err := w.book.Add(sheet); err != nil {
			return c, err
		}
		w.lostRows = 1
		header := []any{w.printer.ReportLabel("ranking", "unit"), w.printer.T("pack.sheet.lost_points")}
		if err := firstOf(file.SetSheetRow(sheet, "A1", &header), file.SetColWidth(sheet, "A", "A", 40)); err != nil {
			return c, err
		}
	}
	places := "0.00"
	style, err := file.NewStyle(&excelize.Style{CustomNumFmt: &places})
	if err != nil {
		return c, err
	}
	first := w.lostRows + 1
	for _, row := range c.paper.rows[c.first-2 : c.last-1] {
		w.lostRows++
		score, _ := c.paper.value(row, "score").(decimal.Decimal)
		cells := []any{c.paper.value(row, c.category), decimal.NewFromInt(100).Sub(score).InexactFloat64()}
		if err := file.SetSheetRow(sheet, fmt.Sprintf("A%d", w.lostRows), &cells); err != nil {
			return c, err
		}
	}
	c.first, c.last = first, w.lostRows
	return c, file.SetCellStyle(sheet, fmt.Sprintf("B%d", first), fmt.Sprintf("B%d", w.lostRows), style)
}
