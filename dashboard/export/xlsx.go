package export

import (
	"fmt"
	"io"
	"time"
	"unicode/utf16"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"yangguang/queries/model"
)

const (
	sheetRows = 1_048_576 // the most that a sheet holds, its header included
	cellUnits = 32_767    // the most UTF-16 units that a cell holds
)

type xlsxWriter struct {
	*Sheets
	book *Book
	out  io.Writer
}

// newXLSX writes a workbook: real numbers and dates with number formats, states in the colours of the pages, texts
// never formulas, further sheets when one is full. Nothing reaches w before Finish.
func newXLSX(w io.Writer, request Request) (Writer, error) {
	return newXLSXLimit(w, request, sheetRows)
}

func newXLSXLimit(w io.Writer, request Request, limit int) (*xlsxWriter, error) {
	book, err := NewBook()
	if err != nil {
		return nil, err
	}
	book.limit = limit
	name := sheetName(request.title())
	if request.Printer.Language() == "en" {
		name = request.Report.Name
	}
	sheets, err := book.Sheets(request, name)
	if err != nil {
		_ = book.Close()
		return nil, err
	}
	return &xlsxWriter{sheets, book, w}, nil
}

func (x *xlsxWriter) Finish() error {
	if err := x.End(); err != nil {
		return err
	}
	return x.book.Write(x.out)
}

// Close removes the temporary files of large sheets.
func (x *xlsxWriter) Close() error { return x.book.Close() }

// Sheets is one report on as many sheets of a book as it takes.
type Sheets struct {
	Names   []string // so far
	Rows    int      // so far, without headers
	request Request
	book    *Book
	title   string
	stream  *excelize.StreamWriter
	row     int   // last row written on the sheet
	parts   []int // of the columns, printed one after the other
	cells   []any
}

// Row writes one row as ask.Asker.Stream gives it; the row is not kept.
func (x *Sheets) Row(row []any) error {
	if x.row == x.book.limit {
		if err := x.nextSheet(); err != nil {
			return err
		}
	}
	for i, column := range x.request.Report.Columns {
		value, err := x.value(column, row[i])
		if err != nil {
			return fmt.Errorf("column %s: %w", column.Key, err)
		}
		x.cells[i] = excelize.Cell{StyleID: x.book.styles.of(column, row[i]), Value: value}
	}
	x.Rows++
	return x.writeCells()
}

func (x *Sheets) writeCells(options ...excelize.RowOpts) error {
	x.row++
	return x.stream.SetRow(fmt.Sprintf("A%d", x.row), x.cells, options...)
}

// value turns a report's value into what excelize writes as a text, a number or a date.
func (x *Sheets) value(column model.Column, value any) (any, error) {
	switch v := value.(type) {
	case nil, int64:
		return v, nil
	case decimal.Decimal:
		return v.InexactFloat64(), nil
	case time.Time:
		if column.Kind == model.Instant {
			v = v.In(x.request.Zone)
		}
		return time.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), v.Second(), 0, time.UTC), nil
	case string:
		v = x.request.said(column, v)
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
