package dashboard

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"yangguang/queries"
)

// sitesPage is how many sites a page lists where they are too many to be sent whole.
const sitesPage = 50

// listedSites is what of the sites a page lists: all, which the browser searches and sorts, or of very many the part that the address names.
func (a *ask) listedSites(all []queries.SiteRow, f *figure, t *table) ([]queries.SiteRow, error) {
	words := strings.TrimSpace(a.address.get("search"))
	if len(all) <= a.options.Whole && words == "" && a.address.get("page") == "" {
		return all, nil
	}
	found := soughtSites(all, words)
	part, pages, err := paged(a, found, sitesPage, f.ID)
	if err != nil {
		return nil, err
	}
	f.Pages = pages
	t.Search, t.Counter, t.Page, t.Empty = "", "", 0, a.T("sites.none_found")
	for i := range t.Columns {
		t.Columns[i].Sort = ""
	}
	t.Sought = &sought{Words: words, Label: a.T("sites.search"), Anchor: f.ID, Found: a.T("sites.found", "Count", len(found), "Sites", grouped(int64(len(found))))}
	if words != "" {
		t.Sought.Clear = a.address.with("search", "").with("page", "").String() + "#" + f.ID
	}
	return part, nil
}

// soughtSites are those whose name or id has each of the words, in any case and width.
func soughtSites(all []queries.SiteRow, words string) []queries.SiteRow {
	folded := func(text string) string { return strings.ToLower(norm.NFKC.String(text)) }
	sought := strings.Fields(folded(words))
	if len(sought) == 0 {
		return all
	}
	var found []queries.SiteRow
	for _, site := range all {
		text := folded(site.Unit + " " + site.UnitID)
		if !slices.ContainsFunc(sought, func(word string) bool { return !strings.Contains(text, word) }) {
			found = append(found, site)
		}
	}
	return found
}
