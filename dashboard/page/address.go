package page

import (
	"maps"
	"net/url"
	"strings"
)

// Address is where a view of the pages lives. Everything that chooses a view is in it, so any view can be sent as a link.
type Address struct {
	Path  string
	Query url.Values
}

func newAddress(u *url.URL) Address { return Address{u.EscapedPath(), u.Query()} }

// Get is a parameter of the address; empty: it has none.
func (a Address) Get(name string) string { return a.Query.Get(name) }

// With is the address with a parameter set, or taken out if the value is empty.
func (a Address) With(name, value string) Address {
	query := maps.Clone(a.Query)
	if query == nil {
		query = url.Values{}
	}
	if value == "" {
		query.Del(name)
	} else {
		query.Set(name, value)
	}
	return Address{a.Path, query}
}

// At is another page with the same choices, but for those that only made sense on this one.
func (a Address) At(path string) Address {
	there := Address{path, a.Query}
	for _, own := range []string{"group", "scope", "unit", "version", "search", "page", "by", "sort", "only", "site", "export", "age", "item", "finding", "state", "sample", "size", "seed", "since", "of", "id", "days", "views", "seconds", SearchParameter, "add", ViewParameter} {
		there = there.With(own, "")
	}
	return there
}

// Only is another page with some of the choices, and no others.
func (a Address) Only(path string, names ...string) Address {
	there := Address{path, url.Values{}}
	for _, name := range names {
		there = there.With(name, a.Get(name))
	}
	return there
}

// String is the address as a link has it.
func (a Address) String() string {
	if encoded := a.Query.Encode(); encoded != "" {
		return a.Path + "?" + encoded
	}
	return a.Path
}

// UnitPath is the page of a unit.
func UnitPath(id string) string { return unitPath + url.PathEscape(id) }

const (
	unitPath  = "/unit/"
	proofPath = "/proof/"
)

// ProofPath is the page of a record.
func ProofPath(source, recordID string) string {
	return proofPath + url.PathEscape(source) + "/" + url.PathEscape(recordID)
}

// SourcePath is the page of a source.
func SourcePath(name string) string { return "/sources/" + url.PathEscape(name) }

// ViewParameter holds what a reader has made of the tables that the browser searches and sorts; static/table.js writes and reads it, no question
// depends on it.
const ViewParameter = "view"

// Sought is the address with a table showing the rows that have the words.
func (a Address) Sought(table, words string) string {
	return a.With(ViewParameter, table+".find="+strings.ReplaceAll(words, ",", " ")).String() + "#" + table
}

// ComparePath is the page that sets units side by side.
const ComparePath = "/compare"

// Link is a place to go to.
type Link struct {
	Text, Note, Href string
	Current          bool
	Menu             []Link // what opens instead of leading somewhere
}
