package page

import (
	"yangguang/dashboard/page/chart"
)

// Figure is a panel: a chart, the table behind or below it, and its exports. Any part may be missing.
type Figure struct {
	ID, Heading, About string
	Chart              *chart.Chart
	Table              *Table
	Open               bool // the table stands open below the chart
	Exports            []Link
	Own                bool   // its table is its export; Exports are of the report that it is computed from
	Listed             bool   // the table is the beginning of a list, which of very many units is not exported whole
	Held               *Table // what is exported in place of the table
	Detail             *Link  // the report that it is computed from
	Rules              []Link // what the measures of its table mean
	Failed             bool
	Lacks              string // what of it could not be had, where the rest is shown
	Key                []Cell // states that the table uses
	KeyAbout           string // where, if not in a column of their own
	Class              string // span-7
	More               *Link
	Choices            []Link // other ways to list the same
	Notice             string // stands in place of chart and table
	Pages              *pagesOf
	Chooser            *Chooser
}

// ChooserID is the id of a page's chooser.
const ChooserID = "chosen"

// Chooser is a form that leads to a comparison of the units that are chosen in the table.
type Chooser struct {
	Action, Submit string
	Kept           []KeptChoice
}

// Chooser leads to a comparison with the choices of the address.
func (a *Request) Chooser() *Chooser {
	return &Chooser{ComparePath, a.T("compare.chosen"), a.kept(a.Address.At(ComparePath))}
}

// Unsay leaves of a panel without an answer nothing but its name: whatever else it says, a count above all, would be said of an answer that is
// not there.
func (f *Figure) Unsay() {
	if f.Failed {
		*f = Figure{ID: f.ID, Heading: f.Heading, Class: f.Class, Own: f.Own, Listed: f.Listed, Failed: true}
	}
}

// Exported is the table that a panel exports; nil: none.
func (f *Figure) Exported() *Table {
	if f.Held != nil {
		return f.Held
	}
	return f.Table
}
