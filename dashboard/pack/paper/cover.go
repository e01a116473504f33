package paper

import (
	"fmt"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"yangguang/queries/freeze"
)

// coverColumns are the key figures of the cover, of the report summary.
func coverColumns() []string {
	return []string{
		"group", "units", "assessed", "coverage", "timeliness", "evidenced_timeliness", "organisation_coverage", "member_coverage", "clear_units",
		"lapsed", "carried_lapsed", "unverified", "pending",
	}
}

// writeCover says what the book is about, and the key figures of every group.
func (w *Workbook) writeCover(papers map[string]*Paper, inputs freeze.Inputs) error {
	summary := papers["summary.csv"]
	file, sheet := w.book.File(), w.cover
	styles, err := newCoverStyles(file)
	if err != nil {
		return err
	}
	columns := coverColumns()
	last, err := excelize.ColumnNumberToName(len(columns))
	if err != nil {
		return err
	}
	row := 0
	var failure error
	set := func(column int, value any, style int) {
		cell, err := excelize.CoordinatesToCellName(column, row)
		for _, err := range []error{err, file.SetCellValue(sheet, cell, value), file.SetCellStyle(sheet, cell, cell, style)} {
			if err != nil && failure == nil {
				failure = err
			}
		}
	}
	line := func(text string, style int, height float64) {
		row++
		set(1, text, style)
		for _, err := range []error{
			file.MergeCell(sheet, fmt.Sprintf("A%d", row), fmt.Sprintf("%s%d", last, row)), file.SetRowHeight(sheet, row, height),
		} {
			if err != nil && failure == nil {
				failure = err
			}
		}
	}
	line(titled(w.District, w.printer.T("pack.title")), styles.title, 34)
	for _, text := range about(w.printer, w.question, papers) {
		line(text, styles.text, 18)
	}
	row++
	row++
	for i, key := range columns {
		set(i+1, w.printer.ReportLabel("summary", key), styles.header)
	}
	for _, values := range summary.rows {
		if summary.value(values, "units") == int64(0) {
			continue
		}
		row++
		for i, key := range columns {
			value, style := w.coverValue(summary, values, key, styles)
			set(i+1, value, style)
		}
	}
	row++
	line(w.printer.T("pack.signed"), styles.text, 30) // by hand
	row++
	for _, text := range methodology(w.printer, inputs) {
		line(text, styles.text, 32)
	}
	if failure != nil {
		return failure
	}
	return firstOf(file.SetColWidth(sheet, "A", "A", 16), file.SetColWidth(sheet, "B", last, 12))
}

func (w *Workbook) coverValue(summary *Paper, row []any, key string, styles coverStyles) (any, int) {
	switch value := summary.value(row, key).(type) {
	case decimal.Decimal:
		return value.InexactFloat64(), styles.ratio
	case string:
		return w.printer.CodeLabel(key, value), styles.name
	case nil:
		return "—", styles.none
	default:
		return value, styles.count
	}
}

type coverStyles struct{ title, text, header, name, ratio, count, none int }

func newCoverStyles(file *excelize.File) (s coverStyles, err error) {
	border := []excelize.Border{{Type: "bottom", Color: "CBD5E1", Style: 1}}
	percent, whole := "0.0%", "#,##0"
	right := &excelize.Alignment{Horizontal: "right"}
	for _, style := range []struct {
		id   *int
		made excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 20, Color: "0F172A"}, Alignment: &excelize.Alignment{Vertical: "center"}}},
		{&s.text, excelize.Style{Font: &excelize.Font{Size: 11, Color: "334155"}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}}},
		{&s.header, excelize.Style{
			Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E2E8F0"}},
			Border: border, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center", Horizontal: "center"},
		}},
		{&s.name, excelize.Style{Font: &excelize.Font{Bold: true}, Border: border}},
		{&s.ratio, excelize.Style{CustomNumFmt: &percent, Border: border}},
		{&s.count, excelize.Style{CustomNumFmt: &whole, Border: border}},
		{&s.none, excelize.Style{Border: border, Alignment: right}},
	} {
		id, err := file.NewStyle(&style.made)
		if err != nil {
			return s, err
		}
		*style.id = id
	}
	return s, nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
