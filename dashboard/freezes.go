package dashboard

import (
	"context"
	"net/url"
	"strings"
	"time"

	"yangguang/dashboard/pack"
)

// freezesBody is what pages/freezes.html shows.
type freezesBody struct {
	Sentence, About string
	Action          string
	Question        []string
	Packs           figure
}

// freezes lists the meeting packs and has a form that freezes another one, with the choices of the address.
func freezes(ctx context.Context, a *ask) (content, error) {
	manifests, err := a.options.Packs.List(ctx)
	if err != nil {
		return content{}, err
	}
	body := freezesBody{
		Sentence: a.T("freezes.sentence", "Count", len(manifests)), About: a.T("freezes.about"), Action: a.address.String(),
		Question: []string{a.windowSentence()},
		Packs:    figure{ID: "packs", Heading: a.T("freezes.list"), Class: "span-12", Open: true, Table: a.freezesTable(manifests)},
	}
	return content{Title: a.T("freezes.title"), Nav: "freezes", Filters: []string{"window", "group", "programme", "focus", "scope"}, Body: body}, nil
}

func (a *ask) freezesTable(manifests []pack.Manifest) *table {
	t := &table{
		Label: a.T("freezes.list"), Empty: a.T("freezes.none"),
		Columns: []column{
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
			frozen = a.instant(instant)
		}
		link := func(text, file string) cell { return a.words(text).href(packPath(m.Name, file)).class("fit") }
		t.Rows = append(t.Rows, row{Cells: []cell{
			a.words(m.Name).class("title stick"), a.words(m.Asked.From + " – " + m.Asked.To).class("fit"), a.words(m.Asked.AsOf).class("fit"),
			a.words(frozen).class("fit"), a.words(a.limits(m)), link(a.T("freezes.open"), "meeting.html"), link("XLSX", "meeting.xlsx"), link("ZIP", packArchive),
			link("JSON", pack.ManifestFile).class("fit minor"),
		}})
	}
	return t
}

// limits are the filters of a pack in words.
func (a *ask) limits(m pack.Manifest) string {
	var limits []string
	if m.Asked.Group != "all" {
		limits = append(limits, a.CodeLabel("group", m.Asked.Group))
	}
	if m.Asked.Within != "" {
		limits = append(limits, m.Asked.Within)
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
	return strings.Join(limits, a.T("list.comma"))
}

// packArchive is the file of an address that stands for the whole pack.
const packArchive = "pack.zip"

func packPath(name, file string) string {
	return "/freezes/" + url.PathEscape(name) + "/" + file
}
