package dashboard

import (
	"slices"
	"time"
)

// Notice is something about the program's own state that a reader must know before believing any figure: storage that is not whole, a registry
// that was refused, a calendar that ends. Every page says it above everything else.
type Notice struct {
	Message    string // key of its text, in dashboard/messages/notices.*.yaml
	Values     []any  // what the text takes, name and value in turn; a time.Time is written as an instant in the configured zone
	Unverified bool   // no figure can be believed while it stands: said first, and the page is marked as unverified
	Public     bool   // for everyone; the address for society leaves the others out
}

// notices are what the page says above everything else: of the program's own state, then of this page alone.
func (a *ask) notices(own ...Notice) []notice {
	var all []Notice
	if a.options.Notices != nil {
		all = slices.Clone(a.options.Notices())
	}
	if a.options.Society {
		all = slices.DeleteFunc(all, func(n Notice) bool { return !n.Public })
	}
	var said []notice
	for _, n := range append(all, own...) {
		values := slices.Clone(n.Values)
		for i, value := range values {
			if instant, is := value.(time.Time); is {
				values[i] = a.instant(instant)
			}
		}
		one := notice{Text: a.T(n.Message, values...), Unverified: n.Unverified}
		if n.Unverified {
			said = slices.Insert(said, 0, one)
		} else {
			said = append(said, one)
		}
	}
	return said
}

// notice is a Notice in the page's language.
type notice struct {
	Text       string
	Unverified bool
}
