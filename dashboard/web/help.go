package web

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"

	"yangguang/docs"
)

//go:embed help.html
var helpFile embed.FS

// manual shows the documents of docs/ at /help/NAME, where the links of alerts to their runbooks lead. It asks no database: a runbook opens also while
// ClickHouse is away.
type manual struct{ layout *template.Template }

func newManual(a assets) (manual, error) {
	layout, err := template.New("help.html").Funcs(template.FuncMap{"asset": a.address}).ParseFS(helpFile, "help.html")
	return manual{layout}, err
}

func (m manual) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	source, err := docs.Files.ReadFile(strings.TrimSuffix(r.PathValue("name"), ".md") + ".md")
	if err != nil {
		http.NotFound(w, r)
		return
	}
	markdown := goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(html.WithUnsafe())) // the documents are ours
	tree := markdown.Parser().Parse(text.NewReader(source), parser.WithContext(parser.NewContext(parser.WithIDs(headings{}))))
	withoutLinksToTheSource(tree)
	var body, page bytes.Buffer
	if err := markdown.Renderer().Render(&body, source, tree); err != nil {
		panic(err) // a document of ours: recovered logs it
	}
	title, _, _ := strings.Cut(strings.TrimPrefix(string(source), "# "), "\n")
	if err := m.layout.Execute(&page, map[string]any{"Title": title, "Body": template.HTML(body.String())}); err != nil { //nolint:gosec // as above
		panic(err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(page.Bytes()) // the reader is gone: nothing is left to tell it
}

// withoutLinksToTheSource leaves the words of links that lead out of docs/.
func withoutLinksToTheSource(tree ast.Node) {
	var links []ast.Node
	_ = ast.Walk(tree, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, is := node.(*ast.Link); is && entering && bytes.HasPrefix(link.Destination, []byte("../")) {
			links = append(links, link)
		}
		return ast.WalkContinue, nil
	})
	for _, link := range links {
		for child := link.FirstChild(); child != nil; child = link.FirstChild() {
			link.Parent().InsertBefore(link.Parent(), link, child)
		}
		link.Parent().RemoveChild(link.Parent(), link)
	}
}

// headings gives a heading the id by which the documents' links name it: its letters and digits in lower case, - for a space.
type headings struct{}

func (headings) Generate(value []byte, _ ast.NodeKind) []byte {
	id := strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, string(value))
	return []byte(id)
}

func (headings) Put([]byte) {}
