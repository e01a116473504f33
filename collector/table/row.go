package table

import (
	"encoding/json"
	"fmt"
	"iter"
	"strconv"
	"strings"
)

// Row is one row below the header. It may be kept and shared between goroutines.
type Row struct {
	Sheet   string // of a workbook; empty for CSV
	Line    int    // line of the file (row of the sheet) where the row starts, from 1
	Problem string // what is wrong with the row as such, an English sentence; empty when nothing is
	cells   []string
	layout  *layout
}

// Get returns the cell under a column's key (or under the header name of an extra column); "" when there is none.
func (r Row) Get(key string) string {
	if cell, ok := r.layout.index[key]; ok && cell < len(r.cells) {
		return r.cells[cell]
	}
	return ""
}

// At returns the cell of Header.Columns[column]; "" when the table has no such column. It is the fast form of Get.
func (r Row) At(column int) string {
	if cell := r.layout.position[column]; cell >= 0 && cell < len(r.cells) {
		return r.cells[cell]
	}
	return ""
}

// Has tells whether the table has the column at all.
func (r Row) Has(key string) bool {
	_, ok := r.layout.index[key]
	return ok
}

// Raw yields the row as it is in the file: header text (a column's letter where the header is empty) and cell, in order,
// empty cells left out.
func (r Row) Raw() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for i, cell := range r.cells {
			if cell == "" {
				continue
			}
			name := ""
			if i < len(r.layout.names) {
				name = r.layout.names[i]
			}
			if name == "" {
				name = columnLetters(i)
			}
			if !yield(name, cell) {
				return
			}
		}
	}
}

// JSON is Raw as a JSON object, keys in the order of the columns.
func (r Row) JSON() string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	text := func(s string) {
		_ = encoder.Encode(s) // a string always encodes, a Builder never fails
	}
	b.WriteByte('{')
	for name, cell := range r.Raw() {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		text(name)
		b.WriteByte(':')
		text(cell)
	}
	b.WriteByte('}')
	return strings.ReplaceAll(b.String(), "\n", "") // Encode ends each string with a line break; those inside are escaped
}

// Place names the row within its file: "12" for a line, "Sheet1!12" for a row of a sheet.
func (r Row) Place() string {
	if r.Sheet == "" {
		return strconv.Itoa(r.Line)
	}
	return r.Sheet + "!" + strconv.Itoa(r.Line)
}

// newRow checks the cells against the header; ok is false for an empty row.
func (l *layout) newRow(line int, cells []string) (row Row, ok bool) {
	last := len(cells)
	for last > 0 && blank(cells[last-1]) {
		last--
	}
	if last == 0 {
		return Row{}, false
	}
	row = Row{Sheet: l.sheet, Line: line, cells: cells[:last], layout: l}
	if last > l.width {
		row.Problem = fmt.Sprintf("the row has %d cells, the header only %d: cell %s has %q; quote cells that contain the separator", last, l.width, columnLetters(last-1), cells[last-1])
	}
	return row, true
}

func blank(cell string) bool {
	return cell == "" || strings.TrimSpace(cell) == ""
}

// columnLetters is a spreadsheet's name of a column: A for 0, AA for 26.
func columnLetters(column int) string {
	letters := ""
	for column++; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return letters
}
