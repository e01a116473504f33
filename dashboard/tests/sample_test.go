package tests

import (
	"bytes"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/verdicts"
)

// Verdicts of a sample are entered on the page, by several people at a time, or imported as the CSV that it exports; nobody but clerks can.
func TestVerdictsOfASample(t *testing.T) {
	store := district(t)
	remembered, err := ask.NewCached(store, 500)
	if err != nil {
		t.Fatal(err)
	}
	handler := site(t, store, remembered, func(o *page.Options) { o.Inspection = verdicts.NewPeople(store) })
	send := func(user, method, address, kind string, body []byte) *httptest.ResponseRecorder {
		t.Helper()
		request := httptest.NewRequest(method, "http://localhost:8080"+address, bytes.NewReader(body))
		request.Header.Set("Content-Type", kind)
		request.Header.Set("Sec-Fetch-Site", "same-origin")
		request.SetBasicAuth(user, "x")
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		return answer
	}
	post := func(user, address string, form url.Values) *httptest.ResponseRecorder {
		t.Helper()
		return send(user, http.MethodPost, address, "application/x-www-form-urlencoded", []byte(form.Encode()))
	}
	draw := url.Values{"seed": {"2026-7"}, "size": {"4"}, "from": {"2026-01-01"}}
	if refused := post("reader", "/patrol/draw", draw); refused.Code != http.StatusForbidden {
		t.Errorf("a reader's draw answers %d", refused.Code)
	}
	drawn := post(theClerk, "/patrol/draw", draw)
	address := drawn.Header().Get("Location")
	if drawn.Code != http.StatusSeeOther || !strings.HasPrefix(address, "/patrol/sample/CJ2026-001") {
		t.Fatalf("drawing answers %d %s:\n%s", drawn.Code, address, drawn.Body)
	}
	sheet := func(user string) string { return send(user, http.MethodGet, address, "", nil).Body.String() }
	// shown is the form as a clerk's browser would send it.
	input := regexp.MustCompile(`<input[^>]* name="((?:was|remark)-\d+|id)" value="([^"]*)"`)
	choice := regexp.MustCompile(`(?s)<select name="(verdict-\d+)".*?</select>`)
	chosen := regexp.MustCompile(`<option value="([^"]*)" selected`)
	shown := func() url.Values {
		t.Helper()
		form, text := url.Values{}, sheet(theClerk)
		for _, found := range input.FindAllStringSubmatch(text, -1) {
			form.Set(found[1], html.UnescapeString(found[2]))
		}
		for _, found := range choice.FindAllStringSubmatch(text, -1) {
			form.Set(found[1], "")
			if verdict := chosen.FindStringSubmatch(found[0]); verdict != nil {
				form.Set(found[1], verdict[1])
			}
		}
		return form
	}
	entered := func() (all []string) {
		t.Helper()
		rows, err := ask.Run(t.Context(), store, ask.Sampled("CJ2026-001"), model.Question{}.WithDefaults(model.Today(clock())))
		if err != nil || len(rows) != 4 {
			t.Fatal(len(rows), err)
		}
		for _, row := range rows {
			all = append(all, strings.TrimSpace(row.Verdict+" "+row.Remark))
		}
		return all
	}
	expect := func(want ...string) {
		t.Helper()
		if got := entered(); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("entered is %q, want %q", got, want)
		}
	}
	blank := sheet(theClerk)
	checkHas(t, blank, `name="verdict-4"`, `action="/patrol/import"`, "□", "检查人")
	checkHasNot(t, sheet("reader"), `name="verdict-4"`, `action="/patrol/enter"><button`, `action="/patrol/import"`)

	// Two have the sheet open; each enters of two records what he saw.
	one, other := shown(), shown()
	one.Set("verdict-1", "fault")
	one.Set("remark-1", "内容为“空”")
	one.Set("verdict-2", "clear")
	other.Set("verdict-3", "clear")
	for _, form := range []url.Values{one, other} {
		if answer := post(theClerk, "/patrol/enter", form); answer.Code != http.StatusSeeOther {
			t.Fatalf("entering answers %d:\n%s", answer.Code, answer.Body)
		}
	}
	expect("fault 内容为“空”", "clear", "clear", "")
	form := shown()
	form.Set("verdict-2", "")
	form.Set("remark-4", "打不开")
	if answer := post(theClerk, "/patrol/enter", form); answer.Code != http.StatusBadRequest {
		t.Errorf("a remark without a verdict answers %d", answer.Code)
	}
	form.Set("verdict-4", "fault")
	if answer := post(theClerk, "/patrol/enter", form); answer.Code != http.StatusSeeOther {
		t.Errorf("entering answers %d:\n%s", answer.Code, answer.Body)
	}
	expect("fault 内容为“空”", "", "clear", "fault 打不开")
	if refused := post("reader", "/patrol/enter", form); refused.Code != http.StatusForbidden {
		t.Errorf("a reader's verdicts answer %d", refused.Code)
	}

	imported := func(csv string) *httptest.ResponseRecorder {
		t.Helper()
		var body bytes.Buffer
		parts := multipart.NewWriter(&body)
		file, err := parts.CreateFormFile("sheet", "抽查表.csv")
		if err == nil {
			_, err = file.Write([]byte(csv))
		}
		if err != nil || parts.WriteField("id", "CJ2026-001") != nil || parts.Close() != nil {
			t.Fatal(err)
		}
		return send(theClerk, http.MethodPost, "/patrol/import", parts.FormDataContentType(), body.Bytes())
	}
	link := regexp.MustCompile(`href="([^"]*\.csv[^"]*)"`).FindStringSubmatch(sheet(theClerk))
	if link == nil {
		t.Fatal("the sheet cannot be downloaded")
	}
	exported := send(theClerk, http.MethodGet, html.UnescapeString(link[1]), "", nil).Body.String()
	filled := regexp.MustCompile(`(?m)^(.*CJ2026-001,2,.*)$`).ReplaceAllStringFunc(exported, func(row string) string {
		header := strings.Split(strings.TrimSpace(strings.SplitN(strings.TrimPrefix(exported, "\ufeff"), "\n", 2)[0]), ",")
		cells := strings.Split(strings.TrimSpace(row), ",")
		for i, name := range header {
			if name == "抽查结论" {
				cells[i] = "有问题"
			}
		}
		return strings.Join(cells, ",")
	})
	if answer := imported(filled); answer.Code != http.StatusSeeOther {
		t.Fatalf("importing answers %d:\n%s\nof\n%s", answer.Code, answer.Body, filled)
	}
	expect("fault 内容为“空”", "fault", "clear", "fault 打不开")
	if answer := imported(strings.Replace(filled, "有问题", "也许", 1)); answer.Code != http.StatusBadRequest || !strings.Contains(answer.Body.String(), "第 2 行“也许”不对，应为有问题（fault）、无问题（clear）或留空。") {
		t.Errorf("a wrong sheet answers %d:\n%s", answer.Code, answer.Body)
	}
	if answer := imported(strings.ReplaceAll(filled, "CJ2026-001", "CJ2026-002")); answer.Code != http.StatusBadRequest {
		t.Errorf("another sample's sheet answers %d", answer.Code)
	}
	expect("fault 内容为“空”", "fault", "clear", "fault 打不开")
	checkInBrowser(t, handler, theClerk, address)
	checkInBrowser(t, handler, "reader", "/patrol/sample/CJ2026-001")
}
