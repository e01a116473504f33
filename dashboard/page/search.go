package page

import "slices"

const (
	SearchPath      = "/search"      // of the page that lists what is found
	SuggestPath     = "/search.json" // of what the box offers while something is typed
	SearchParameter = "q"            // what is sought
)

// SearchBox is the form in which units, items and records are sought; what the address chooses goes with it.
type SearchBox struct {
	ID, Action, Suggest string
	Words               string
	Label, Hint, Submit string
	Kept                []KeptChoice
}

// KeptChoice is a parameter of the address that a form sends on.
type KeptChoice struct{ Name, Value string }

// SearchBox is a box whose id is unique on its page.
func (a *Request) SearchBox(id string) SearchBox {
	box := SearchBox{
		ID: id, Action: SearchPath, Suggest: SuggestPath, Label: a.T("search.label"), Hint: a.T("search.hint"), Submit: a.T("search.submit"),
	}
	if a.Address.Path == SearchPath {
		box.Words = a.Address.Get(SearchParameter)
	}
	there := a.Address.At(SearchPath)
	for name := range there.Query {
		if name != SearchParameter && name != "within" {
			box.Kept = append(box.Kept, KeptChoice{name, there.Get(name)})
		}
	}
	slices.SortFunc(box.Kept, func(x, y KeptChoice) int {
		if x.Name < y.Name {
			return -1
		}
		return 1
	})
	return box
}
