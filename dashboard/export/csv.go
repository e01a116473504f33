package export

import (
	"encoding/csv"
	"io"
	"time"

	"yangguang/queries"
)

const byteOrderMark = "\ufeff" // by which Excel knows UTF-8

type csvWriter struct {
	request Request
	csv     *csv.Writer
	cells   []string
	written []writtenCell    // of each column, the last
	days    map[int64]string // by their second
}

// writtenCell spares writing the same value once more: most columns of a long list change seldom from row to row.
type writtenCell struct {
	value any
	text  string
}

// NewCSV begins a report as CSV: a Writer for who has the rows already.
func NewCSV(w io.Writer, request Request) (Writer, error) { return newCSV(w, request) }

// newCSV writes UTF-8 with a byte order mark and CRLF line ends (RFC 4180).
func newCSV(w io.Writer, request Request) (Writer, error) {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return nil, err
	}
	columns := len(request.Report.Columns)
	c := &csvWriter{request, csv.NewWriter(w), make([]string, columns), make([]writtenCell, columns), map[int64]string{}}
	c.csv.UseCRLF = true
	for i, column := range request.Report.Columns {
		c.cells[i] = harmless(request.Printer.Header(request.Report.Name, column.Key))
	}
	return c, c.csv.Write(c.cells)
}

func (c *csvWriter) Row(row []any) error {
	for i, column := range c.request.Report.Columns {
		if last := &c.written[i]; last.value != row[i] {
			text, err := c.text(column, row[i])
			if err != nil {
				return err
			}
			*last = writtenCell{row[i], text}
		}
		c.cells[i] = c.written[i].text
	}
	return c.csv.Write(c.cells)
}

// text is cellText, with the days written so far remembered.
func (c *csvWriter) text(column queries.Column, value any) (string, error) {
	day, isDay := value.(time.Time)
	if !isDay || column.Kind != queries.Date {
		return cellText(c.request, column, value)
	}
	text, known := c.days[day.Unix()]
	if !known {
		text = day.Format(dayLayout)
		c.days[day.Unix()] = text
	}
	return text, nil
}

func (c *csvWriter) Finish() error {
	c.csv.Flush()
	return c.csv.Error()
}

func (c *csvWriter) Close() error { return nil }
