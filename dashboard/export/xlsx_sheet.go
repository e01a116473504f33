package export

import (
	"fmt"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"yangguang/queries/model"
)

// nextSheet finishes the sheet before and starts another one with its header.
func (x *Sheets) nextSheet() error {
	if err := x.End(); err != nil {
		return err
	}
	name := x.title
	if len(x.Names) > 0 {
		name = fmt.Sprintf("%s (%d)", name, len(x.Names)+1)
	}
	x.Names = append(x.Names, name)
	var widths []float64
	for _, column := range x.request.Report.Columns {
		widths = append(widths, columnWidth(column, x.request.header(column.Key)))
	}
	x.parts = printedParts(widths, namingColumns(x.request.Report))
	if err := x.book.add(name, namingColumns(x.request.Report)); err != nil {
		return err
	}
	if err := x.book.file.SetHeaderFooter(name, x.request.printed(name)); err != nil {
		return err
	}
	var err error
	if x.stream, err = x.book.file.NewStreamWriter(name); err != nil {
		return err
	}
	x.row = 0
	for i, column := range x.request.Report.Columns {
		if err := x.stream.SetColWidth(i+1, i+1, widths[i]); err != nil {
			return err
		}
		x.cells[i] = excelize.Cell{StyleID: x.book.styles.head(column.Kind), Value: x.request.header(column.Key)}
	}
	if err := x.stream.SetPanes(frozen(x.request.Report)); err != nil {
		return err
	}
	return x.writeCells(excelize.RowOpts{Height: headerHeight})
}

// headerHeight is that of two lines, in points.
const headerHeight = 32

// frozen keeps the header in sight, and who or what a row is about.
func frozen(report model.Report) *excelize.Panes {
	naming := namingColumns(report)
	if naming == 0 {
		return &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	}
	cell, _ := excelize.CoordinatesToCellName(naming+1, 2) // cannot fail: both are above 0
	return &excelize.Panes{Freeze: true, XSplit: naming, YSplit: 1, TopLeftCell: cell, ActivePane: "bottomRight"}
}

// namingColumns is how many of the first columns say who a row is about; 0 where these stand further to the right.
func namingColumns(report model.Report) int {
	for i, column := range report.Columns[:min(4, len(report.Columns))] {
		if column.Key == "unit" {
			return i + 1
		}
	}
	return 0
}

// End finishes the sheet under way: every column can be filtered.
func (x *Sheets) End() error {
	if x.stream == nil {
		return nil
	}
	last, err := excelize.CoordinatesToCellName(len(x.cells), x.row)
	if err != nil {
		return err
	}
	if err := x.book.file.AutoFilter(x.Names[len(x.Names)-1], "A1:"+last, nil); err != nil {
		return err
	}
	if err := x.book.printOnly(x.Names[len(x.Names)-1], x.parts, x.row); err != nil {
		return err
	}
	stream := x.stream
	x.stream = nil
	return stream.Flush()
}

// columnWidth is wide enough for the header and for what a column of its kind usually holds, in characters.
func columnWidth(column model.Column, header string) float64 {
	needed := map[model.Kind]int{
		model.Text: 16, model.Sentence: 48, model.Code: 12, model.Date: 12, model.Instant: 20, model.Ratio: 9, model.Score: 9,
	}[column.Kind]
	switch column.Key {
	case "unit", "parent", "place", "source", "finding_id":
		needed = 26
	case "item":
		needed = 32
	case "title", "url", "problem", "reason", "content", "error", "remark", "nearest", "before", "after":
		needed = 48
	}
	if column.Kind == model.Text || column.Kind == model.Code || column.Kind == model.Sentence {
		return float64(max(needed, DisplayWidth(header)+4))
	}
	return float64(max(needed, (DisplayWidth(header)+1)/2+4, 8)) // the header of a number takes two lines, and has a button
}

// DisplayWidth is how many columns a text takes where a Chinese character takes two.
func DisplayWidth(text string) int {
	columns := 0
	for _, r := range text {
		columns++
		if kind := width.LookupRune(r).Kind(); kind == width.EastAsianWide || kind == width.EastAsianFullwidth {
			columns++
		}
	}
	return columns
}
