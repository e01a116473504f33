// Package freezes shows the meeting packs, and a form that freezes another one.
package freezes

import (
	"cmp"
	"context"
	"embed"
	"net/url"
	"strings"
	"time"

	"yangguang/dashboard/pack"
	"yangguang/dashboard/page"
	"yangguang/dashboard/page/figures"
	"yangguang/queries/ask"
)

//go:embed *.html *.yaml
var files embed.FS

// Section is the folder as it is served.
func Section() page.Section {
	return page.Section{
		Files: files,
		Packs: true,
		Pages: []page.Page{{Name: "freezes", Pattern: "/freezes", Build: build}},
		Routes: []page.Route{
			{Pattern: "POST /freezes", Answer: freeze},
			{Pattern: "GET /freezes/{name}/{file}", Answer: sendFile},
		},
	}
}

// request is a page.Request with what only these pages make of it.
type request struct{ *figures.Ask }

// view is what freezes.html shows.
type view struct {
	Sentence, About string
	Action          string // of the form; empty: the reader may not freeze
	Question        []string
	Packs           page.Figure
}

// build lists the meeting packs and has a form that freezes another one, with the choices of the address.
func build(ctx context.Context, r *page.Request) (page.Content, error) {
	a := &request{figures.New(r)}
	a.Question.Compare, a.Address = "", a.Address.With("compare", "") // a pack compares with the previous window, and with the meeting before
	manifests, err := a.Options.Packs.List(ctx)
	if err != nil {
		return page.Content{}, err
	}
	baselines, err := a.Options.Packs.Baselines(ctx)
	if err != nil {
		return page.Content{}, err
	}
	compared := a.compared(baselines)
	list, err := a.table(ctx, manifests)
	if err != nil {
		return page.Content{}, err
	}
	body := view{
		Sentence: a.T("freezes.sentence", "Count", len(manifests)), About: a.T("freezes.about"), Action: a.Address.String(),
		Question: []string{a.WindowSentence()},
		Packs:    page.Figure{ID: "packs", Heading: a.T("freezes.list"), Class: "span-12", Open: true, Table: list},
	}
	if !a.User().Operator {
		body.Action = ""
	}
	return page.Content{
		Title: a.T("freezes.title"), Nav: "freezes", Filters: []string{"window", "group", "programme", "focus", "scope"},
		Further: a.BaselineFilter(baselines, compared), Body: body,
	}, nil
}

// compared is the pack that a new one will be compared with; empty: none.
func (a *request) compared(baselines []pack.Baseline) string {
	switch name := a.Address.Get(page.BaselineParameter); name {
	case "":
		last, _ := pack.LastBaseline(baselines, a.Question)
		return last.Name
	case page.NoBaseline:
		return ""
	default:
		return name
	}
}

func (a *request) table(ctx context.Context, manifests []pack.Manifest) (*page.Table, error) {
	t := &page.Table{
		Label: a.T("freezes.list"), Empty: a.T("freezes.none"),
		Columns: []page.Column{
			{Key: "name", Label: a.T("freezes.name"), Class: "title stick", Sort: "text"},
			{Key: "window", Label: a.T("filter.window"), Class: "fit", Sort: "text"},
			{Key: "as_of", Label: a.T("filter.as_of"), Class: "fit", Sort: "text"},
			{Key: "frozen", Label: a.T("freezes.frozen"), Class: "fit", Sort: "text"},
			{Key: "limits", Label: a.T("freezes.limits"), Class: "text"},
			{Key: "print", Label: a.T("freezes.print"), Class: "fit"},
			{Key: "workbook", Label: "Excel", Class: "fit"},
			{Key: "all", Label: a.T("freezes.all"), Class: "fit"},
			{Key: "manifest", Label: a.T("freezes.manifest"), Class: "fit minor"},
		},
	}
	for _, m := range manifests {
		frozen := m.KnownAt
		if instant, err := time.Parse(time.RFC3339, m.KnownAt); err == nil {
			frozen = a.Instant(instant)
		}
		limits, err := a.limits(ctx, m)
		if err != nil {
			return nil, err
		}
		link := func(text, file string) page.Cell { return a.Words(text).Linked(packPath(m.Name, file)).Classed("fit") }
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			a.Words(m.Name).Classed("title stick"), a.Words(m.Asked.From + " – " + m.Asked.To).Classed("fit full"), a.Words(m.Asked.AsOf).Classed("fit"),
			a.Words(frozen).Classed("fit full"), a.Words(limits), link(a.T("freezes.open"), "meeting.html"), link("XLSX", "meeting.xlsx"), link("ZIP", packArchive),
			link("JSON", pack.ManifestFile).Classed("fit minor"),
		}})
	}
	return t, nil
}

// limits are the filters of a pack in words, or that it has none.
func (a *request) limits(ctx context.Context, m pack.Manifest) (string, error) {
	var limits []string
	if m.Asked.Group != "all" {
		limits = append(limits, a.CodeLabel("group", m.Asked.Group))
	}
	if m.Asked.Within != "" {
		unit, err := ask.Run(ctx, a.Store, ask.UnitName(m.Asked.Within), a.Question)
		if err != nil {
			return "", err
		}
		limits = append(limits, cmp.Or(unit, m.Asked.Within))
	}
	if m.Asked.Programme != "" {
		limits = append(limits, a.CodeLabel("programme", m.Asked.Programme))
	}
	if m.Asked.Focus != "" {
		limits = append(limits, a.CodeLabel("focus", m.Asked.Focus))
	}
	if m.Asked.Scope == "subtree" {
		limits = append(limits, a.T("filter.scope.subtree"))
	}
	return cmp.Or(strings.Join(limits, a.T("list.comma")), a.T("freezes.no_limits")), nil
}

// packArchive is the file of an address that stands for the whole pack.
const packArchive = "pack.zip"

func packPath(name, file string) string {
	return "/freezes/" + url.PathEscape(name) + "/" + file
}
