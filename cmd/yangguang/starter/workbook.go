package starter

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// form is a workbook to fill in: a sheet with a header and examples, and one that explains its columns.
type form struct {
	sheet    string
	columns  []column
	examples [][]any // text, whole numbers or civil days, in the order of the columns; nil: empty
}

// column is one of a form.
type column struct {
	name     string
	about    string
	required bool
	choices  []string // to choose from
	several  bool     // joined by |, or something else is right as well: a choice is offered, not demanded
	day      bool
	wide     bool
	listedIn string // the choices are those of this column of the sheet itself: A, B, …
}

const (
	explanations = "填表说明" // readers leave a sheet of this name out
	filledRows   = 2000
)

// workbook writes the form.
func (f form) workbook() ([]byte, error) {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // nothing on disk
	if err := errors.Join(book.SetSheetName("Sheet1", f.sheet), f.explain(book), f.fill(book)); err != nil {
		return nil, err
	}
	var written bytes.Buffer
	if err := book.Write(&written); err != nil {
		return nil, fmt.Errorf("write the workbook: %w", err)
	}
	return written.Bytes(), nil
}

// fill writes header, examples and what may be chosen.
func (f form) fill(book *excelize.File) error {
	head, err := book.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F5F8B"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
	})
	if err != nil {
		return err
	}
	format := "yyyy-mm-dd"
	day, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	text, err := book.NewStyle(&excelize.Style{NumFmt: 49}) // ids and periods are no numbers
	if err != nil {
		return err
	}
	for i, column := range f.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		width, style := 14.0, text
		if column.wide {
			width = 28
		}
		if column.day {
			style = day
		}
		if err := errors.Join(book.SetColWidth(f.sheet, name, name, width), book.SetColStyle(f.sheet, name, style),
			book.SetCellValue(f.sheet, name+"1", column.name), book.SetCellStyle(f.sheet, name+"1", name+"1", head), f.choose(book, i, name)); err != nil {
			return err
		}
	}
	for row, example := range f.examples {
		for i, value := range example {
			if value == nil {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(i+1, row+2)
			if err != nil {
				return err
			}
			style := text
			if _, is := value.(time.Time); is {
				style = day
			}
			if err := errors.Join(book.SetCellValue(f.sheet, cell, value), book.SetCellStyle(f.sheet, cell, cell, style)); err != nil {
				return err
			}
		}
	}
	return errors.Join(book.SetRowHeight(f.sheet, 1, 24),
		book.SetPanes(f.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}

// choose offers a column's choices, from the explanations or from a column of the sheet itself, and says what it is for.
func (f form) choose(book *excelize.File, at int, name string) error {
	column := f.columns[at]
	offer := excelize.NewDataValidation(true)
	offer.SetSqref(fmt.Sprintf("%s2:%s%d", name, name, filledRows))
	offer.SetInput(column.name, shortened(column.about))
	switch {
	case column.listedIn != "":
		offer.SetSqrefDropList(fmt.Sprintf("$%s$2:$%s$%d", column.listedIn, column.listedIn, filledRows))
	case len(column.choices) > 0:
		list, err := excelize.ColumnNumberToName(firstList + f.lists(at))
		if err != nil {
			return err
		}
		offer.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$2:$%s$%d", explanations, list, list, len(column.choices)+1))
	default:
		offer.Type = "none"
	}
	if len(column.choices) > 0 && !column.several {
		offer.SetError(excelize.DataValidationErrorStyleStop, column.name, "请从下拉表中选择；含义见“"+explanations+"”。")
	} else {
		offer.ShowErrorMessage = false
	}
	return book.AddDataValidation(f.sheet, offer)
}

// shortened is what Excel shows beside a cell: at most 255 characters.
func shortened(text string) string {
	letters := []rune(text)
	return string(letters[:min(250, len(letters))])
}

// firstList is the column of the explanations in which the first list of choices is.
const firstList = 6

// lists is how many columns before one have choices of their own.
func (f form) lists(before int) (n int) {
	for _, column := range f.columns[:before] {
		if len(column.choices) > 0 {
			n++
		}
	}
	return n
}

// explain writes a sheet that says what to fill in, with the lists beside it.
func (f form) explain(book *excelize.File) error {
	if _, err := book.NewSheet(explanations); err != nil {
		return err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	wrapped, err := book.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	rows := [][]any{{"栏目", "必填", "怎么填", "可以填"}}
	for _, column := range f.columns {
		required := ""
		if column.required {
			required = "必填"
		}
		choices := strings.Join(column.choices[:min(12, len(column.choices))], "、")
		if len(column.choices) > 12 {
			choices += "……"
		}
		rows = append(rows, []any{column.name, required, column.about, choices})
	}
	rows = append(rows, []any{"这张“" + explanations + "”不会被当作数据读取；灰字提示在选中单元格时出现。栏目可以调换次序，可以另加“备注”等栏。"})
	for i, row := range rows {
		if err := book.SetSheetRow(explanations, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return err
		}
	}
	for i, column := range f.columns {
		if len(column.choices) == 0 {
			continue
		}
		list, err := excelize.ColumnNumberToName(firstList + f.lists(i))
		if err != nil {
			return err
		}
		cells := make([]any, 0, len(column.choices)+1)
		cells = append(cells, "下拉："+column.name)
		for _, choice := range column.choices {
			cells = append(cells, choice)
		}
		if err := errors.Join(book.SetSheetCol(explanations, list+"1", &cells), book.SetColWidth(explanations, list, list, 18)); err != nil {
			return err
		}
	}
	last := fmt.Sprint(len(rows) - 1)
	return errors.Join(book.SetColWidth(explanations, "A", "B", 14), book.SetColWidth(explanations, "C", "C", 60), book.SetColWidth(explanations, "D", "D", 40),
		book.SetCellStyle(explanations, "A2", "D"+last, wrapped), book.SetRowStyle(explanations, 1, 1, bold))
}
