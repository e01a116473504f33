package language

import (
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// isolated keeps a name that runs from right to left from turning the words around it: it stands between U+2068 and U+2069, which readers do not see.
// Characters that only order the direction of others are left out of sentences. Every other value stays as it is.
func isolated(value any) any {
	text, isText := value.(string)
	if !isText {
		return value
	}
	plain := strings.Map(func(r rune) rune {
		if orders(r) {
			return -1
		}
		return r
	}, text)
	if !strings.ContainsFunc(plain, fromRight) {
		return plain
	}
	return "\u2068" + plain + "\u2069"
}

// orders reports whether a character is an embedding, an override, an isolate or the end of one.
func orders(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }

func fromRight(r rune) bool {
	if r < 0x590 { // before the first script from right to left
		return false
	}
	properties, _ := bidi.LookupRune(r)
	switch properties.Class() {
	case bidi.R, bidi.AL, bidi.AN:
		return true
	default:
		return false
	}
}
