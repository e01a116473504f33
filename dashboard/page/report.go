package page

import (
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"yangguang/dashboard/export"
	"yangguang/queries/model"
)

// AsReport is a panel's table as the exports write it: numbers and days as such, what stands small beside a value or names it by its id in columns
// of their own. A table that is not there has no columns.
func (a *Request) AsReport(name string, t *Table) (report model.Report, headers map[string]string, rows [][]any) {
	report.Name, headers = name, map[string]string{}
	if t == nil {
		return report, headers, nil
	}
	for range t.Rows {
		rows = append(rows, nil)
	}
	for at, column := range t.Columns {
		kind, ids, notes := t.holds(at)
		note, noted := column.Key+"_note", a.T("export.note", "Column", column.Label)
		if column.Note != "" {
			note, noted = column.Note, a.Label(column.Note)
		}
		for _, part := range []struct {
			there      bool
			key, label string
			kind       model.Kind
			value      func(Cell) any
		}{
			{column.Link && !t.has("source"), "source", a.Label("source"), model.Text, func(c Cell) any { return textOrNone(c.Source) }},
			{ids || column.Key == "unit" || column.Link, column.Key + "_id", a.idLabel(column), model.Text, func(c Cell) any { return textOrNone(c.ID) }},
			{!column.Link, column.Key, column.Label, kind, func(c Cell) any { return c.value(kind) }},
			{notes || column.Note != "", note, noted, model.Text, func(c Cell) any { return textOrNone(c.Note) }},
		} {
			if !part.there {
				continue
			}
			report.Columns, headers[part.key] = append(report.Columns, model.Column{Key: part.key, Kind: part.kind}), part.label
			for i, row := range t.Rows {
				rows[i] = append(rows[i], part.value(row.Cells[at]))
			}
		}
	}
	return report, headers, rows
}

// holds says what a column's cells are: their kind, text where it is not one; and whether any has an id or a note.
func (t *Table) holds(at int) (kind model.Kind, ids, notes bool) {
	mixed, first := false, true
	for _, row := range t.Rows {
		c := row.Cells[at]
		ids, notes = ids || c.ID != "", notes || c.Note != ""
		if c.None || c.Sort == "" && c.Text == "" && c.Change == "" {
			continue
		}
		mixed = mixed || !first && c.Kind != kind
		kind, first = c.Kind, false
	}
	if mixed {
		kind = model.Text
	}
	return kind, ids, notes
}

// value is what a cell says, of the kind of its column; nil: nothing.
func (c Cell) value(kind model.Kind) any {
	if c.None {
		return nil
	}
	switch kind {
	case model.Count, model.Days:
		if number, err := strconv.ParseInt(c.Sort, 10, 64); err == nil {
			return number
		}
	case model.Ratio, model.Score, model.MeanDays:
		if number, err := decimal.NewFromString(c.Sort); err == nil {
			return number
		}
	case model.Date:
		if day, err := time.Parse(DayLayout, c.Sort); err == nil {
			return day
		}
	case model.Text:
		for _, text := range []string{c.Raw, c.Change, c.Text} {
			if text != "" {
				return text
			}
		}
	}
	return nil
}

func textOrNone(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func (t *Table) has(key string) bool {
	return slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Key == key })
}

// idLabel is what the ids of a column's cells are called.
func (a *Request) idLabel(column Column) string {
	if column.Link {
		return a.Label("record_id")
	}
	return a.T("export.id", "Column", column.Label)
}

// OwnExports makes a panel's table its export; the report that it is computed from stays beside it.
func (a *Request) OwnExports(f *Figure) {
	if !f.Own || f.Failed || f.Exported() == nil || f.Listed && a.Large {
		return
	}
	if len(f.Exports) > 0 {
		detail := f.Exports[0]
		detail.Text, f.Detail = a.T("export.detail"), &detail
	}
	f.Exports = nil
	there := a.Address
	for name, value := range export.QuestionValues(a.Question) {
		if name != "group" { // which stands in the path of some pages
			there = there.With(name, value[0])
		}
	}
	for _, own := range []string{"search", "page", "sort", "only"} {
		there = there.With(own, "")
	}
	for _, format := range export.Formats() {
		f.Exports = append(f.Exports, Link{
			Text: formatName(format), Note: a.T("export.about", "Report", f.Heading), Href: there.With("lang", a.Language()).With("export", f.ID+"."+format).String(),
		})
	}
}
