package page

import "yangguang/queries/model"

// T is Text.T; what it says of the previous window it says of the same window a year before, where that is what figures are compared with: the
// messages that end in .yoy.
func (a *Request) T(id string, values ...any) string {
	if a.Compared() == model.CompareYear && a.Has(id+".yoy") {
		id += ".yoy"
	}
	return a.Text.T(id, values...)
}

// Label is Text.Label in the same way.
func (a *Request) Label(key string) string {
	if a.Compared() == model.CompareYear && a.Has("column."+key+".yoy") {
		return a.Text.T("column." + key + ".yoy")
	}
	return a.Text.Label(key)
}
