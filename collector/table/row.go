package table

import (
	"encoding/json"
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
	natures []Nature       // of the first cells; further ones are text
	links   map[int]string // addresses behind cells
	layout  *layout
}

// Nature says what the cell under a column's key holds.
func (r Row) Nature(key string) Nature {
	if cell, ok := r.layout.index[key]; ok {
		return r.nature(cell)
	}
	return Text
}

// NatureAt says what the cell of Header.Columns[column] holds.
func (r Row) NatureAt(column int) Nature {
	if cell := r.layout.position[column]; cell >= 0 {
		return r.nature(cell)
	}
	return Text
}

func (r Row) nature(cell int) Nature {
	if cell < len(r.natures) {
		return r.natures[cell]
	}
	return Text
}

// LinkAt is the address behind the cell of Header.Columns[column]; "" when it is no link.
func (r Row) LinkAt(column int) string {
	if cell := r.layout.position[column]; cell >= 0 && r.links != nil {
		return r.links[cell]
	}
	return ""
}

// IsText reports whether the table is a text file, whose cells have lost what a workbook knows of them.
func (r Row) IsText() bool { return r.Sheet == "" }

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
