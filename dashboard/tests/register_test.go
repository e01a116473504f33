package tests

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/notices"
)

// Clerks issue and follow notices by the forms of the page, which count at once; nobody else can, and society sees no clerk and no form.
func TestRegisterOfNotices(t *testing.T) {
	store := district(t)
	remembered, err := ask.NewCached(store, 500)
	if err != nil {
		t.Fatal(err)
	}
	const clerk = theClerk
	withRegister := func(o *page.Options) {
		o.Register = notices.NewRegister(store)
		o.District = "郾城区"
	}
	handler := site(t, store, remembered, withRegister)
	as := func(user, method, address string, form url.Values, headers ...string) *httptest.ResponseRecorder {
		request := httptest.NewRequest(method, "http://localhost:8080"+address, strings.NewReader(form.Encode()))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Sec-Fetch-Site", "same-origin")
		for i := 0; i+1 < len(headers); i += 2 {
			request.Header.Set(headers[i], headers[i+1])
		}
		if user != "" {
			request.SetBasicAuth(user, "x")
		}
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		return answer
	}
	_, _, supervision := get(t, handler, "/supervision")

	t.Run("draft", func(t *testing.T) {
		draft := as("reader", http.MethodGet, "/notice?of=O40|O39", nil)
		checkHas(t, draft.Body.String(), "督导整改通知书", "第40局", "10 个工作日", "郾城区", "签发")
		checkHasNot(t, draft.Body.String(), `action="/notice/issue"`)
		checkHas(t, as(clerk, http.MethodGet, "/notice?of=O40|O39", nil).Body.String(), `action="/notice/issue"`)
		checkHas(t, as("reader", http.MethodGet, "/unit/O40", nil).Body.String(), "/notice?of=O40")
		checkHas(t, as("reader", http.MethodGet, "/lapsed", nil).Body.String(), `name="of"`)
		if chosen := as("reader", http.MethodGet, "/notice/choose?of=O40&of=O39", nil); chosen.Header().Get("Location") != "/notice?of=O40%7CO39" {
			t.Errorf("choosing leads to %s", chosen.Header().Get("Location"))
		}
	})
	t.Run("items", func(t *testing.T) {
		whole := as(clerk, http.MethodGet, "/notice?of=O40|O39", nil).Body.String()
		offered := regexp.MustCompile(`name="offered" value="(O40/[^"]*)"`).FindAllStringSubmatch(whole, -1)
		if len(offered) < 2 || strings.Count(whole, `class="paper"`) != 2 {
			t.Fatalf("%d lapses of O40 are offered:\n%s", len(offered), whole)
		}
		query := url.Values{"of": {"O40", "O39"}, "days": {"5"}, "with": {html.UnescapeString(offered[0][1])}}
		for _, key := range offered {
			query.Add("offered", html.UnescapeString(key[1]))
		}
		address := as(clerk, http.MethodGet, "/notice/choose?"+query.Encode(), nil).Header().Get("Location")
		chosen := as(clerk, http.MethodGet, address, nil).Body.String()
		checkHas(t, chosen, "有下列 1 项", "5 个工作日", `name="without" value="O40/`)
		if strings.Count(chosen, `class="paper"`) != 2 || strings.Count(chosen, " checked>") != strings.Count(whole, " checked>")-len(offered)+1 {
			t.Errorf("chosen with %s:\n%s", address, chosen)
		}
		query.Del("with")
		none := as(clerk, http.MethodGet, as(clerk, http.MethodGet, "/notice/choose?"+query.Encode(), nil).Header().Get("Location"), nil).Body.String()
		if strings.Count(none, `class="paper"`) != 1 || !strings.Contains(none, `name="offered" value="O40/`) {
			t.Errorf("with nothing of O40:\n%s", none)
		}
	})
	for name, test := range map[string]struct {
		user, address string
		form          url.Values
		headers       []string
		status        int
		want          string
	}{
		"nobody":       {"", "/notice/issue", url.Values{"of": {"O40"}}, nil, http.StatusForbidden, "clerks"},
		"no clerk":     {"reader", "/notice/issue", url.Values{"of": {"O40"}}, nil, http.StatusForbidden, "clerks"},
		"no clerk yet": {"reader", "/notice/note", url.Values{"id": {"ZG2026-001"}}, nil, http.StatusForbidden, "clerks"},
		"another site": {clerk, "/notice/issue", url.Values{"of": {"O40"}}, []string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden, "其他网站"},
		"no unit":      {clerk, "/notice/issue", url.Values{}, nil, http.StatusBadRequest, "of"},
		"no such unit": {clerk, "/notice/issue", url.Values{"of": {"nobody"}}, nil, http.StatusBadRequest, "of"},
		"no number":    {clerk, "/notice/issue", url.Values{"of": {"O40"}, "days": {"x"}}, nil, http.StatusBadRequest, "days"},
		"no notice":    {clerk, "/notice/note", url.Values{"id": {"none"}, "what": {"answered"}, "done_on": {"2026-10-01"}}, nil, http.StatusNotFound, ""},
		"a day to come": {
			clerk, "/notice/note", url.Values{"id": {"none"}, "what": {"answered"}, "done_on": {"2036-10-01"}}, nil, http.StatusBadRequest, "done_on",
		},
		"closing by hand": {clerk, "/notice/note", url.Values{"id": {"none"}, "what": {"closed"}, "done_on": {"2026-10-01"}}, nil, http.StatusBadRequest, "what"},
	} {
		t.Run(name, func(t *testing.T) {
			answer := as(test.user, http.MethodPost, test.address, test.form, test.headers...)
			if answer.Code != test.status || !strings.Contains(answer.Body.String(), test.want) {
				t.Errorf("status %d, want %d with %q:\n%s", answer.Code, test.status, test.want, answer.Body)
			}
		})
	}
	issued := as(clerk, http.MethodPost, "/notice/issue", url.Values{"of": {"O40|O39"}, "yellow_card": {"1"}})
	if issued.Code != http.StatusSeeOther || issued.Header().Get("Location") != "/notice?id=ZG2026-001%7CZG2026-002" {
		t.Fatalf("issuing answers %d %s:\n%s", issued.Code, issued.Header().Get("Location"), issued.Body)
	}
	if again := as(clerk, http.MethodPost, "/notice/issue", url.Values{"of": {"O39"}}); again.Code != http.StatusBadRequest || !strings.Contains(again.Body.String(), "ZG2026-002") {
		t.Errorf("issuing the same again answers %d:\n%s", again.Code, again.Body)
	}
	noted := as(clerk, http.MethodPost, "/notice/note", url.Values{"id": {"ZG2026-001"}, "what": {"receipted"}, "done_on": {clock().Format("2006-01-02")}, "remark": {"李四<签收>"}})
	if noted.Code != http.StatusSeeOther {
		t.Fatalf("noting answers %d:\n%s", noted.Code, noted.Body)
	}
	history, err := notices.History(t.Context(), store.Store, "ZG2026-001")
	if err != nil || len(history) != 2 || history[1].Before == "" || !strings.Contains(history[1].Before, "issued") || history[0].Before != "" {
		t.Errorf("the register has %+v, %v", history, err)
	}
	shown := as("reader", http.MethodGet, "/notice?id=ZG2026-001|ZG2026-002", nil).Body.String()
	checkHas(t, shown, "〔2026〕1号", "〔2026〕2号", "李四&lt;签收&gt;", clerk, "黄牌")
	checkHasNot(t, shown, `action="/notice/note"`)
	checkHas(t, shown, "其中尚未整改 2 份。")
	for lang, wants := range map[string][]string{
		"zh": {"印发，尚未整改，期限为 ", "单位已于 ", "签收。"}, "en": {"; not yet rectified, due by ", "The unit confirmed receipt on "},
	} {
		checkHas(t, as("reader", http.MethodGet, "/notice?id=ZG2026-001&lang="+lang, nil).Body.String(), wants...)
	}
	checkHas(t, as("reader", http.MethodGet, "/notice?id=ZG2026-002", nil).Body.String(), "尚未登记签收。")

	checkInBrowser(t, handler, clerk, "/notice?of=O40|O39", "/notice?id=ZG2026-001|ZG2026-002")
	checkInBrowser(t, handler, "reader", "/notice?id=ZG2026-001", "/notice?of=O40")

	t.Run("counts at once", func(t *testing.T) {
		_, _, now := get(t, handler, "/supervision")
		if now == supervision || !strings.Contains(now, "〔2026〕1号") || !strings.Contains(now, "/notice?id=ZG2026-001") {
			t.Errorf("the page does not know what was issued:\n%s", now)
		}
		_, _, csv := get(t, handler, "/export/notices.csv")
		checkHas(t, csv, "ZG2026-001", "ZG2026-002")
		checkHas(t, as("reader", http.MethodGet, "/unit/O40", nil).Body.String(), "/notice?id=ZG2026-001")
	})
	t.Run("document", func(t *testing.T) {
		answer := as("reader", http.MethodGet, "/notice/document?id=ZG2026-001|ZG2026-002", nil)
		checkDocument(t, answer.Body.Bytes(), "督导整改通知书", "〔2026〕1号", "〔2026〕2号", "第40局", `w:pageBreakBefore`)
	})
	t.Run("for society", func(t *testing.T) {
		everyone := site(t, store, remembered.ForSocietyAt(clock), func(o *page.Options) { o.Society, o.Packs, o.Metrics = true, nil, nil })
		for _, address := range []string{"/supervision", "/unit/O40", "/lapsed"} {
			_, _, page := get(t, everyone, address)
			checkHasNot(t, page, clerk, "/notice?", "/notice/", "李四")
			if address == "/supervision" {
				checkHas(t, page, "〔2026〕1号")
			}
		}
		if status, _, _ := get(t, everyone, "/notice?id=ZG2026-001"); status != http.StatusNotFound {
			t.Errorf("status %d", status)
		}
	})
}

func checkHas(t *testing.T, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q:\n%.3000s", want, text)
		}
	}
}

func checkHasNot(t *testing.T, text string, nots ...string) {
	t.Helper()
	for _, not := range nots {
		if strings.Contains(text, not) {
			t.Errorf("has %q", not)
		}
	}
}

// checkDocument opens a DOCX: it has the parts of a package, each well-formed, and in the text what is wanted.
func checkDocument(t *testing.T, content []byte, wants ...string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/fontTable.xml", "word/_rels/document.xml.rels"} {
		file, err := archive.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		for decoder := xml.NewDecoder(bytes.NewReader(text)); err == nil; {
			_, err = decoder.Token()
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", name, err)
		}
		if name == "word/document.xml" {
			checkHas(t, string(text), wants...)
		}
	}
}
