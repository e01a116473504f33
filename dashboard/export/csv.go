package export

import (
	"io"

	"yangguang/queries/stream"
)

const byteOrderMark = "\ufeff" // by which Excel knows UTF-8

// lineBuffer is how much is written at a time.
const lineBuffer = 1 << 16

type csvWriter struct {
	to      io.Writer
	lines   []byte // not written yet
	columns []*csvColumn
}

// NewCSV begins a report as CSV: a Writer for who has the rows already.
func NewCSV(w io.Writer, request Request) (Writer, error) { return newCSV(w, request) }

// newCSV writes UTF-8 with a byte order mark and CRLF line ends (RFC 4180).
func newCSV(w io.Writer, request Request) (Writer, error) {
	c := &csvWriter{to: w, lines: append(make([]byte, 0, 2*lineBuffer), byteOrderMark...)}
	var err error
	for i, column := range request.Report.Columns {
		c.columns = append(c.columns, newCSVColumn(request, column))
		c.begin(i)
		if c.lines, err = c.columns[i].appendText(c.lines, harmless(request.header(column.Key))); err != nil {
			return nil, err
		}
	}
	return c, c.endLine()
}

func (c *csvWriter) Row(row []any) (err error) {
	for i, column := range c.columns {
		c.begin(i)
		if c.lines, err = column.appendValue(c.lines, row[i]); err != nil {
			return err
		}
	}
	return c.endLine()
}

// Block writes what Row would of each row.
func (c *csvWriter) Block(block stream.Block) (err error) {
	appends := make([]appendField, len(c.columns))
	for i, column := range c.columns {
		if appends[i], err = column.fieldsOf(block.Columns[i]); err != nil {
			return err
		}
	}
	for row := range block.Rows {
		for i, appendTo := range appends {
			c.begin(i)
			if c.lines, err = appendTo(c.lines, row); err != nil {
				return err
			}
		}
		if err := c.endLine(); err != nil {
			return err
		}
	}
	return nil
}

// begin is before the field of a column.
func (c *csvWriter) begin(column int) {
	if column > 0 {
		c.lines = append(c.lines, ',')
	}
}

func (c *csvWriter) endLine() error {
	if c.lines = append(c.lines, '\r', '\n'); len(c.lines) < lineBuffer {
		return nil
	}
	return c.flush()
}

func (c *csvWriter) flush() error {
	_, err := c.to.Write(c.lines)
	c.lines = c.lines[:0]
	return err
}

func (c *csvWriter) Finish() error { return c.flush() }

func (c *csvWriter) Close() error { return nil }
