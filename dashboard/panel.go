package dashboard

// figure is a panel: a chart, the table behind or below it, and its exports. Any part may be missing.
type figure struct {
	ID, Heading, About string
	Chart              *chart
	Table              *table
	Open               bool // the table stands open below the chart
	Exports            []link
	Own                bool   // its table is its export; Exports are of the report that it is told from
	Listed             bool   // the table is the beginning of a list, which of very many units is not exported whole
	Held               *table // what is exported in place of the table
	Detail             *link  // the report that it is told from
	Rules              []link // what the measures of its table mean
	Failed             bool
	Lacks              string // what of it could not be had, where the rest is shown
	Key                []cell // states that the table uses
	Class              string // span-7
	More               *link
	Choices            []link // other ways to list the same
	Notice             string // stands in place of chart and table
	Pages              *pagesOf
}

// unsay leaves of a panel without an answer nothing but its name: whatever else it says, a count above all, would be told of an answer that is
// not there.
func (f *figure) unsay() {
	if f.Failed {
		*f = figure{ID: f.ID, Heading: f.Heading, Class: f.Class, Own: f.Own, Listed: f.Listed, Failed: true}
	}
}

// exported is the table that a panel exports; nil: none.
func (f *figure) exported() *table {
	if f.Held != nil {
		return f.Held
	}
	return f.Table
}
