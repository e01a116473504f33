package dashboard

import (
	"maps"
	"net/url"
	"strings"
)

// address is where a view of the pages lives. Everything that chooses a view is in it, so any view can be sent as a link.
type address struct {
	path  string
	query url.Values
}

func newAddress(u *url.URL) address { return address{u.EscapedPath(), u.Query()} }

func (a address) get(name string) string { return a.query.Get(name) }

// with is the address with a parameter set, or taken out if the value is empty.
func (a address) with(name, value string) address {
	query := maps.Clone(a.query)
	if query == nil {
		query = url.Values{}
	}
	if value == "" {
		query.Del(name)
	} else {
		query.Set(name, value)
	}
	return address{a.path, query}
}

// at is another page with the same choices, but for those that only made sense on this one.
func (a address) at(path string) address {
	there := address{path, a.query}
	for _, own := range []string{"group", "scope", "unit", "version", "search", "page", "by", "sort", "only", "site", "export", "age", "item", viewParameter} {
		there = there.with(own, "")
	}
	return there
}

func (a address) String() string {
	if encoded := a.query.Encode(); encoded != "" {
		return a.path + "?" + encoded
	}
	return a.path
}

func unitPath(id string) string { return "/unit/" + url.PathEscape(id) }

func proofPath(source, recordID string) string {
	return "/proof/" + url.PathEscape(source) + "/" + url.PathEscape(recordID)
}

func sourcePath(name string) string { return "/sources/" + url.PathEscape(name) }

// viewParameter holds what a reader has made of the tables that the browser searches and sorts; static/table.js writes and reads it, no question
// depends on it.
const viewParameter = "view"

// sought is the address with a table showing the rows that have the words.
func (a address) sought(table, words string) string {
	return a.with(viewParameter, table+".find="+strings.ReplaceAll(words, ",", " ")).String() + "#" + table
}

// link is a place to go to.
type link struct {
	Text, Note, Href string
	Current          bool
	Menu             []link // what opens instead of leading somewhere
}
