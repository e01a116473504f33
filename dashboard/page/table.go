package page

import (
	"yangguang/queries/model"
)

// Table is what parts/table.html shows: rows that can be searched, sorted and paged, cards on a phone.
type Table struct {
	Label   string // for screen readers
	Name    string // of its panel, under which the address keeps what is sought in it
	Columns []Column
	Rows    []Row
	Search  string // the search box's label; empty means no box
	Counter string // "{n} …": how many rows are shown
	Chips   []Chip
	Page    int    // rows a page; 0 means all
	Paper   int    // rows that are printed; 0: a page's, or WholeOnPaper
	LeftOut string // how many rows are not printed
	Empty   string
	Short   bool // no box of its own to scroll in
	Sought  *Sought
}

// WholeOnPaper are all rows of a table, which is of use whole only.
const WholeOnPaper = -1

// Printed is how many rows paper has; 0 means all.
func (t Table) Printed() int {
	if t.Paper == 0 {
		return t.Page
	}
	return max(0, t.Paper)
}

// Sought is how the server searches a table of which the page shows a part: the words and the kind of row live in the address.
type Sought struct {
	Words, Label string // what is sought, and the box's label
	Anchor       string // the panel to come back to
	Kinds        []Link
	Found        string
	Clear        string // empty: nothing is sought
}

// Column is a column of a table with its head.
type Column struct {
	Label, Title string
	Sort         string // number, text or empty (not sortable)
	Class        string // num, fit, stick; title and minor for cards
	Key          string // column of the report
	Note         string // column of a report that stands small below; exports have it apart even if no row has any
	Link         bool   // leads to a record and says nothing itself: exports have the record's source and id
	Href, Order  string // where the server sorts: the address sorted by the column, and how it is sorted now
}

// Row is a row of a table.
type Row struct {
	Cells  []Cell
	Sought string // what finds it besides what it shows and what it is about
	Tags   string // which chips keep it, separated by spaces
	Class  string // group, quiet
}

// Cell is one value with whatever makes it readable.
type Cell struct {
	Text, Note, Title, Href string
	Sort                    string // what the column sorts by
	Class                   string
	State, Mark, Age        string // state: the letter on its colour before the text
	Tag                     string // class of a small label around the text
	Change, ChangeTitle     string // ↑3, and what it means
	ChangeClass             string // better, worse or empty
	None                    bool   // "—" with Title saying why
	External                bool   // Href leads to another host
	Raw                     string // opens below Text: a source's own words, as they are
	History                 *History
	Ticks                   *Ticks
	Choose                  string     // unit that the box chooses for the panel's Chooser, with Title for whoever does not see the row
	Kind                    model.Kind // what Sort holds, for exports; Text: nothing but a place
	ID, Source              string     // of the unit or record that the cell is about, and the record's source
}

// Classed is the cell with another class.
func (c Cell) Classed(class string) Cell { c.Class = class; return c }

// Noted is the cell with a note below.
func (c Cell) Noted(note string) Cell { c.Note = note; return c }

// Linked is the cell with a place to go to.
func (c Cell) Linked(href string) Cell { c.Href = href; return c }

// Chip keeps the rows that have its tag.
type Chip struct{ Text, Tag string }

// First keeps the first rows of a long list, as many as a ranking that is sent whole; the panel says of how many, and its export has them all.
func (a *Request) First(f *Figure) { a.FirstOf(f, a.Options.Whole) }

// FirstOf is First with so many rows.
func (a *Request) FirstOf(f *Figure, most int) {
	if f.Table == nil || a.Exporting != "" || len(f.Table.Rows) <= most {
		return
	}
	f.About += a.T("table.first", "Shown", Grouped(int64(most)), "All", Grouped(int64(len(f.Table.Rows))))
	f.Table.Rows = f.Table.Rows[:most]
}

// Most is how many rows of a list are asked for: as many as a page shows, or all for its export.
func (a *Request) Most(shown int) int {
	if a.Exporting == "" || a.Large {
		return shown
	}
	return 1<<31 - 1
}

// Fact is a value that bears on the score or its reading, with its name.
type Fact struct {
	Label string
	Value Cell
	Rule  string // what it means
}
