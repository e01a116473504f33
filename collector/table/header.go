package table

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// headerRows is how far down the header row is looked for.
const headerRows = 20

// Column is one column a reader asks for.
type Column struct {
	Key      string   // how the program calls it; also recognised as a header name
	Names    []string // further header names, compared after NFKC, without white space, without regard to case
	Required bool     // the header row must have it
}

// Header says which columns a table has. The header row is the first (within 20) that has all required ones; when the
// row below it has them as well (a header of two rows), the lower one counts.
type Header struct {
	Columns []Column
}

// layout says where the columns of one header are.
type layout struct {
	sheet    string
	line     int
	width    int            // cells up to here have a header cell
	position []int          // of Header.Columns[i] in the row, or -1
	names    []string       // header text of each cell, made unique; "" when the cell is empty
	index    map[string]int // key or header name to cell
}

// names maps every folded header name to the index of its column.
func (h Header) names() map[string]int {
	names := make(map[string]int, 2*len(h.Columns))
	for i, column := range h.Columns {
		for _, name := range append([]string{column.Key}, column.Names...) {
			if _, taken := names[FoldName(name)]; !taken {
				names[FoldName(name)] = i
			}
		}
	}
	return names
}

// FoldName is how header names are compared: NFKC, no white space, case folded.
func FoldName(name string) string {
	name = cases.Fold().String(norm.NFKC.String(name))
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' {
			return -1
		}
		return r
	}, name)
}

// candidate is a row that may be the header row.
type candidate struct {
	line  int
	cells []string
}

// find returns the layout of the header row among rows and its index there.
func (h Header) find(sheet string, rows []candidate) (*layout, int, error) {
	names := h.names()
	closest, closestMissing, mostFound := -1, []string(nil), 0
	for i, row := range rows {
		found, missing := h.recognised(names, row.cells)
		if len(missing) > 0 {
			if found > mostFound {
				closest, closestMissing, mostFound = i, missing, found
			}
			continue
		}
		if i+1 < len(rows) {
			if below, missingBelow := h.recognised(names, rows[i+1].cells); len(missingBelow) == 0 && below >= found {
				continue
			}
		}
		layout, err := h.layout(names, sheet, row)
		return layout, i, err
	}
	if closest < 0 {
		return nil, 0, &Error{Sheet: sheet, headerless: true, Text: fmt.Sprintf("no header row within the first %d rows: it must have the columns %s", headerRows, strings.Join(h.required(), ", "))}
	}
	return nil, 0, &Error{
		Sheet: sheet, Line: rows[closest].line, headerless: true, recognised: mostFound,
		Text: fmt.Sprintf("the header lacks %s; it must have the columns %s", strings.Join(closestMissing, ", "), strings.Join(h.required(), ", ")),
	}
}

// recognised counts the columns that row names and lists the required ones it lacks.
func (h Header) recognised(names map[string]int, row []string) (found int, missing []string) {
	has := make([]bool, len(h.Columns))
	for _, cell := range row {
		if len(cell) > 400 {
			continue // no header name is that long
		}
		if i, ok := names[FoldName(cell)]; ok && !has[i] {
			has[i] = true
			found++
		}
	}
	for i, column := range h.Columns {
		if column.Required && !has[i] {
			missing = append(missing, column.title())
		}
	}
	return found, missing
}

func (h Header) required() []string {
	var required []string
	for _, column := range h.Columns {
		if column.Required {
			required = append(required, column.title())
		}
	}
	return required
}

// title names a column for people: its key and its first other name.
func (c Column) title() string {
	for _, name := range c.Names {
		if name != c.Key {
			return c.Key + " (" + name + ")"
		}
	}
	return c.Key
}

func (h Header) layout(names map[string]int, sheet string, row candidate) (*layout, error) {
	l := &layout{sheet: sheet, line: row.line, position: slices.Repeat([]int{-1}, len(h.Columns)), index: map[string]int{}}
	taken := map[string]int{}
	for cell, text := range row.cells {
		text = strings.TrimSpace(strings.TrimPrefix(text, "\uFEFF"))
		if text != "" {
			l.width = cell + 1
		}
		if i, ok := names[FoldName(text)]; ok && text != "" {
			if other := l.position[i]; other >= 0 {
				return nil, &Error{Sheet: sheet, Line: row.line, Text: fmt.Sprintf("the column %s is there twice: %q and %q", h.Columns[i].Key, row.cells[other], text)}
			}
			l.position[i] = cell
			l.index[h.Columns[i].Key] = cell
		}
		// Columns nobody asked for may share a name (two 备注); they keep their place under a number.
		if taken[text]++; taken[text] > 1 && text != "" {
			text = fmt.Sprintf("%s (%d)", text, taken[text])
		}
		l.names = append(l.names, text)
		if _, ok := l.index[text]; !ok && text != "" {
			l.index[text] = cell
		}
	}
	return l, nil
}
