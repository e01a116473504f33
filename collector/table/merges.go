package table

// merge is a merged range. Its rows show its first cell's value; what else stands in its cells is not shown.
type merge struct {
	column, lastColumn, first, last int
	value                           string
	nature                          Nature
}

// merges fills merged cells while rows pass by in order.
type merges struct {
	starting map[int][]*merge // by first row
	open     []*merge
}

// fill completes the cells of a row from the merges that reach into it and empties those that a merge covers. Lines come in
// rising order. It counts the values that are not shown.
func (m *merges) fill(line int, cells *rowCells) (covered int) {
	if len(m.starting[line]) == 0 && len(m.open) == 0 {
		return 0
	}
	open := m.open[:0]
	for _, merge := range m.open {
		if line > merge.last {
			continue
		}
		covered += cells.clear(merge.column, merge.lastColumn)
		if merge.value != "" {
			cells.set(merge.column, merge.value, merge.nature)
		}
		if line < merge.last {
			open = append(open, merge)
		}
	}
	for _, merge := range m.starting[line] {
		merge.value, merge.nature = cells.at(merge.column)
		covered += cells.clear(merge.column+1, merge.lastColumn)
		if merge.last > line {
			open = append(open, merge)
		}
	}
	m.open = open
	return covered
}

// rowCells is a row of a sheet as it is being read.
type rowCells struct {
	texts   []string
	natures []Nature // of texts; nil while all are text
	links   map[int]string
	stray   int    // values to the right of the columns that are wanted
	strayAt int    // column of the first of them
	wanted  int    // columns
	sample  string // the first stray value
}

func (c *rowCells) set(column int, text string, nature Nature) {
	if column >= c.wanted {
		if c.stray++; c.stray == 1 {
			c.strayAt, c.sample = column, text
		}
		return
	}
	for len(c.texts) <= column {
		c.texts = append(c.texts, "")
	}
	c.texts[column] = text
	if nature == Text && len(c.natures) <= column {
		return
	}
	for len(c.natures) <= column {
		c.natures = append(c.natures, Text)
	}
	c.natures[column] = nature
}

func (c *rowCells) at(column int) (string, Nature) {
	if column >= len(c.texts) {
		return "", Text
	}
	if column < len(c.natures) {
		return c.texts[column], c.natures[column]
	}
	return c.texts[column], Text
}

// clear empties a range of columns and counts the values that it had.
func (c *rowCells) clear(first, last int) (values int) {
	for column := first; column <= last && column < len(c.texts); column++ {
		if !blank(c.texts[column]) {
			values++
		}
		c.texts[column] = ""
		if column < len(c.natures) {
			c.natures[column] = Text
		}
	}
	return values
}

// values counts the cells that have a value.
func (c *rowCells) values() (values int) {
	for _, text := range c.texts {
		if !blank(text) {
			values++
		}
	}
	for _, nature := range c.natures {
		if nature == NoResult {
			values++
		}
	}
	return values + c.stray
}

// link notes the address behind a cell. The links of a sheet are shared by its rows' readers and not changed.
func (c *rowCells) link(column int, address string) {
	links := map[int]string{column: address}
	for other, address := range c.links {
		if other != column {
			links[other] = address
		}
	}
	c.links = links
}
