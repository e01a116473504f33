package dashboard

import (
	"embed"
	"fmt"
	"html/template"
	"path"
	"strings"
)

//go:embed templates
var templates embed.FS

// pages are the templates, one set a page: layout.html, the parts, and the page's own file.
type pages map[string]*template.Template

// loadPages parses every file of templates/pages together with the layout and the parts.
func loadPages(a assets) (pages, error) {
	shared, err := template.New("layout.html").Funcs(template.FuncMap{"asset": a.address}).
		ParseFS(templates, "templates/layout.html", "templates/parts/*.html")
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	entries, err := templates.ReadDir("templates/pages")
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	set := pages{}
	for _, entry := range entries {
		clone, err := shared.Clone()
		if err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		if clone, err = clone.ParseFS(templates, path.Join("templates/pages", entry.Name())); err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		set[strings.TrimSuffix(entry.Name(), ".html")] = clone
	}
	return set, nil
}
