package export

import (
	"fmt"
	"io"
	"time"
	"unicode/utf16"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"yangguang/queries"
)

const (
	sheetRows = 1_048_576 // the most that a sheet holds, its header included
	cellUnits = 32_767    // the most UTF-16 units that a cell holds
)

type xlsxWriter struct {
	request Request
	out     io.Writer
	file    *excelize.File
	styles  *styles
	limit   int // rows a sheet, header included; less in tests
	sheets  []string
	sheet   *excelize.StreamWriter
	row     int // last row written on the sheet
	cells   []any
}

// newXLSX writes a workbook: real numbers and dates with number formats, states in the colours of the pages, texts
// never formulas, further sheets when one is full. Nothing reaches w before Finish.
func newXLSX(w io.Writer, request Request) (Writer, error) {
	return newXLSXLimit(w, request, sheetRows)
}

func newXLSXLimit(w io.Writer, request Request, limit int) (*xlsxWriter, error) {
	x := &xlsxWriter{request: request, out: w, file: excelize.NewFile(), limit: limit, cells: make([]any, len(request.Report.Columns))}
	var err error
	if x.styles, err = newStyles(x.file); err == nil {
		err = x.nextSheet()
	}
	if err != nil {
		_ = x.Close()
		return nil, err
	}
	return x, nil
}

func (x *xlsxWriter) Row(row []any) error {
	if x.row == x.limit {
		if err := x.nextSheet(); err != nil {
			return err
		}
	}
	for i, column := range x.request.Report.Columns {
		value, err := x.value(column, row[i])
		if err != nil {
			return fmt.Errorf("column %s: %w", column.Key, err)
		}
		x.cells[i] = excelize.Cell{StyleID: x.styles.of(column, row[i]), Value: value}
	}
	return x.writeCells()
}

func (x *xlsxWriter) writeCells() error {
	x.row++
	return x.sheet.SetRow(fmt.Sprintf("A%d", x.row), x.cells)
}

// value turns a report's value into what excelize writes as a text, a number or a date.
func (x *xlsxWriter) value(column queries.Column, value any) (any, error) {
	switch v := value.(type) {
	case nil, int64:
		return v, nil
	case decimal.Decimal:
		return v.InexactFloat64(), nil
	case time.Time:
		if column.Kind == queries.Instant {
			v = v.In(x.request.Zone)
		}
		return time.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), v.Second(), 0, time.UTC), nil
	case string:
		if column.Kind == queries.Code {
			v = x.request.Printer.Code(column.Key, v)
		}
		if v == "" {
			return nil, nil
		}
		return shortened(v), nil
	default:
		return nil, fmt.Errorf("a %T is no value of a report", value)
	}
}

// shortened cuts a text that is longer than a cell can be and says so by its last character.
func shortened(text string) string {
	units, cut := 0, len(text)
	for i, r := range text {
		units += utf16.RuneLen(r)
		if units > cellUnits-1 && cut == len(text) {
			cut = i
		}
		if units > cellUnits {
			return text[:cut] + "…"
		}
	}
	return text
}

func (x *xlsxWriter) Finish() error {
	if err := x.sheet.Flush(); err != nil {
		return err
	}
	x.file.SetActiveSheet(0)
	_, err := x.file.WriteTo(x.out)
	return err
}

// Close removes the temporary files of large sheets.
func (x *xlsxWriter) Close() error { return x.file.Close() }
