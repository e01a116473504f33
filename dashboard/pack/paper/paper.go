// Package paper writes what a meeting reads of the reports of a pack: the workbook, the printed summary and a sheet for each unit that is called up.
package paper

import (
	"context"
	"embed"
	"slices"
	"time"

	"yangguang/dashboard/language"
	"yangguang/queries/freeze"
	"yangguang/queries/model"
)

// Messages are the texts of packs, in zh and en.
//
//go:embed messages/*.yaml
var Messages embed.FS

// Subject is what the papers of a meeting are about, and what they rest on.
type Subject struct {
	Name     string         // of the pack
	District string         // empty: the papers do not say whose figures these are
	Question model.Question // with known_at
	Inputs   freeze.Inputs
	Printer  language.Printer
	Zone     *time.Location
	Earlier  *Earlier // nil: nothing is compared
	Old      bool     // of before there was a chapter of what changed, and sheets of units
}

// Earlier is the meeting that this one is compared with.
type Earlier struct {
	Name     string
	Question model.Question // with known_at
}

// Part is one report of a pack: a CSV, and a sheet of the workbook.
type Part struct {
	File     string
	Report   model.Report
	Group    string // of a ranking
	Question model.Question
	Rows     func(ctx context.Context, each func([]any) error) error // of what is no report; nil: the report is asked
}

// Paper is what the workbook's first sheets and the printable summary show of a report.
type Paper struct {
	Part  Part
	Sheet string  // in the workbook
	rows  [][]any // the first ones
	Count int     // all of them
}

// keptRows is how many rows of a report are printed at most: 40 pages of a ranking. The rest is in the tables.
const keptRows = 1000

// Add takes the next row of the report.
func (p *Paper) Add(row []any) {
	p.Count++
	if p.Part.Rows != nil || len(p.rows) < keptRows { // what changed is counted
		p.rows = append(p.rows, slices.Clone(row))
	}
}

// column is where a report has a column.
func (p *Paper) column(key string) int {
	return slices.IndexFunc(p.Part.Report.Columns, func(column model.Column) bool { return column.Key == key })
}

// value is what a row has in a column; nil is no value.
func (p *Paper) value(row []any, key string) any { return row[p.column(key)] }
