package export

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"yangguang/queries"
)

// nextSheet finishes the sheet before and starts another one with its header.
func (x *xlsxWriter) nextSheet() error {
	if x.sheet != nil {
		if err := x.sheet.Flush(); err != nil {
			return err
		}
	}
	name, err := x.addSheet()
	if err != nil {
		return err
	}
	if err := layOut(x.file, name); err != nil {
		return err
	}
	if x.sheet, err = x.file.NewStreamWriter(name); err != nil {
		return err
	}
	x.row = 0
	headers := make([]string, len(x.request.Report.Columns))
	for i, column := range x.request.Report.Columns {
		headers[i] = x.request.Printer.Header(x.request.Report.Name, column.Key)
		if err := x.sheet.SetColWidth(i+1, i+1, columnWidth(column, headers[i])); err != nil {
			return err
		}
		x.cells[i] = excelize.Cell{StyleID: x.styles.header, Value: headers[i]}
	}
	frozen := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := x.sheet.SetPanes(frozen); err != nil {
		return err
	}
	return x.writeCells()
}

// addSheet names the sheets 单位排名, 单位排名 (2), …
func (x *xlsxWriter) addSheet() (string, error) {
	name := x.request.Printer.Report(x.request.Report.Name)
	if x.request.Printer.Language() == "en" {
		name = x.request.Report.Name
	}
	first := len(x.sheets) == 0
	if !first {
		name = fmt.Sprintf("%s (%d)", name, len(x.sheets)+1)
	}
	x.sheets = append(x.sheets, name)
	if first {
		return name, x.file.SetSheetName(x.file.GetSheetName(0), name)
	}
	_, err := x.file.NewSheet(name)
	return name, err
}

// layOut sets what a printer needs: A4 across, as wide as the page, the header repeated.
func layOut(file *excelize.File, sheet string) error {
	a4, landscape, width, height := 9, "landscape", 1, 0
	fit := true
	if err := file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	err := file.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &a4, Orientation: &landscape, FitToWidth: &width, FitToHeight: &height,
	})
	if err != nil {
		return err
	}
	return file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: "'" + strings.ReplaceAll(sheet, "'", "''") + "'!$1:$1", Scope: sheet,
	})
}

// columnWidth is wide enough for the header and for what a column of its kind usually holds, in characters.
func columnWidth(column queries.Column, header string) float64 {
	needed := map[queries.Kind]int{
		queries.Text: 16, queries.Code: 12, queries.Date: 12, queries.Instant: 20, queries.Ratio: 9, queries.Score: 9,
	}[column.Kind]
	switch column.Key {
	case "unit", "parent", "item", "place", "source":
		needed = 26
	case "title", "url", "problem", "reason", "content", "error":
		needed = 48
	}
	return float64(max(needed, displayWidth(header)+2, 8))
}

// displayWidth counts a Chinese character as two.
func displayWidth(text string) int {
	columns := 0
	for _, r := range text {
		columns++
		if kind := width.LookupRune(r).Kind(); kind == width.EastAsianWide || kind == width.EastAsianFullwidth {
			columns++
		}
	}
	return columns
}
