package page

import (
	"maps"
	"slices"
)

const (
	SearchPath      = "/search"      // of the page that lists what is found
	SuggestPath     = "/search.json" // of what the box offers while something is typed
	SearchParameter = "q"            // what is sought
)

// SearchBox is the form in which units, items and records are sought; what the address chooses goes with it.
type SearchBox struct {
	ID, Action, Suggest string
	Parameter, Words    string
	Label, Hint, Submit string
	Kept                []KeptChoice
}

// KeptChoice is a parameter of the address that a form sends on.
type KeptChoice struct{ Name, Value string }

// SearchBox is a box whose id is unique on its page.
func (a *Request) SearchBox(id string) SearchBox {
	box := SearchBox{
		ID: id, Action: SearchPath, Suggest: SuggestPath, Parameter: SearchParameter, Label: a.T("search.label"), Hint: a.T("search.hint"), Submit: a.T("search.submit"),
	}
	if a.Address.Path == SearchPath {
		box.Words = a.Address.Get(SearchParameter)
	}
	box.Kept = a.kept(a.Address.At(SearchPath).With("within", ""))
	return box
}

// kept are the choices of an address as a form sends them on.
func (a *Request) kept(there Address) (kept []KeptChoice) {
	for _, name := range slices.Sorted(maps.Keys(there.Query)) {
		kept = append(kept, KeptChoice{name, there.Get(name)})
	}
	return kept
}
