package export

import (
	"io"

	"yangguang/queries"
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
	for i, column := range request.Report.Columns {
		c.columns = append(c.columns, newCSVColumn(request, column))
		if err := c.columns[i].addText(harmless(request.header(column.Key))); err != nil {
			return nil, err
		}
	}
	return c, c.writeLines(1)
}

func (c *csvWriter) Row(row []any) error {
	for i, column := range c.columns {
		if err := column.addValue(row[i]); err != nil {
			return err
		}
	}
	return c.writeLines(1)
}

// Block writes rows column by column as fields, then line by line.
func (c *csvWriter) Block(block queries.Block) error {
	for i, column := range c.columns {
		if err := column.addBlock(block.Columns[i], block.Rows); err != nil {
			return err
		}
	}
	return c.writeLines(block.Rows)
}

func (c *csvWriter) writeLines(rows int) error {
	for row := range rows {
		for i, column := range c.columns {
			if i > 0 {
				c.lines = append(c.lines, ',')
			}
			c.lines = append(c.lines, column.fields[row]...)
		}
		c.lines = append(c.lines, '\r', '\n')
		if len(c.lines) >= lineBuffer {
			if err := c.flush(); err != nil {
				return err
			}
		}
	}
	for _, column := range c.columns {
		column.fields, column.made = column.fields[:0], column.made[:0]
	}
	return nil
}

func (c *csvWriter) flush() error {
	_, err := c.to.Write(c.lines)
	c.lines = c.lines[:0]
	return err
}

func (c *csvWriter) Finish() error { return c.flush() }

func (c *csvWriter) Close() error { return nil }
