package export

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yangguang/queries"
)

// csvColumn makes fields of the values of one column, until they are written.
type csvColumn struct {
	request Request
	column  queries.Column
	fields  [][]byte
	made    []byte // what fields consist of that are not in the block and not remembered

	// Most values have been written before.
	codes   map[string][]byte
	days    queries.ByDay[[]byte]
	instant time.Time
	last    []byte // of instant

	quoted bytes.Buffer
	quoter *csv.Writer // into quoted
}

func newCSVColumn(request Request, column queries.Column) *csvColumn {
	c := &csvColumn{request: request, column: column, codes: map[string][]byte{}}
	c.quoter = csv.NewWriter(&c.quoted)
	c.quoter.UseCRLF = true
	return c
}

// addValue adds the field of a value.
func (c *csvColumn) addValue(value any) error {
	text, err := cellText(c.request, c.column, value)
	if err != nil {
		return err
	}
	return c.addText(text)
}

// addText adds a text as a field; encoding/csv quotes what may need it.
func (c *csvColumn) addText(text string) error {
	begin := len(c.made)
	if text != `\.` && !strings.HasPrefix(text, " ") && !strings.ContainsAny(text, "\",\r\n\t") {
		c.made = append(c.made, text...)
	} else {
		c.quoted.Reset()
		if err := c.quoter.Write([]string{text}); err != nil {
			return err
		}
		c.quoter.Flush()
		c.made = append(c.made, bytes.TrimSuffix(c.quoted.Bytes(), []byte("\r\n"))...)
	}
	c.fields = append(c.fields, c.made[begin:])
	return c.quoter.Error()
}

// addBlock adds a field for each row of a block, as addValue would.
func (c *csvColumn) addBlock(values queries.Values, rows int) error {
	for row := range rows {
		if err := c.addRow(values, row); err != nil {
			return err
		}
	}
	return nil
}

func (c *csvColumn) addRow(values queries.Values, row int) error {
	switch {
	case values.Time != nil:
		var field []byte
		if at, known := values.Time(row); known {
			field = c.timeField(at)
		}
		c.fields = append(c.fields, field)
	case values.Whole != nil:
		begin := len(c.made)
		if n, known := values.Whole(row); known {
			c.made = strconv.AppendInt(c.made, n, 10)
		}
		c.fields = append(c.fields, c.made[begin:])
	case c.column.Kind == queries.Code:
		return c.addCode(values.Text(row))
	default:
		text := values.Text(row)
		if !isPlain(text) {
			return c.addText(harmless(string(text)))
		}
		c.fields = append(c.fields, text)
	}
	return nil
}

// addCode adds a code by its name.
func (c *csvColumn) addCode(code []byte) error {
	field, known := c.codes[string(code)]
	if known {
		c.fields = append(c.fields, field)
		return nil
	}
	if err := c.addValue(string(code)); err != nil {
		return err
	}
	c.codes[string(code)] = bytes.Clone(c.fields[len(c.fields)-1])
	return nil
}

// timeField is the field of a day or an instant.
func (c *csvColumn) timeField(at time.Time) []byte {
	if c.column.Kind == queries.Date {
		return c.days.Get(at, func() []byte { return []byte(at.Format(dayLayout)) })
	}
	if c.last == nil || !at.Equal(c.instant) {
		c.instant, c.last = at, []byte(at.In(c.request.Zone).Format(instantLayout))
	}
	return c.last
}

// isPlain tells of nearly every text that is neither quoted nor a formula that it is not.
func isPlain(text []byte) bool {
	if len(text) == 0 {
		return true
	}
	for _, letter := range text {
		if letter < '0' && needsLook[letter] {
			return false
		}
	}
	first, _ := utf8.DecodeRune(text)
	return unicode.IsLetter(first) || unicode.IsDigit(first)
}

// needsLook are the letters for which a field may be quoted.
var needsLook = ['0']bool{'"': true, ',': true, '\r': true, '\n': true, '\t': true}
