package table

import (
	"fmt"
	"slices"
	"strings"
)

// headerRows is how far down the header row is looked for.
const headerRows = 20

// Column is one column a reader asks for.
type Column struct {
	Key      string   // how the program calls it; also recognised as a header name
	Names    []string // further header names, compared after NFKC, without white space, without regard to case
	Required bool     // the header row must have it
	ID       bool     // its cells identify something: what cannot be an id is a problem of the row
	Date     bool     // a number in it is an Excel serial
}

// Header says which columns a table has. The header row is the first (within 20) that has all required ones, alone or with
// the row below it (a header of two rows).
type Header struct {
	Columns []Column
	Noted   func(Note) // is told what is not handed on as rows; may be nil
}

// layout says where the columns of one header are.
type layout struct {
	sheet    string
	line     int
	width    int            // cells up to here have a header cell
	cells    int            // of the header row, empty ones at its end included
	position []int          // of Header.Columns[i] in the row, or -1
	names    []string       // header text of each cell, made unique; "" when the cell is empty
	index    map[string]int // key or header name to cell
	from1904 bool           // serials count from 1904
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

// candidate is a row that may be the header row.
type candidate struct {
	line int
	rowCells
}

// find returns the layout of the header among rows and the index of the first row below it.
func (h Header) find(sheet string, rows []candidate) (*layout, int, error) {
	names := h.names()
	closest, closestMissing, mostFound := -1, []string(nil), 0
	for i, row := range rows {
		header, height := row.texts, 1
		found, missing := h.recognised(names, header)
		if i+1 < len(rows) {
			joined, joinedFound, ok := h.join(names, row.texts, rows[i+1].texts)
			below, missingBelow := h.recognised(names, rows[i+1].texts)
			switch {
			case ok && joinedFound > max(found, below):
				header, height = joined, 2
				found, missing = h.recognised(names, joined)
			case len(missing) == 0 && len(missingBelow) == 0 && below >= found:
				continue // the lower of two
			}
		}
		if len(missing) > 0 {
			if found > mostFound {
				closest, closestMissing, mostFound = i, missing, found
			}
			continue
		}
		layout, err := h.layout(names, sheet, row.line, header)
		if err == nil {
			h.noteAbove(sheet, rows[:i])
		}
		return layout, i + height, err
	}
	wanted := "it must have the columns " + strings.Join(h.required(), ", ")
	if closest < 0 {
		return nil, 0, &Error{Sheet: sheet, headerless: true, Text: fmt.Sprintf("no header row within the first %d rows: %s", headerRows, wanted)}
	}
	text := fmt.Sprintf("the header lacks %s; %s", strings.Join(closestMissing, ", "), wanted)
	if _, similar := h.similar(rows[closest].texts); len(similar) > 0 {
		text += "; similar are " + strings.Join(similar, ", ")
	}
	return nil, 0, &Error{Sheet: sheet, Line: rows[closest].line, headerless: true, recognised: mostFound, Text: text}
}

// join makes one header of two rows. Columns of the lower one may stand under a group's name, which then may be the first
// part of theirs (提出 above 日期). It is none when the lower row has a value under a column that the upper row names: that is data.
// Below a header that is complete without it, what only resembles a name belongs to the header as well.
func (h Header) join(names map[string]int, upper, lower []string) (joined []string, found int, ok bool) {
	group, seeming := "", 0
	_, missing := h.recognised(names, upper)
	for i := range max(len(upper), len(lower)) {
		above, below := textAt(upper, i), textAt(lower, i)
		if !blank(above) {
			group = above
		}
		_, aboveKnown := column(names, above)
		_, belowKnown := column(names, below)
		_, bothKnown := column(names, group+below)
		switch {
		case blank(below):
			joined = append(joined, above)
			if aboveKnown {
				group = ""
			}
		case bothKnown && !belowKnown && group != "":
			joined, ok = append(joined, group+below), true
		case belowKnown:
			joined, ok = append(joined, below), true
		case aboveKnown && FoldName(above) != FoldName(below):
			return nil, 0, false
		default:
			joined = append(joined, strings.TrimSpace(group+" "+below))
			if _, seems := h.resembles(below, func(int) bool { return false }); seems && len(missing) == 0 {
				seeming++
			}
		}
	}
	found, _ = h.recognised(names, joined)
	return joined, found + seeming, ok || seeming > 0
}

func textAt(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

// column finds the column that a header cell names: by the name as it stands, else without what is said in brackets behind it.
func column(names map[string]int, cell string) (index int, ok bool) {
	if len(cell) > longestName {
		return 0, false
	}
	folded := FoldName(cell)
	if index, ok = names[folded]; ok || folded == "" {
		return index, ok
	}
	index, ok = names[plainName(folded)]
	return index, ok
}

// recognised counts the columns that row names and lists the required ones it lacks.
func (h Header) recognised(names map[string]int, row []string) (found int, missing []string) {
	has := make([]bool, len(h.Columns))
	for _, cell := range row {
		if i, ok := column(names, cell); ok && !has[i] {
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

func (h Header) layout(names map[string]int, sheet string, line int, row []string) (*layout, error) {
	l := &layout{sheet: sheet, line: line, cells: len(row), position: slices.Repeat([]int{-1}, len(h.Columns)), index: map[string]int{}}
	place := func(cell int, text string, exact bool) error {
		folded := FoldName(text)
		i, ok := names[folded]
		if ok != exact {
			return nil
		}
		if !exact {
			if i, ok = names[plainName(folded)]; !ok || l.position[i] >= 0 {
				return nil // the column has a cell that bears its very name
			}
		} else if other := l.position[i]; other >= 0 {
			return &Error{Sheet: sheet, Line: line, Text: fmt.Sprintf("the column %s is there twice: %q and %q", h.Columns[i].Key, row[other], text)}
		}
		l.position[i] = cell
		l.index[h.Columns[i].Key] = cell
		return nil
	}
	for _, exact := range []bool{true, false} {
		for cell, text := range row {
			if text = headerText(text); text == "" || len(text) > longestName {
				continue
			}
			if err := place(cell, text, exact); err != nil {
				return nil, err
			}
		}
	}
	taken := map[string]int{}
	for cell, text := range row {
		if text = headerText(text); text != "" {
			l.width = cell + 1
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

func headerText(text string) string {
	return strings.TrimSpace(strings.TrimLeft(text, "\uFEFF"))
}
