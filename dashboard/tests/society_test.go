package tests

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/dashboard/page"
	"yangguang/queries/ask"
)

// testForSociety walks over every page and export as everyone sees them: nothing that names a record which is not for society, all else the same.
func testForSociety(t *testing.T, store *ask.Asker, remembered *ask.Cached, all http.Handler) {
	society := site(t, store, remembered.ForSocietyAt(clock), func(o *page.Options) {
		o.Society, o.Metrics, o.Packs = true, nil, nil
		handler := *o.Export.(*export.Handler)
		handler.Streamer = store.ForSocietyAt(clock)
		o.Export = &handler
	})
	withheldPages := []string{"/freezes", "/audit", "/patrol", "/patrol/samples"}
	addresses := slices.DeleteFunc(everyPage(), func(address string) bool { return slices.Contains(withheldPages, address) })
	for _, report := range []string{"records", "obligations", "sources"} { // the others have no column that is withheld
		addresses = append(addresses, "/export/"+report+".csv")
	}
	for _, list := range []string{"/procedure?export=broken", "/evidence?export=backdated", "/placement?export=overexposed", "/placement?export=misplaced"} {
		addresses = append(addresses, list+".csv", list+".json")
	}
	withheld := 0
	for _, address := range addresses {
		status, _, page := get(t, society, address)
		if status != http.StatusOK {
			t.Errorf("%s: status %d", address, status)
		}
		if at := strings.Index(page, inner); at >= 0 {
			t.Errorf("%s names a record that is not for society: …%s…", address, page[max(at-100, 0):at+100])
		}
		if _, _, whole := get(t, all, address); strings.Contains(whole, inner) {
			withheld++
		}
	}
	if withheld < 4 {
		t.Errorf("only %d of the pages and exports have anything to withhold", withheld)
	}

	if _, _, page := get(t, all, "/search?q=inner记录"); !strings.Contains(page, "记录 50 条以上") && !strings.Contains(page, "INNERRO") {
		t.Error("nobody finds a record that is not for society, so that withholding it proves nothing")
	}
	if _, _, page := get(t, society, "/search?q=inner记录"); !strings.Contains(page, "记录 0 条") || strings.Contains(page, "INNERRO") {
		t.Error("society finds records that are not for it")
	}
	_, _, page := get(t, society, "/unit/O03")
	for _, expected := range []string{"不对社会公开", "公开视图"} {
		if !strings.Contains(page, expected) {
			t.Errorf("the page of a unit whose records are not for society does not say %s", expected)
		}
	}
	_, _, page = get(t, society, "/unit/O01")
	if !strings.Contains(page, "https://example.org/记录/2") && !strings.Contains(page, "https://example.org/%e8%ae%b0%e5%bd%95/2") {
		t.Error("the link of a record that is for society is missing")
	}
	for _, gone := range append(withheldPages, "/export/rejects.csv", "/export/rejects.json", "/export/audit.csv", "/metrics", "/proof/台账/"+inner+"RO03-I1-2026-01", strings.TrimSuffix(websiteProof, "?")+"/content") {
		if status, _, _ := get(t, society, gone); status != http.StatusNotFound {
			t.Errorf("%s: status %d", gone, status)
		}
	}
	for _, lang := range language.Languages() {
		_, _, shown := get(t, all, "/export/ranking.csv?lang="+lang)
		if _, _, same := get(t, society, "/export/ranking.csv?lang="+lang); same != shown {
			t.Errorf("%s: the ranking for society differs", lang)
		}
	}
}
