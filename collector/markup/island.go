package markup

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Some systems write a list as XML whose CDATA sections hold the HTML of the rows, and let a script show it: page by page as
// answers of their own, the first one within the page, in a <script type="text/xml">. Both are read as if the rows stood in
// the page, each within the element that its section stands in. Some write all of it escaped, as &lt;record&gt;.

// Island finds an element of a page that is data in XML, and not a script.
const Island = `script[type="text/xml"], script[type="application/xml"]`

var (
	section    = regexp.MustCompile(`(?is)<!\[CDATA\[(.*?)\]\]>`)
	aPage      = regexp.MustCompile(`(?i)<(?:html|body)[\s>]`)
	recordTags = regexp.MustCompile(`(?i)<record[\s>]`)
	escaped    = regexp.MustCompile(`(?is)&(?:lt|#0*60|#x0*3c);(?:datastore|recordset|record)\b.*&(?:lt|#0*60|#x0*3c);/(?:datastore|recordset|record)&(?:gt|#0*62|#x0*3e);`)
)

// ReadHTML reads a page, a piece of one, or XML that holds pieces of one.
func ReadHTML(text string) (*goquery.Document, error) {
	var sections []string
	if !recordTags.MatchString(text) {
		text = escaped.ReplaceAllStringFunc(text, html.UnescapeString)
	}
	if section.MatchString(text) && !aPage.MatchString(text) {
		text = setAside(text, &sections)
	}
	document, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("read HTML: %w", err)
	}
	var problem error
	document.Find(Island).Each(func(_ int, element *goquery.Selection) {
		script := element.Nodes[0]
		if script.FirstChild == nil || !section.MatchString(script.FirstChild.Data) && !recordTags.MatchString(script.FirstChild.Data) {
			return
		}
		if err := replace(script, setAside(script.FirstChild.Data, &sections)); err != nil {
			problem = err
		}
	})
	document.Find("cdata-section").Each(func(_ int, element *goquery.Selection) {
		if number, err := strconv.Atoi(element.AttrOr("number", "")); err == nil && number < len(sections) {
			if err := replace(element.Nodes[0], sections[number]); err != nil {
				problem = err
			}
		}
	})
	return document, problem
}

// setAside puts an element in the place of each CDATA section, and the section's text into sections: what is a row of a table
// there can then be read as one.
func setAside(text string, sections *[]string) string {
	return section.ReplaceAllStringFunc(text, func(found string) string {
		*sections = append(*sections, section.FindStringSubmatch(found)[1])
		return fmt.Sprintf(`<cdata-section number="%d"></cdata-section>`, len(*sections)-1)
	})
}

// replace puts what the text says in the place of a node.
func replace(node *html.Node, text string) error {
	nodes, err := html.ParseFragment(strings.NewReader(text), contextOf(text))
	if err != nil {
		return fmt.Errorf("read HTML within the page: %w", err)
	}
	for _, child := range nodes {
		node.Parent.InsertBefore(child, node)
	}
	node.Parent.RemoveChild(node)
	return nil
}

// contextOf is the element that a piece of HTML has to stand in so that it keeps its elements.
func contextOf(text string) *html.Node {
	context := atom.Body
	switch text = strings.ToLower(strings.TrimSpace(text)); {
	case strings.HasPrefix(text, "<tr"):
		context = atom.Tbody
	case strings.HasPrefix(text, "<td"):
		context = atom.Tr
	case strings.HasPrefix(text, "<tbody"):
		context = atom.Table
	}
	return &html.Node{Type: html.ElementNode, DataAtom: context, Data: context.String()}
}
