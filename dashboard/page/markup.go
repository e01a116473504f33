package page

import (
	"html/template"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markup writes HTML with every text and value escaped. It is for the cells of tables: a page has thousands, for which html/template, which the rest of
// a page is written with, takes longer than the database for its answer.
type markup struct{ text strings.Builder }

// begin opens an element with attributes, name and value in turn; one without a value is left out.
func (m *markup) begin(element string, attributes ...string) {
	m.text.WriteByte('<')
	m.text.WriteString(element)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] != "" {
			m.attribute(attributes[i], attributes[i+1])
		}
	}
	m.text.WriteByte('>')
}

func (m *markup) attribute(name, value string) {
	m.text.WriteByte(' ')
	m.text.WriteString(name)
	m.text.WriteString(`="`)
	if name == "href" {
		value = inLetters(value)
	}
	m.text.WriteString(quoted.Replace(value))
	m.text.WriteByte('"')
}

// What must be escaped in an attribute's value, and in a text, where quotes stand for themselves.
var (
	quoted  = strings.NewReplacer("&", "&amp;", `"`, "&#34;", "<", "&lt;", ">", "&gt;", "'", "&#39;")
	written = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
)

func (m *markup) write(text string) { m.text.WriteString(written.Replace(text)) }

// inLetters is an address with the letters of its path for their escapes, a third as long; browsers escape them again.
func inLetters(address string) string {
	var shorter strings.Builder
	for at := 0; at < len(address); {
		end := at
		for end+2 < len(address) && address[end] == '%' && address[end+1] >= '8' {
			end += 3
		}
		if end == at {
			if address[at] == '?' || address[at] == '#' { // what is asked is read by scripts too
				shorter.WriteString(address[at:])
				break
			}
			shorter.WriteByte(address[at])
			at++
			continue
		}
		part := address[at:end]
		if letters, err := url.PathUnescape(part); err == nil && utf8.ValidString(letters) && strings.IndexFunc(letters, isNoLetter) < 0 {
			part = letters
		}
		shorter.WriteString(part)
		at = end
	}
	return shorter.String()
}

func isNoLetter(r rune) bool { return !unicode.IsLetter(r) }

func (m *markup) end(element string) {
	m.text.WriteString("</")
	m.text.WriteString(element)
	m.text.WriteByte('>')
}

// element is a whole element with a text.
func (m *markup) element(element, text string, attributes ...string) {
	m.begin(element, attributes...)
	m.write(text)
	m.end(element)
}

func (m *markup) html() template.HTML { return template.HTML(m.text.String()) } // #nosec G203: escaped above
