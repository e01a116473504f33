package export

import (
	"encoding/csv"
	"io"
)

const byteOrderMark = "\ufeff" // by which Excel knows UTF-8

type csvWriter struct {
	request Request
	csv     *csv.Writer
	cells   []string
}

// NewCSV begins a report as CSV: a Writer for who has the rows already.
func NewCSV(w io.Writer, request Request) (Writer, error) { return newCSV(w, request) }

// newCSV writes UTF-8 with a byte order mark and CRLF line ends (RFC 4180).
func newCSV(w io.Writer, request Request) (Writer, error) {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return nil, err
	}
	c := &csvWriter{request, csv.NewWriter(w), make([]string, len(request.Report.Columns))}
	c.csv.UseCRLF = true
	for i, column := range request.Report.Columns {
		c.cells[i] = harmless(request.Printer.Header(request.Report.Name, column.Key))
	}
	return c, c.csv.Write(c.cells)
}

func (c *csvWriter) Row(row []any) error {
	for i, column := range c.request.Report.Columns {
		text, err := cellText(c.request, column, row[i])
		if err != nil {
			return err
		}
		c.cells[i] = text
	}
	return c.csv.Write(c.cells)
}

func (c *csvWriter) Finish() error {
	c.csv.Flush()
	return c.csv.Error()
}

func (c *csvWriter) Close() error { return nil }
