package sites

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"yangguang/dashboard/page"
	"yangguang/queries/model"
)

// pageSites is how many sites a page lists where they are too many to be sent whole.
const pageSites = 50

// listedSites is what of the sites a page lists: all, which the browser searches and sorts, or of very many the part that the address names.
func (a *request) listedSites(all []model.SiteRow, f *page.Figure, t *page.Table) ([]model.SiteRow, error) {
	words := strings.TrimSpace(a.Address.Get("search"))
	if len(all) <= a.Options.Whole && words == "" && a.Address.Get("page") == "" {
		return all, nil
	}
	found := soughtSites(all, words)
	part, pages, err := page.Paged(a.Request, found, pageSites, f.ID)
	if err != nil {
		return nil, err
	}
	f.Pages = pages
	t.Search, t.Counter, t.Page, t.Empty = "", "", 0, a.T("sites.none_found")
	for i := range t.Columns {
		t.Columns[i].Sort = ""
	}
	t.Sought = &page.Sought{Words: words, Label: a.T("sites.search"), Anchor: f.ID, Found: a.T("sites.found", "Count", len(found), "Sites", page.Grouped(int64(len(found))))}
	if words != "" {
		t.Sought.Clear = a.Address.With("search", "").With("page", "").String() + "#" + f.ID
	}
	return part, nil
}

// soughtSites are those whose name or id has each of the words, in any case and width.
func soughtSites(all []model.SiteRow, words string) []model.SiteRow {
	folded := func(text string) string { return strings.ToLower(norm.NFKC.String(text)) }
	sought := strings.Fields(folded(words))
	if len(sought) == 0 {
		return all
	}
	var found []model.SiteRow
	for _, site := range all {
		text := folded(site.Unit + " " + site.UnitID)
		if !slices.ContainsFunc(sought, func(word string) bool { return !strings.Contains(text, word) }) {
			found = append(found, site)
		}
	}
	return found
}
