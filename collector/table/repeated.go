package table

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// upperRow is a row below the first header that names columns. The row below it shows whether it belongs to it.
type upperRow struct {
	line  int
	texts []string
	found int    // columns that it names
	flaw  string // what is wrong with it as a header; empty when it is one
}

// isHeader recognises a header that comes again, as on each printed page, and one of another table below the first, of one row or of
// two. One that is not understood ends the table: what stands below it does not stand in the columns of before.
func (b *body) isHeader(line int, texts []string) bool {
	upper := b.upper
	if b.upper = nil; upper != nil {
		joined, found, ok := b.header.join(b.names, upper.texts, texts)
		below, missing := b.header.recognised(b.names, texts)
		if ok && found > max(upper.found, below) && b.uses(line, joined) {
			return true
		}
		if upper.flaw != "" && (below <= upper.found || len(missing) > 0) {
			b.lose(upper)
		}
	}
	if !b.namesColumns(texts) {
		return false
	}
	found, missing := b.header.recognised(b.names, texts)
	next := &upperRow{line: line, texts: slices.Clone(texts), found: found}
	if len(missing) > 0 {
		next.flaw = "its header lacks " + strings.Join(missing, ", ")
	} else if _, err := b.header.layout(b.names, b.layout.sheet, line, texts); err != nil {
		next.flaw = err.Error()
		if wrong := (*Error)(nil); errors.As(err, &wrong) {
			next.flaw = wrong.Text // the note has the place
		}
	}
	if next.flaw == "" && !b.uses(line, texts) {
		return false
	}
	if b.upper = next; next.flaw == "" {
		b.repeated.add(line, "")
	}
	return true
}

// uses makes a header that of the rows to come; it is false where it is none.
func (b *body) uses(line int, texts []string) bool {
	if _, missing := b.header.recognised(b.names, texts); len(missing) > 0 {
		return false
	}
	next, err := b.header.layout(b.names, b.layout.sheet, line, texts)
	if err != nil {
		return false
	}
	b.lost = ""
	if !slices.Equal(next.position, b.layout.position) || next.width > b.layout.width {
		b.reportColumns()
		next.from1904, next.cells = b.layout.from1904, max(next.cells, b.layout.cells)
		b.use(next)
	}
	return true
}

// lose says that what stands below a header is not understood.
func (b *body) lose(upper *upperRow) {
	b.lost = fmt.Sprintf("the row stands below a header that is not understood, in row %d; correct that header", upper.line)
	_, similar := b.header.similar(upper.texts)
	b.header.note(Note{
		Sheet: b.layout.sheet, Line: upper.line, What: "the table is not read: " + upper.flaw, Nearest: strings.Join(similar, ", "), Kind: Unread,
	})
}

// fewestNames is how many cells of a row must bear the very names of columns for it to be a header whatever else it lacks: values of rows
// may be such names by chance, a scope "unit" or a link that shows 链接.
const fewestNames = 3

// namesColumns reports whether a row is a header, understood or not. It costs rows of values little: one of their cells begins with a digit,
// as no name of a column does.
func (b *body) namesColumns(texts []string) bool {
	values := 0
	for _, text := range texts {
		if text == "" {
			continue
		}
		if text[0] >= '0' && text[0] <= '9' {
			return false
		}
		values++
	}
	if slices.ContainsFunc(b.required, func(cell int) bool { return b.isName(textAt(texts, cell)) }) {
		if _, missing := b.header.recognised(b.names, texts); len(missing) == 0 {
			return true
		}
	}
	if values < fewestNames {
		return false
	}
	if exact, _ := b.header.recognised(b.names, texts); exact >= fewestNames {
		return true
	}
	return b.seemNames(texts, values)
}

// longestSeeming is how long, in bytes, a cell may be that seems to name a column.
const longestSeeming = 45

// seemNames reports whether most cells of a row seem to name columns, required ones among them.
func (b *body) seemNames(texts []string, values int) bool {
	like, unlike, found := 0, 0, make([]bool, len(b.header.Columns))
	for _, text := range texts {
		if blank(text) {
			continue
		}
		if len(text) > longestSeeming {
			return false
		}
		named, ok := column(b.names, text)
		if !ok {
			named, ok = resembles(b.alike, text, func(int) bool { return false })
		}
		if ok {
			found[named] = true
			like++
		} else if unlike++; 3*unlike > values {
			return false
		}
	}
	for i, column := range b.header.Columns {
		if column.Required && !found[i] {
			return false
		}
	}
	return like > fewestNames
}

// noteAbove notes a table above the header whose own header is not understood: more than titles and who has filled it in.
func (h Header) noteAbove(sheet string, rows []candidate) {
	names := h.names()
	for i, row := range rows {
		exact, missing := h.recognised(names, row.texts)
		like, similar := h.similar(row.texts)
		if exact < fewestNames && like < fewestNames || len(missing) == 0 {
			continue
		}
		for _, below := range rows[i+1:] {
			if values := len(slices.DeleteFunc(slices.Clone(below.texts), blank)); values >= 3 {
				h.note(Note{
					Sheet: sheet, Line: row.line, What: "the table above the header is not read: its header lacks " + strings.Join(missing, ", "), Nearest: strings.Join(similar, ", "), Kind: Unread,
				})
				return
			}
		}
	}
}
