package attachment

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mostElements and mostDepth bound the pages that are understood: of a larger one all text counts.
const (
	mostElements = 200_000
	mostDepth    = 500
)

// mainPart is what a page says in its main part, in lines: without what surrounds it (navigation, head and foot of the site). pictures and links count what may
// say more there: pictures that are no ornaments, and files and frames.
func mainPart(markup string) (text string, pictures, links int) {
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		return markup, 0, 0
	}
	body := root
	measured := &measures{of: map[*html.Node]measure{}}
	measured.element(root, 0)
	if !measured.whole {
		if found := find(root, func(n *html.Node) bool { return n.DataAtom == atom.Body }); found != nil {
			body = found
		}
		body = measured.densest(body)
	}
	var lines strings.Builder
	at := visible{text: &lines}
	at.walk(body, 0)
	var kept []string
	for line := range strings.Lines(lines.String()) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n"), at.pictures, at.links
}

// named is the part that many sites name as the one with the text.
var named = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:trs_editor|trs_uedit\w*|view|zoom|zoomcon|ucapcontent|vsb_content\w*|v_news_content|article-?_?(?:content|body|con|text|detail)|news-?_?(?:content|body|con|text)|detail-?_?(?:content|body|con|text)|content-?_?(?:body|text|main|detail|con)|rich_media_content|js_content|pages_content|easysite-news-text|wp_articlecontent)(?:$|\s)`)

// around is what surrounds the text.
var around = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:nav\w*|menu\w*|head(?:er)?|top(?:bar)?|foot(?:er)?|bottom|copyright|breadcrumb\w*|crumbs?|position|location|share\w*|bdsharebuttonbox|sidebar|side|aside|search\w*|banner|links?|friendlink|pagination|pager|related|recommend\w*|login|print|qrcode|ewm|toolbar)(?:$|[\s_-])`)

// hiddenStyle hides an element from readers.
var hiddenStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)

func attribute(n *html.Node, name string) string {
	for _, attribute := range n.Attr {
		if attribute.Key == name {
			return attribute.Val
		}
	}
	return ""
}

// unseen reports whether readers do not see an element, or whether it is around the text.
func unseen(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Nav, atom.Header, atom.Footer, atom.Aside, atom.Select, atom.Button, atom.Textarea, atom.Svg:
		return true
	case atom.Body, atom.Html:
		return false
	}
	return n.Type == html.ElementNode && (around.MatchString(attribute(n, "class")) || around.MatchString(attribute(n, "id")) || hiddenStyle.MatchString(attribute(n, "style")) ||
		attribute(n, "hidden") != "")
}

// measure is how much an element says: characters outside and within links, and what else it shows.
type measure struct {
	own, linked, shown int
}

// measures are those of a page's elements.
type measures struct {
	of       map[*html.Node]measure
	elements int
	whole    bool // the page is too large or too deep to be taken apart
	named    *html.Node
}

func (m *measures) element(n *html.Node, depth int) measure {
	var sum measure
	if m.elements++; m.elements > mostElements || depth > mostDepth {
		m.whole = true
		return sum
	}
	switch n.Type {
	case html.TextNode:
		return measure{own: letters(n.Data)}
	case html.CommentNode, html.DoctypeNode:
		return sum
	}
	if unseen(n) {
		return sum
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		of := m.element(child, depth+1)
		sum = measure{sum.own + of.own, sum.linked + of.linked, sum.shown + of.shown}
	}
	switch n.DataAtom {
	case atom.A:
		sum = measure{linked: sum.own + sum.linked, shown: sum.shown}
	case atom.Img, atom.Iframe, atom.Embed, atom.Object, atom.Video:
		sum.shown++
	}
	m.of[n] = sum
	if m.named == nil && (named.MatchString(attribute(n, "class")) || named.MatchString(attribute(n, "id"))) {
		m.named = n
	}
	return sum
}

// densest is the part named as the text, else the smallest that still has nearly all that the body says outside links.
func (m *measures) densest(body *html.Node) *html.Node {
	if m.named != nil {
		return m.named
	}
	for {
		var next *html.Node
		whole := m.of[body]
		for child := body.FirstChild; child != nil; child = child.NextSibling {
			if of := m.of[child]; child.Type == html.ElementNode && of.own*10 >= whole.own*7 && whole.own > 0 && of.shown == whole.shown {
				next = child
			}
		}
		if next == nil || next.DataAtom == atom.P || next.DataAtom == atom.Table || next.DataAtom == atom.Span {
			return body
		}
		body = next
	}
}

func find(n *html.Node, wanted func(*html.Node) bool) *html.Node {
	for child := range n.Descendants() {
		if wanted(child) {
			return child
		}
	}
	return nil
}

// visible writes what readers see.
type visible struct {
	text            *strings.Builder
	pictures, links int
}

func (v *visible) walk(n *html.Node, depth int) {
	if depth > mostDepth {
		return
	}
	if n.Type == html.TextNode {
		v.text.WriteString(strings.Join(strings.FieldsFunc(n.Data, unicode.IsSpace), " "))
		return
	}
	if depth > 0 && unseen(n) {
		return
	}
	switch n.DataAtom {
	case atom.Img:
		if !ornament(n) {
			v.pictures++
		}
	case atom.Iframe, atom.Embed, atom.Object, atom.Video:
		v.links++
	case atom.A:
		if promisedBy(File{Name: attribute(n, "href")}) != "" {
			v.links++
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		v.walk(child, depth+1)
	}
	switch n.DataAtom {
	case atom.Td, atom.Th:
		v.text.WriteByte('\t')
	case atom.P, atom.Div, atom.Br, atom.Tr, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Article, atom.Ul, atom.Ol, atom.Table, atom.Dd, atom.Dt, atom.Pre, atom.Title:
		v.text.WriteByte('\n')
	}
}

// ornament reports whether a picture is too small to say anything.
func ornament(n *html.Node) bool {
	source := strings.ToLower(attribute(n, "src"))
	for _, word := range []string{"icon", "logo", "share", "print", "qrcode", "ewm", "weixin", "spacer", "blank", "arrow", "btn"} {
		if strings.Contains(source, word) {
			return true
		}
	}
	return false
}

func letters(text string) (n int) {
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
