package web

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"yangguang/collector/markup"
	"yangguang/collector/online"
)

// values finds further values and the fields of a row. Addresses are made absolute, dates brought to a form that dates are written in. Those
// that speak of other fields come after them.
func (at scope) values(more, fields map[string]Field) map[string]string {
	found := map[string]string{}
	at.addValues(found, slices.Sorted(maps.Keys(more)), more)
	at.addValues(found, fieldNames, fields)
	return found
}

// addValues finds the fields of these names that found does not have yet.
func (at scope) addValues(found map[string]string, names []string, fields map[string]Field) {
	for _, pass := range []bool{false, true} {
		for _, name := range names { // in a fixed order: a field may speak of one before it
			field, given := fields[name]
			if !given || found[name] != "" || slices.ContainsFunc(field, Way.derived) != pass {
				continue
			}
			if value := at.value(name, field, found); value != "" {
				found[name] = value
			}
		}
	}
}

// derived reports whether the way speaks of another field of the row.
func (w Way) derived() bool { return w.From != "" && w.From != "page" }

func (at scope) value(name string, field Field, found map[string]string) string {
	for i := range field {
		way := &field[i]
		texts := at.texts(way, name == "url" || name == "attachment")
		if way.derived() {
			texts = []string{found[way.From]}
		}
		value := way.cut(texts)
		switch {
		case name == "url" || name == "attachment":
			value = at.link(value)
		case strings.HasSuffix(name, "_on"):
			value = online.DayText(value, at.began, way.label != nil)
		case at.document == nil && name != "record_id" && slices.Contains(fieldNames, name): // what a reader sees of it
			value = online.PlainText(value)
		}
		if value != "" {
			return value
		}
	}
	return ""
}

// first is the value of a field that belongs to a page and not to a row.
func (at scope) first(field Field) string { return at.value("", field, nil) }

// texts finds what a way speaks of, before it is cut. asLink: of an element that leads somewhere, the address.
func (at scope) texts(way *Way, asLink bool) []string {
	switch {
	case way.Value != "":
		return []string{way.Value}
	case way.From == "page":
		return []string{at.address}
	case at.document == nil:
		return []string{markup.TextOf(markup.LookUp(at.data, way.Select))}
	case way.Meta != "":
		return at.meta(way.Meta)
	}
	elements := at.row
	if way.selector != nil {
		elements = at.row.FindMatcher(way.selector)
	}
	if way.Nth > 0 {
		elements = nth(elements, way.Nth-1)
	} else if way.Nth < 0 {
		elements = nth(elements, elements.Length()+way.Nth)
	}
	texts := make([]string, 0, elements.Length())
	elements.Each(func(_ int, element *goquery.Selection) {
		if href, ok := way.linkOf(element); asLink && ok {
			texts = append(texts, href)
			return
		}
		texts = append(texts, way.textOf(element))
	})
	return texts
}

// linkOf is where an element leads, or the first link within one that is not to be cut. Text that is nothing like an address
// is none.
func (w *Way) linkOf(element *goquery.Selection) (address string, ok bool) {
	if w.Attr != "" || w.After {
		return "", false
	}
	if href, ok := element.Attr("href"); ok || w.label != nil || w.match != nil || w.As != "" {
		return href, ok
	}
	if href, ok := element.Find("a[href]").First().Attr("href"); ok {
		return href, true
	}
	return "", !strings.Contains(element.Text(), "/")
}

// nth is the element at a position from 0; outside of them, none.
func nth(elements *goquery.Selection, position int) *goquery.Selection {
	if position < 0 || position >= elements.Length() {
		return elements.Slice(0, 0)
	}
	return elements.Eq(position)
}

func (w *Way) textOf(element *goquery.Selection) string {
	switch {
	case w.Attr != "":
		return element.AttrOr(w.Attr, "")
	case w.After:
		return textAfter(element.Nodes[0])
	case w.remove != nil:
		element = element.Clone()
		element.FindMatcher(w.remove).Remove()
	}
	var b strings.Builder
	for _, node := range element.Nodes {
		for child := node.FirstChild; child != nil; child = child.NextSibling { // of a <script> too, when it is selected
			writeText(&b, child)
		}
	}
	return b.String()
}

// writeText writes what of a node a reader sees: no scripts and styles, and white space where a line ends.
func writeText(b *strings.Builder, node *html.Node) {
	switch node.Type {
	case html.TextNode:
		b.WriteString(node.Data)
		return
	case html.ElementNode:
		switch node.Data {
		case "script", "style", "noscript", "template":
			return
		case "br", "p", "div", "li", "tr", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4":
			b.WriteByte(' ')
		}
	}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		writeText(b, child)
	}
}

// textAfter is the bare text between an element and the next one.
func textAfter(node *html.Node) string {
	var b strings.Builder
	for next := node.NextSibling; next != nil && next.Type != html.ElementNode; next = next.NextSibling {
		if next.Type == html.TextNode {
			b.WriteString(next.Data)
		}
	}
	return b.String()
}

// meta is the content of the page's <meta> elements of a name, whatever its case.
func (at scope) meta(name string) (contents []string) {
	at.document.Find("meta").Each(func(_ int, element *goquery.Selection) {
		for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
			if strings.EqualFold(strings.TrimSpace(element.AttrOr(key, "")), name) {
				contents = append(contents, element.AttrOr("content", ""))
				return
			}
		}
	})
	return contents
}

// link makes an address absolute; what leads nowhere (javascript:, #top) is none.
func (at scope) link(address string) string {
	address = strings.TrimSpace(address)
	if address == "" || strings.HasPrefix(address, "#") {
		return ""
	}
	// Separators that Windows people write, and line breaks within an attribute.
	address = strings.NewReplacer("\\", "/", "\n", "", "\r", "", "\t", "", " ", "%20").Replace(address)
	link, err := url.Parse(address)
	if err != nil {
		return ""
	}
	link = at.base.ResolveReference(link)
	if link.Scheme != "http" && link.Scheme != "https" || link.Host == "" {
		return ""
	}
	return link.String()
}
