package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"yangguang/queries/model"
)

type jsonWriter struct {
	request Request
	out     *bufio.Writer
	text    *json.Encoder // writes into scratch
	scratch bytes.Buffer
	keys    []string // each column's key as JSON with its colon
	rows    int
}

// jsonHead is what stands before the rows. Rows are objects by the keys of SPEC §7, codes are the codes themselves in
// every language; the columns carry the headers of the language.
type jsonHead struct {
	Report     string       `json:"report"`
	Language   string       `json:"language"`
	From       string       `json:"from"`
	To         string       `json:"to"`
	AsOf       string       `json:"as_of"`
	KnownAt    string       `json:"known_at,omitempty"`
	ComputedAt string       `json:"computed_at,omitempty"`
	Group      string       `json:"group,omitempty"`
	Within     string       `json:"within,omitempty"`
	Unit       string       `json:"unit,omitempty"`
	Scope      string       `json:"scope,omitempty"`
	Programme  string       `json:"programme,omitempty"`
	Focus      string       `json:"focus,omitempty"`
	Columns    []jsonColumn `json:"columns"`
}

type jsonColumn struct {
	Key   string `json:"key"`
	Label string `json:"label"`
}

// newJSON writes one object whose last member is rows, one row a line.
func newJSON(w io.Writer, request Request) (Writer, error) {
	j := &jsonWriter{request: request, out: bufio.NewWriter(w)}
	j.text = json.NewEncoder(&j.scratch)
	j.text.SetEscapeHTML(false)
	question := request.Question
	head := jsonHead{
		Report: request.Report.Name, Language: request.Printer.Language(),
		From: question.From.Format(dayLayout), To: question.To.Format(dayLayout), AsOf: question.AsOf.Format(dayLayout),
		KnownAt: exactInstant(question.KnownAt, request.Zone), ComputedAt: instantJSON(request.ComputedAt, request.Zone),
		Group: question.Group, Within: question.Within, Unit: question.Unit, Scope: question.Scope,
		Programme: question.Programme, Focus: question.Focus,
	}
	for _, column := range request.Report.Columns {
		head.Columns = append(head.Columns, jsonColumn{column.Key, request.label(column.Key)})
		j.keys = append(j.keys, fmt.Sprintf("%q:", column.Key))
	}
	encoded, err := j.encode(head)
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(j.out, "%s,\"rows\":[", bytes.TrimSuffix(encoded, []byte("}")))
	return j, err
}

func (j *jsonWriter) Row(row []any) error {
	separator := ",\n{"
	if j.rows == 0 {
		separator = "\n{"
	}
	j.rows++
	_, _ = j.out.WriteString(separator) // bufio keeps the first error for Finish
	for i, column := range j.request.Report.Columns {
		value, err := j.value(column, row[i])
		if err != nil {
			return fmt.Errorf("column %s: %w", column.Key, err)
		}
		if i > 0 {
			_ = j.out.WriteByte(',')
		}
		_, _ = j.out.WriteString(j.keys[i])
		_, _ = j.out.Write(value)
	}
	return j.out.WriteByte('}')
}

// value writes one value as JSON; numbers keep their decimals, dates are ISO, no value is null.
func (j *jsonWriter) value(column model.Column, value any) ([]byte, error) {
	if number, isNumber := numberText(column.Kind, value); isNumber {
		return []byte(number), nil
	}
	switch v := value.(type) {
	case nil:
		return []byte("null"), nil
	case string:
		if v == "" {
			return []byte("null"), nil
		}
		if column.Kind == model.Sentence {
			v = j.request.Printer.Said(v)
		}
		return j.encode(v)
	case time.Time:
		if column.Kind == model.Date {
			return j.encode(v.Format(dayLayout))
		}
		return j.encode(instantJSON(v, j.request.Zone))
	default:
		return nil, fmt.Errorf("a %T is no value of a report", value)
	}
}

func (j *jsonWriter) encode(value any) ([]byte, error) {
	j.scratch.Reset()
	if err := j.text.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(j.scratch.Bytes(), []byte("\n")), nil
}

func (j *jsonWriter) Finish() error {
	_, _ = j.out.WriteString("\n]}\n")
	return j.out.Flush()
}

func (j *jsonWriter) Close() error { return nil }

func instantJSON(instant time.Time, zone *time.Location) string {
	if instant.IsZero() {
		return ""
	}
	return instant.In(zone).Format(time.RFC3339)
}

// exactInstant keeps the milliseconds, by which the same can be asked again.
func exactInstant(instant time.Time, zone *time.Location) string {
	if instant.IsZero() {
		return ""
	}
	return instant.In(zone).Format(time.RFC3339Nano)
}
