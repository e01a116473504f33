package page

import (
	"slices"
	"time"
)

// Notice is something about the program's own state that a reader must know before believing any figure: storage that is not whole, a registry
// that was refused, a calendar that ends. Every page says it above everything else.
type Notice struct {
	Message    string // key of its text, in messages/notices.*.yaml
	Values     []any  // what the text takes, name and value in turn; a time.Time is written as an instant in the configured zone
	Unverified bool   // no figure can be believed while it stands: said first, and the page is marked as unverified
	Public     bool   // for everyone; the address for society leaves the others out
}

// Notices are what the page says above everything else: of the program's own state, then of this page alone.
func (a *Request) Notices(own ...Notice) []Told {
	var all []Notice
	if a.Options.Notices != nil {
		all = slices.Clone(a.Options.Notices())
	}
	if a.Options.Society {
		all = slices.DeleteFunc(all, func(n Notice) bool { return !n.Public })
	}
	var said []Told
	for _, n := range append(all, own...) {
		values := slices.Clone(n.Values)
		for i, value := range values {
			if instant, is := value.(time.Time); is {
				values[i] = a.Instant(instant)
			}
		}
		one := Told{Text: a.T(n.Message, values...), Unverified: n.Unverified}
		if n.Unverified {
			said = slices.Insert(said, 0, one)
		} else {
			said = append(said, one)
		}
	}
	return said
}

// Told is a Notice in the page's language.
type Told struct {
	Text       string
	Unverified bool
}
