package export

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yangguang/queries/model"
	"yangguang/queries/stream"
)

// csvColumn makes fields of the values of one column.
type csvColumn struct {
	request Request
	column  model.Column

	// Most values have been written before.
	codes   map[string][]byte
	days    model.ByDay[[]byte]
	instant time.Time
	last    []byte   // of instant
	few     [][]byte // of the few texts of a block

	quoted bytes.Buffer
	quoter *csv.Writer // into quoted
}

func newCSVColumn(request Request, column model.Column) *csvColumn {
	c := &csvColumn{request: request, column: column, codes: map[string][]byte{}}
	c.quoter = csv.NewWriter(&c.quoted)
	c.quoter.UseCRLF = true
	return c
}

// appendValue writes the field of a value.
func (c *csvColumn) appendValue(line []byte, value any) ([]byte, error) {
	text, err := cellText(c.request, c.column, value)
	if err != nil {
		return line, err
	}
	return c.appendText(line, text)
}

// appendText writes a text as a field; encoding/csv quotes what may need it.
func (c *csvColumn) appendText(line []byte, text string) ([]byte, error) {
	if text != `\.` && !strings.HasPrefix(text, " ") && !strings.ContainsAny(text, "\",\r\n\t") {
		return append(line, text...), nil
	}
	c.quoted.Reset()
	if err := c.quoter.Write([]string{text}); err != nil {
		return line, err
	}
	c.quoter.Flush()
	return append(line, bytes.TrimSuffix(c.quoted.Bytes(), []byte("\r\n"))...), c.quoter.Error()
}

// appendField writes the field of a row of a block, as appendValue would.
type appendField func(line []byte, row int) ([]byte, error)

// fieldsOf writes the fields of a block's column.
func (c *csvColumn) fieldsOf(values stream.Values) (appendField, error) {
	switch {
	case values.Time != nil:
		return func(line []byte, row int) ([]byte, error) {
			if at, known := values.Time(row); known {
				line = append(line, c.timeField(at)...)
			}
			return line, nil
		}, nil
	case values.Whole != nil:
		return func(line []byte, row int) ([]byte, error) {
			if n, known := values.Whole(row); known {
				line = strconv.AppendInt(line, n, 10)
			}
			return line, nil
		}, nil
	case values.Which != nil:
		return c.fewFields(values)
	}
	return func(line []byte, row int) ([]byte, error) { return c.appendBytes(line, values.Text(row)) }, nil
}

// fewFields writes the fields of texts that a block has many times.
func (c *csvColumn) fewFields(values stream.Values) (appendField, error) {
	c.few = c.few[:0]
	for _, text := range values.Few() {
		field, err := c.appendBytes(nil, text)
		if err != nil {
			return nil, err
		}
		c.few = append(c.few, field)
	}
	return func(line []byte, row int) ([]byte, error) { return append(line, c.few[values.Which(row)]...), nil }, nil
}

// appendBytes writes the field of a text or a code.
func (c *csvColumn) appendBytes(line, text []byte) ([]byte, error) {
	switch c.column.Kind {
	case model.Code:
		return c.appendCode(line, text)
	case model.Sentence:
		return c.appendValue(line, string(text))
	}
	switch plain, comma := isPlain(text); {
	case !plain:
		return c.appendText(line, harmless(string(text)))
	case comma:
		return append(append(append(line, '"'), text...), '"'), nil
	default:
		return append(line, text...), nil
	}
}

// appendCode writes the name of a code.
func (c *csvColumn) appendCode(line, code []byte) ([]byte, error) {
	field, known := c.codes[string(code)]
	if !known {
		var err error
		if field, err = c.appendValue(nil, string(code)); err != nil {
			return line, err
		}
		c.codes[string(code)] = field
	}
	return append(line, field...), nil
}

// timeField is the field of a day or an instant.
func (c *csvColumn) timeField(at time.Time) []byte {
	if c.column.Kind == model.Date {
		return c.days.Get(at, func() []byte { return []byte(at.Format(dayLayout)) })
	}
	if c.last == nil || !at.Equal(c.instant) {
		c.instant, c.last = at, []byte(at.In(c.request.Zone).Format(instantLayout))
	}
	return c.last
}

// isPlain tells of nearly every text that is no formula and needs no quotes, but for a comma, that it is so.
func isPlain(text []byte) (plain, comma bool) {
	if len(text) == 0 {
		return true, false
	}
	for _, letter := range text {
		if letter < '0' && needsLook[letter] {
			if letter != ',' {
				return false, false
			}
			comma = true
		}
	}
	first, _ := utf8.DecodeRune(text)
	return unicode.IsLetter(first) || unicode.IsDigit(first), comma
}

// needsLook are the letters for which a field may be quoted.
var needsLook = ['0']bool{'"': true, ',': true, '\r': true, '\n': true, '\t': true}
