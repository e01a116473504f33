package tests

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"yangguang/dashboard/export"
	"yangguang/dashboard/page"
	"yangguang/queries/ask"
)

// What is for operators is answered to nobody else, also not as it was shown to one before; for society it is not there.
func TestOperators(t *testing.T) {
	store := district(t)
	remembered, err := ask.NewCached(store, 500)
	if err != nil {
		t.Fatal(err)
	}
	private := site(t, store, remembered)
	public := site(t, store.ForSociety(), remembered.ForSociety(), func(o *page.Options) {
		o.Society, o.Metrics, o.Packs = true, nil, nil
		exports := *o.Export.(*export.Handler)
		exports.Society = true
		o.Export = &exports
	})
	as := func(handler http.Handler, user, method, address string) (int, string) {
		request := httptest.NewRequest(method, "http://localhost:8080"+address, strings.NewReader(url.Values{"name": {""}}.Encode()))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Sec-Fetch-Site", "same-origin")
		request.SetBasicAuth(user, "x")
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		return answer.Code, answer.Body.String()
	}
	for _, test := range []struct {
		method, address          string
		operator, reader, public int
	}{
		{http.MethodGet, "/audit", http.StatusOK, http.StatusForbidden, http.StatusNotFound},
		{http.MethodGet, "/export/audit.csv", http.StatusOK, http.StatusForbidden, http.StatusNotFound},
		{http.MethodHead, "/export/audit.json", http.StatusOK, http.StatusForbidden, http.StatusNotFound},
		{http.MethodGet, "/audit?export=changes.csv", http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound}, // its panel is the report
		{http.MethodPost, "/freezes", http.StatusBadRequest, http.StatusForbidden, http.StatusMethodNotAllowed},         // a pack without a name
		{http.MethodGet, "/freezes", http.StatusOK, http.StatusOK, http.StatusNotFound},
	} {
		t.Run(test.method+" "+test.address, func(t *testing.T) {
			for user, want := range map[string]int{"wang": test.operator, "reader": test.reader} {
				if status, body := as(private, user, test.method, test.address); status != want {
					t.Errorf("%s: %d, want %d\n%s", user, status, want, body)
				}
			}
			if status, body := as(public, "reader", test.method, test.address); status != test.public || strings.Contains(body, "registry") {
				t.Errorf("society: %d, want %d\n%s", status, test.public, body)
			}
		})
	}
	_, overview := as(private, "wang", http.MethodGet, "/freezes")
	checkHas(t, overview, `href="/audit`, `action="/freezes"`)
	_, overview = as(private, "reader", http.MethodGet, "/freezes")
	checkHasNot(t, overview, `href="/audit`, `action="/freezes"`)
	_, audit := as(private, "wang", http.MethodGet, "/audit")
	checkHas(t, audit, "名录、目录等登记文件", "—")
}
