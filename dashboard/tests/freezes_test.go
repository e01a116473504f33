package tests

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// send sends the form of the page as a browser does from a page of the given site.
func send(t *testing.T, handler http.Handler, address, name string, headers map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequest(http.MethodPost, "http://localhost:8080"+address, strings.NewReader(url.Values{"name": {name}}.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for header, value := range headers {
		request.Header.Set(header, value)
	}
	if host := request.Header.Get("Host"); host != "" {
		request.Host = host
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	return answer
}

// testFreezes freezes by the form of the page, and takes the pack apart.
func testFreezes(t *testing.T, handler http.Handler) {
	own := map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:8080"}
	if _, _, page := get(t, handler, "/freezes"); !strings.Contains(page, "还没有存档的材料") || !strings.Contains(page, `action="/freezes"`) {
		t.Errorf("before: %s", page)
	}
	for name, test := range map[string]struct {
		address, name string
		headers       map[string]string
		status        int
		want          string
	}{
		"another site":         {"/freezes", "会议", map[string]string{"Sec-Fetch-Site": "cross-site"}, http.StatusForbidden, "请求来自其他网站"},
		"another site, older":  {"/freezes", "会议", map[string]string{"Origin": "http://elsewhere.test"}, http.StatusForbidden, "请求来自其他网站"},
		"another name of ours": {"/freezes", "会议", map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "http://elsewhere.test", "Host": "elsewhere.test"}, http.StatusForbidden, "external_url"},
		"no name":              {"/freezes", "  ", own, http.StatusBadRequest, "参数 name"},
		"a path":               {"/freezes", "../x", own, http.StatusBadRequest, "只能用文字、数字、空格和"},
		"a day that is none":   {"/freezes?as_of=2026-02-30", "会议", own, http.StatusBadRequest, "as_of"},
		"another time":         {"/freezes?known_at=2026-02-03", "会议", own, http.StatusBadRequest, "known_at"},
		"a unit that is none":  {"/freezes?within=nobody", "会议", own, http.StatusBadRequest, "nobody"},
		"too much to be asked": {"/freezes", strings.Repeat("x", 20<<10), own, http.StatusBadRequest, "form"},
	} {
		t.Run(name, func(t *testing.T) {
			answer := send(t, handler, test.address, test.name, test.headers)
			if answer.Code != test.status || !strings.Contains(answer.Body.String(), test.want) {
				t.Errorf("status %d, want %d with %q:\n%s", answer.Code, test.status, test.want, answer.Body)
			}
			checkPolicy(t, answer.Header(), answer.Body.String())
		})
	}
	answer := send(t, handler, "/freezes?to=2026-09-30&group=towns", "三季度 会议", own)
	if answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != "/freezes?group=towns&to=2026-09-30" {
		t.Fatalf("status %d, %v\n%s", answer.Code, answer.Header(), answer.Body)
	}
	if again := send(t, handler, "/freezes", "三季度 会议", own); again.Code != http.StatusBadRequest || !strings.Contains(again.Body.String(), "应为未用过的名称") {
		t.Errorf("the same name again: status %d\n%s", again.Code, again.Body)
	}
	_, header, page := get(t, handler, "/freezes")
	checkPolicy(t, header, page)
	for _, want := range []string{"已定稿存档会议材料 1 份", "三季度 会议", "2026-01-01 – 2026-09-30", "镇（街道）", "meeting.xlsx", "pack.zip"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	testFrozenFiles(t, handler, "/freezes/"+url.PathEscape("三季度 会议")+"/")
	checkSecured(t, handler, "/freezes/"+url.PathEscape("三季度 会议")+"/")
}

func testFrozenFiles(t *testing.T, handler http.Handler, pack string) {
	status, header, page := get(t, handler, pack+"meeting.html")
	policy := header.Get("Content-Security-Policy")
	if status != http.StatusOK || !strings.Contains(page, "镇（街道）排名") || !regexp.MustCompile(`style-src 'sha256-[\w+/]+='; sandbox;`).MatchString(policy) {
		t.Errorf("printable summary: status %d, policy %s\n%.300s", status, policy, page)
	}
	_, header, content := get(t, handler, pack+"ranking-towns.csv")
	_, _, exported := get(t, handler, "/export/ranking.csv?to=2026-09-30&group=towns")
	if content != exported || !strings.Contains(header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the pack's ranking is not the export's: %v\n%s\n%s", header, content, exported)
	}
	_, header, content = get(t, handler, pack+"pack.zip")
	archive, err := zip.NewReader(bytes.NewReader([]byte(content)), int64(len(content)))
	if err != nil || len(archive.File) != 13 || header.Get("Content-Type") != "application/zip" {
		t.Errorf("archive: %v, %v", err, header)
	}
	for _, address := range []string{pack + "nothing.csv", pack + "secret.txt", "/freezes/nobody/meeting.html", "/freezes/nobody/pack.zip", "/freezes/..%2F..%2Fetc/passwd"} {
		if status, _, body := get(t, handler, address); status != http.StatusNotFound {
			t.Errorf("%s: status %d\n%.300s", address, status, body)
		}
	}
}

// testFreezesInBrowser freezes as a reader does, and opens what there is to print: the policy lets the form and the summary's style through.
func testFreezesInBrowser(t *testing.T, handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	ctx, watch := browser(t)
	visit(t, ctx, server.URL+"/freezes?to=2026-09-30", 1440, "light")
	submit := `document.getElementById('name').value = '浏览器 会议'; document.querySelector('form.freeze button').click(); ''`
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[string](submit)); err != nil {
		t.Fatal(err)
	}
	for listed := ""; !strings.Contains(listed, "浏览器 会议"); time.Sleep(200 * time.Millisecond) { // the browser's context bounds it
		var err error
		listed, err = chromedp.Run(ctx, chromedp.Evaluate[string](`document.querySelector('tbody') ? document.querySelector('tbody').textContent : ''`))
		if ctx.Err() != nil {
			t.Fatalf("the pack is not listed: %q %v", listed, err)
		}
	}
	watch.check(t, server.URL)
	picture(t, ctx, "freezes")
	watch.reset()
	visit(t, ctx, server.URL+"/freezes/"+url.PathEscape("浏览器 会议")+"/meeting.html", 1440, "light")
	size, err := chromedp.Run(ctx, chromedp.Evaluate[string](`getComputedStyle(document.querySelector('h1')).fontSize + ' ' + document.querySelectorAll('rect').length`))
	if err != nil || !strings.HasPrefix(size, "25.33") || strings.HasSuffix(size, " 0") {
		t.Errorf("the printable summary's heading and bars: %q, %v", size, err)
	}
	watch.lock.Lock()
	defer watch.lock.Unlock()
	if len(watch.messages) > 0 {
		t.Errorf("the console says %v", watch.messages)
	}
}
