package web

import (
	"net/url"
	"regexp"
	"strings"

	"yangguang/collector/markup"
)

// named is {name}: a value of a row, or one that the entrance gives.
var named = regexp.MustCompile(`\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// fillNamed puts values into a text in which {name} stands for them, each written as the text needs it. What no value is known of stays as it is.
func fillNamed(text string, writing func(string) string, value func(name string) (string, bool)) string {
	return named.ReplaceAllStringFunc(text, func(found string) string {
		if value, known := value(found[1 : len(found)-1]); known {
			return writing(value)
		}
		return found
	})
}

// asWritten is how values stand in forms and headers, withinJSON how in texts of JSON, withinAddress how in addresses.
func asWritten(value string) string  { return value }
func withinJSON(value string) string { return strings.Trim(markup.JSONText(value), `"`) }
func withinAddress(value string) string {
	return strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
}

// writingOf is how values stand in a text that is sent, which may be the body.
func writingOf(text, body string) func(string) string {
	if text == body && strings.HasPrefix(strings.TrimSpace(body), "{") {
		return withinJSON
	}
	return asWritten
}

// withGiven puts what the entrance gives into a text.
func (r *reading) withGiven(text string, writing func(string) string) string {
	return fillNamed(text, writing, func(name string) (string, bool) {
		value, known := r.given[name]
		return value, known
	})
}
