package dashboard

import (
	"yangguang/queries"
)

// table is what parts/table.html shows: rows that can be searched, sorted and paged, cards on a phone.
type table struct {
	Label   string // for screen readers
	Name    string // of its panel, under which the address keeps what is sought in it
	Columns []column
	Rows    []row
	Search  string // the search box's label; empty means no box
	Counter string // "{n} …": how many rows are shown
	Chips   []chip
	Page    int // rows a page; 0 means all
	Empty   string
	Short   bool // no box of its own to scroll in
	Sought  *sought
}

// sought is how the server searches a table of which the page shows a part: the words and the kind of row live in the address.
type sought struct {
	Words, Label string // what is sought, and the box's label
	Anchor       string // the panel to come back to
	Kinds        []link
	Found        string
	Clear        string // empty: nothing is sought
}

type column struct {
	Label, Title string
	Sort         string // number, text or empty (not sortable)
	Class        string // num, fit, stick; title and minor for cards
	Key          string // column of the report
	Note         string // column of a report that stands small below; exports have it apart even if no row has any
	Link         bool   // leads to a record and says nothing itself: exports have the record's source and id
	Href, Order  string // where the server sorts: the address sorted by the column, and how it is sorted now
}

type row struct {
	Cells []cell
	Tags  string // which chips keep it, separated by spaces
	Class string // group, quiet
}

// cell is one value with whatever makes it readable.
type cell struct {
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
	History                 *history
	Kind                    queries.Kind // what Sort holds, for exports; Text: nothing but a place
	ID, Source              string       // of the unit or record that the cell is about, and the record's source
}

func (c cell) class(class string) cell { c.Class = class; return c }
func (c cell) note(note string) cell   { c.Note = note; return c }
func (c cell) href(href string) cell   { c.Href = href; return c }

type chip struct{ Text, Tag string }

// first keeps the first rows of a long list; the panel says of how many, and its export has them all.
func (a *ask) first(f *figure) {
	if f.Table == nil || a.exporting != "" || len(f.Table.Rows) <= a.options.Whole {
		return
	}
	f.About += a.T("table.first", "Shown", grouped(int64(a.options.Whole)), "All", grouped(int64(len(f.Table.Rows))))
	f.Table.Rows = f.Table.Rows[:a.options.Whole]
}

// most is how many rows of a list are asked for: as many as a page shows, or all for its export.
func (a *ask) most(shown int) int {
	if a.exporting == "" || a.large {
		return shown
	}
	return 1<<31 - 1
}

// fact is a value that bears on the score or its reading, with its name.
type fact struct {
	Label string
	Value cell
	Rule  string // what it means
}
