package web

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"

	"yangguang/dashboard/page"
)

//go:embed problem.html *.yaml
var files embed.FS

// templates are one set a page: the layout, the parts, and the page's own file.
type templates map[string]*template.Template

// loadTemplates parses the templates of every page together with the layout and the parts.
func loadTemplates(a assets, sections []page.Section) (templates, error) {
	shared, err := template.New("layout.html").Funcs(template.FuncMap{"asset": a.address}).ParseFS(page.Files, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	set := templates{}
	add := func(name string, files fs.FS, parts ...string) error {
		own, err := shared.Clone()
		if err == nil {
			set[name], err = own.ParseFS(files, append(parts, name+".html")...)
		}
		if err != nil {
			return fmt.Errorf("template %s: %w", name, err)
		}
		return nil
	}
	if err := add("problem", files); err != nil {
		return nil, err
	}
	for _, section := range sections {
		for _, one := range section.Pages {
			if err := add(one.Name, section.Files, section.Parts...); err != nil {
				return nil, err
			}
		}
	}
	return set, nil
}
