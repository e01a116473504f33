package queries_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"yangguang/queries/querytest"
	"yangguang/queries/records"
)

func TestPages(t *testing.T) {
	pages := records.Pages{Store: querytest.Store(t).Store}
	if _, found, err := pages.Page(t.Context(), "http://127.0.0.1/list"); found || err != nil {
		t.Fatal(found, err)
	}
	first := records.Page{Address: "http://127.0.0.1/list", FinalURL: "http://127.0.0.1/list/", ETag: `"1"`, ContentType: "text/html; charset=gbk", Link: `</2>; rel="next"`, Body: "\xd2\xb3"}
	later := first
	later.ETag, later.Link, later.Body = `"2"`, "", "a later page"
	for _, page := range []records.Page{first, later} {
		if err := pages.KeepPage(t.Context(), page); err != nil {
			t.Fatal(err)
		}
		got, found, err := pages.Page(t.Context(), page.Address)
		if !found || err != nil {
			t.Fatal(found, err)
		}
		if diff := cmp.Diff(page, got); diff != "" {
			t.Error(diff)
		}
	}
}
