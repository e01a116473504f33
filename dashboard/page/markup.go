package page

import (
	"html"
	"html/template"
	"strings"
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
	m.write(value)
	m.text.WriteByte('"')
}

func (m *markup) write(text string) { m.text.WriteString(html.EscapeString(text)) }

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
