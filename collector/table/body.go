package table

import (
	"fmt"
	"slices"
	"strings"
)

// body turns what stands below a header into rows and keeps account of what it does not hand on.
type body struct {
	header   Header
	names    map[string]int
	alike    []alikeName
	layout   *layout
	workbook bool
	extra    []extraColumn // of layout
	ids      []int         // cells of layout that identify something
	dates    []int         // cells of layout with dates
	required []int         // cells of the required columns
	upper    *upperRow     // the row before, if it names columns
	lost     string        // why no row can be read until the next header; empty when they can
	repeated tally         // headers that come again
	stray    tally         // values beside the table
	remarks  tally         // rows that are totals, notes or signatures
	foreign  tally         // rows without a value in a column that is read
}

// extraColumn is a column that nobody asked for.
type extraColumn struct {
	cell   int
	values uint64
}

// tally counts parts of one kind and remembers the first.
type tally struct {
	count  uint64
	line   int
	sample string
}

func (t *tally) add(line int, sample string) {
	if t.count++; t.count == 1 {
		t.line, t.sample = line, sample
	}
}

func newBody(header Header, layout *layout, workbook bool) *body {
	b := &body{header: header, names: header.names(), alike: header.alikeNames(), workbook: workbook}
	b.use(layout)
	return b
}

// use makes a layout that of the rows to come.
func (b *body) use(layout *layout) {
	b.layout, b.extra, b.ids, b.dates, b.required = layout, nil, nil, nil, nil
	for i, column := range b.header.Columns {
		cell := layout.position[i]
		if cell < 0 {
			continue
		}
		if column.ID {
			b.ids = append(b.ids, cell)
		}
		if column.Date {
			b.dates = append(b.dates, cell)
		}
		if column.Required {
			b.required = append(b.required, cell)
		}
	}
	for cell := range layout.width {
		if !slices.Contains(layout.position, cell) {
			b.extra = append(b.extra, extraColumn{cell: cell})
		}
	}
}

// row checks the cells against the header; ok is false when there is nothing to hand on.
func (b *body) row(line int, cells rowCells, problem string) (row Row, ok bool) {
	texts, natures := cells.texts, cells.natures
	count := len(texts)
	last := max(lastValue(texts), lastNature(natures))
	if last > 0 && b.isHeader(line, texts) {
		return Row{}, false
	}
	if b.workbook && last > b.layout.width {
		b.stray.add(line, fmt.Sprintf("%q in column %s", textAt(texts, last-1), columnLetters(last-1)))
		texts = texts[:min(len(texts), b.layout.width)]
		natures = natures[:min(len(natures), b.layout.width)]
		last = max(lastValue(texts), lastNature(natures))
	} else if cells.stray > 0 {
		b.stray.add(line, fmt.Sprintf("%q in column %s", cells.sample, columnLetters(cells.strayAt)))
	}
	if last == 0 || b.isRemark(line, texts, last) {
		return Row{}, false
	}
	for len(texts) < last { // a formula without a result at the end
		texts = append(texts, "")
	}
	row = Row{Sheet: b.layout.sheet, Line: line, cells: texts[:last], natures: natures, links: cells.links, layout: b.layout}
	foreign := true
	for i := range b.extra {
		if cell := b.extra[i].cell; cell < last && !blank(texts[cell]) {
			b.extra[i].values++
		}
	}
	for _, cell := range b.layout.position {
		if cell >= 0 && cell < last && (!blank(texts[cell]) || row.nature(cell) == NoResult) {
			foreign = false
			break
		}
	}
	if foreign && last <= b.layout.width {
		b.foreign.add(line, firstValue(texts))
		return Row{}, false
	}
	b.readSerials(&row)
	switch {
	case problem != "":
		row.Problem = problem
	case b.lost != "":
		row.Problem = b.lost
	case last > b.layout.width:
		row.Problem = fmt.Sprintf("the row has %d cells, the header only %d: cell %s has %q; quote cells that contain the separator", last, b.layout.width, columnLetters(last-1), texts[last-1])
	case !b.workbook && count > b.layout.cells:
		row.Problem = fmt.Sprintf("the row has %d cells, the header %d: %s too many; quote a cell that contains the separator, or delete the separators at the end", count, b.layout.cells, cellsOf(count-b.layout.cells))
	default:
		row.Problem = b.flaw(row)
	}
	return row, true
}

// readSerials makes dates of the numbers in columns of dates.
func (b *body) readSerials(row *Row) {
	for _, cell := range b.dates {
		if row.nature(cell) != Number {
			continue
		}
		if text, ok := dateOfSerial(row.cells[cell], b.layout.from1904); ok {
			row.cells[cell], row.natures[cell] = text, Date
		}
	}
}

// flaw says what is wrong with the first cell that cannot be read.
func (b *body) flaw(row Row) string {
	for i, cell := range b.layout.position {
		if cell < 0 || cell >= len(row.cells) {
			continue
		}
		text, nature := row.cells[cell], row.nature(cell)
		switch {
		case nature == ErrorValue || text != "" && text[0] == '#' && isErrorText(text):
			return fmt.Sprintf("%s: cell %s%d has the error value %s; correct its formula or write the value", b.header.Columns[i].Key, columnLetters(cell), row.Line, strings.TrimSpace(text))
		case nature == NoResult:
			return fmt.Sprintf("%s: the result of the formula in cell %s%d is not stored; open the workbook in Excel or WPS and save it", b.header.Columns[i].Key, columnLetters(cell), row.Line)
		}
	}
	for _, cell := range b.ids {
		if cell >= len(row.cells) || len(row.cells[cell]) < 4 {
			continue
		}
		if flaw := idFlaw(row.cells[cell], row.nature(cell)); flaw != "" {
			return fmt.Sprintf("%s: %q in cell %s%d %s", b.keyOf(cell), row.cells[cell], columnLetters(cell), row.Line, flaw)
		}
	}
	return ""
}

func (b *body) keyOf(cell int) string {
	return b.header.Columns[slices.Index(b.layout.position, cell)].Key
}

// isName reports whether a cell of the table's rows names a column. Few do, so that it looks closer only at texts of that form.
func (b *body) isName(text string) bool {
	if _, known := b.names[text]; known {
		return true
	}
	if len(text) > 60 || !strings.ContainsAny(text, " *(（：:\u3000") {
		return false
	}
	_, known := column(b.names, text)
	return known
}

func cellsOf(count int) string {
	if count == 1 {
		return "one cell"
	}
	return fmt.Sprintf("%d cells", count)
}

func lastValue(texts []string) int {
	last := len(texts)
	for last > 0 && blank(texts[last-1]) {
		last--
	}
	return last
}

func lastNature(natures []Nature) int {
	last := len(natures)
	for last > 0 && natures[last-1] != NoResult {
		last--
	}
	return last
}

func firstValue(texts []string) string {
	for _, text := range texts {
		if !blank(text) {
			return strings.TrimSpace(text)
		}
	}
	return ""
}
