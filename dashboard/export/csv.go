package export

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"time"

	"yangguang/queries"
)

const byteOrderMark = "\ufeff" // by which Excel knows UTF-8

type csvWriter struct {
	request Request
	lines   *bufio.Writer
	written []writtenField // of each column, the last
	days    queries.ByDay[string]
	quoted  bytes.Buffer
	quoter  *csv.Writer // into quoted
}

// writtenField spares writing the same value once more: most columns of a long list change seldom from row to row.
type writtenField struct {
	value any
	field string
}

// NewCSV begins a report as CSV: a Writer for who has the rows already.
func NewCSV(w io.Writer, request Request) (Writer, error) { return newCSV(w, request) }

// newCSV writes UTF-8 with a byte order mark and CRLF line ends (RFC 4180).
func newCSV(w io.Writer, request Request) (Writer, error) {
	c := &csvWriter{request: request, lines: bufio.NewWriterSize(w, 1<<16), written: make([]writtenField, len(request.Report.Columns))}
	c.quoter = csv.NewWriter(&c.quoted)
	c.quoter.UseCRLF = true
	if _, err := c.lines.WriteString(byteOrderMark); err != nil {
		return nil, err
	}
	for i, column := range request.Report.Columns {
		field, err := c.field(harmless(request.header(column.Key)))
		if err != nil {
			return nil, err
		}
		c.write(i, field)
	}
	return c, c.endLine()
}

func (c *csvWriter) Row(row []any) error {
	for i, column := range c.request.Report.Columns {
		if last := &c.written[i]; last.value != row[i] {
			text, err := c.text(column, row[i])
			if err != nil {
				return err
			}
			field, err := c.field(text)
			if err != nil {
				return err
			}
			*last = writtenField{row[i], field}
		}
		c.write(i, c.written[i].field)
	}
	return c.endLine()
}

func (c *csvWriter) write(i int, field string) {
	if i > 0 {
		c.lines.WriteByte(',')
	}
	c.lines.WriteString(field) // endLine tells of an error
}

func (c *csvWriter) endLine() error {
	_, err := c.lines.WriteString("\r\n")
	return err
}

// field is a text as a field of a line; encoding/csv quotes what may need it.
func (c *csvWriter) field(text string) (string, error) {
	if text != `\.` && !strings.HasPrefix(text, " ") && !strings.ContainsAny(text, "\",\r\n\t") {
		return text, nil
	}
	c.quoted.Reset()
	if err := c.quoter.Write([]string{text}); err != nil {
		return "", err
	}
	c.quoter.Flush()
	return strings.TrimSuffix(c.quoted.String(), "\r\n"), c.quoter.Error()
}

// text is cellText, with the days written so far remembered.
func (c *csvWriter) text(column queries.Column, value any) (string, error) {
	day, isDay := value.(time.Time)
	if !isDay || column.Kind != queries.Date {
		return cellText(c.request, column, value)
	}
	return c.days.Get(day, func() string { return day.Format(dayLayout) }), nil
}

func (c *csvWriter) Finish() error { return c.lines.Flush() }

func (c *csvWriter) Close() error { return nil }
