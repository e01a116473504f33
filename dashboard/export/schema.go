package export

import (
	"regexp"
	"slices"
	"strings"

	"yangguang/dashboard/language"
	"yangguang/queries/model"
)

// TableSchema says what the CSV of a report holds, as Frictionless' Table Schema has it: its columns by their headers in a language.
type TableSchema struct {
	Schema        string   `json:"$schema"`
	Name          string   `json:"name"`
	Title         string   `json:"title"`
	Fields        []Field  `json:"fields"`
	MissingValues []string `json:"missingValues"`
}

// Field is a column of a TableSchema.
type Field struct {
	Name        string       `json:"name"`
	Title       string       `json:"title"`
	Key         string       `json:"key"` // the column's name in every language
	Type        string       `json:"type"`
	Format      string       `json:"format,omitempty"`
	TrueValues  []string     `json:"trueValues,omitempty"`
	FalseValues []string     `json:"falseValues,omitempty"`
	Constraints *Constraints `json:"constraints,omitempty"`
}

// Constraints are what every value of a Field keeps.
type Constraints struct {
	Enum    []string `json:"enum,omitempty"`
	Pattern string   `json:"pattern,omitempty"`
	Minimum *int     `json:"minimum,omitempty"`
	Maximum *int     `json:"maximum,omitempty"`
}

// severalCodes tells whether a column has several codes in a cell, joined by |.
func severalCodes(report, column string) bool {
	return report == "catalogue" && slices.Contains([]string{"tier", "scope", "channel"}, column) || report == "records" && column == "channel"
}

// SchemaOf describes the CSV of a report, as it is written with a printer.
func SchemaOf(report model.Report, printer language.Printer) TableSchema {
	request := Request{Report: report, Printer: printer}
	schema := TableSchema{
		Schema: "https://datapackage.org/profiles/2.0/tableschema.json", Name: report.Name, Title: request.title(), MissingValues: []string{""},
	}
	for _, column := range report.Columns {
		field := Field{Name: harmless(request.header(column.Key)), Title: request.label(column.Key), Key: column.Key}
		field.Type, field.Format, field.Constraints = csvType(request, column)
		if column.Kind == model.Flag {
			field.TrueValues, field.FalseValues = []string{"1"}, []string{"0"}
		}
		schema.Fields = append(schema.Fields, field)
	}
	return schema
}

// csvType is how a column is written.
func csvType(request Request, column model.Column) (kind, format string, constraints *Constraints) {
	least := &Constraints{Minimum: new(0)}
	switch column.Kind {
	case model.Date:
		return "date", "default", nil
	case model.Instant:
		return "datetime", "%Y-%m-%d %H:%M:%S", nil
	case model.Flag:
		return "boolean", "", nil
	case model.Count, model.Days:
		return "integer", "", least
	case model.Ratio:
		return "number", "", &Constraints{Minimum: new(0), Maximum: new(1)}
	case model.Score, model.Points, model.MeanDays:
		return "number", "", least
	case model.Code:
		var said []string
		for _, code := range model.Codes(column.Key) {
			said = append(said, harmless(request.said(column, code)))
		}
		if !severalCodes(request.Report.Name, column.Key) {
			return "string", "", &Constraints{Enum: said}
		}
		return "string", "", &Constraints{Pattern: joinedBy(said)}
	}
	return "string", "", nil
}

// joinedBy matches some of the words, joined by |.
func joinedBy(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = regexp.QuoteMeta(word)
	}
	one := "(" + strings.Join(quoted, "|") + ")"
	return "^" + one + `(\|` + one + ")*$"
}
