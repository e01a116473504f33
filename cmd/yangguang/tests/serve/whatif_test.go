package serve

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"yangguang/cmd/yangguang/filetest"
	"yangguang/cmd/yangguang/programtest"
)

// A registry beyond registry.hold waits, also over a restart, until its files are changed back or somebody accepts it, by a click or by the command; and
// what it would change can be tried on the page.
func TestHeldRegistry(t *testing.T) {
	t.Parallel()
	p := programtest.New(t)
	units := filepath.Join(p.Directory, "units.csv")
	whole, err := os.ReadFile(units)
	if err != nil {
		t.Fatal(err)
	}
	withoutV1 := regexp.MustCompile(`(?m)^V1,.*\n`).ReplaceAllString(string(whole), "")
	filetest.Change(t, filepath.Join(p.Directory, "yangguang.yaml"), func(text string) string {
		return strings.Replace(text, "catalogue: catalogue.csv}", "catalogue: catalogue.csv, hold: {units_gone: 0}}", 1) + "language: en\n"
	})
	collect := func() string {
		t.Helper()
		told, problems, status := p.Run(t, "collect", "--config", "yangguang.yaml")
		if status > 1 { // a district of which a row is rejected
			t.Fatalf("collect: status %d\n%s%s", status, told, problems)
		}
		return problems
	}
	if problems := collect(); strings.Contains(problems, "held back") {
		t.Fatalf("the first registry is held:\n%s", problems)
	}
	filetest.Write(t, units, withoutV1)
	if problems := collect(); !strings.Contains(problems, "held back") || !strings.Contains(problems, "units that come: 0, that go: 1") {
		t.Errorf("a unit goes:\n%s", problems)
	}

	s := p.Serve(t) // the second run
	held := func(want string) {
		t.Helper()
		programtest.WaitUntil(t, "disclosure_registry_held is "+want, func() bool { return strings.Contains(s.Get(t, "/metrics"), "\ndisclosure_registry_held "+want+"\n") })
	}
	held("1")
	if page := s.Get(t, "/unit/V1?lang=en"); !strings.Contains(page, "held back") {
		t.Errorf("the unit's page does not say that a registry is held back:\n%.3000s", page)
	}
	tryOnPage(t, s, string(whole))
	filetest.Write(t, units, string(whole))
	programtest.Send(t, s.Process, syscall.SIGHUP)
	held("0")
	filetest.Write(t, units, withoutV1)
	programtest.Send(t, s.Process, syscall.SIGHUP)
	held("1")
	hash := regexp.MustCompile(`name="hash" value="([0-9a-f]+)"`).FindStringSubmatch(s.Get(t, "/what-if"))
	if hash == nil {
		t.Fatal("the page offers nothing to accept")
	}
	for _, want := range []int{http.StatusOK, http.StatusConflict} { // once
		if status, page := posted(t, s.Address+"/what-if/accept", "application/x-www-form-urlencoded", strings.NewReader(url.Values{"hash": hash[1:]}.Encode())); status != want {
			t.Errorf("accepting answers %d, want %d\n%.2000s", status, want, page)
		}
	}
	held("0")
	if status, _ := programtest.GetWhenFree(t, s.Address+"/unit/V1"); status != http.StatusNotFound {
		t.Errorf("the unit that has gone: status %d", status)
	}
	s.End()

	filetest.Write(t, units, strings.ReplaceAll(withoutV1, "T2,", "T9,"))
	if problems := collect(); !strings.Contains(problems, "held back") {
		t.Errorf("another unit goes:\n%s", problems)
	}
	if told := p.Succeed(t, "accept", "--config", "yangguang.yaml"); !strings.Contains(told, "accepted and in force") {
		t.Errorf("accept says %s", told)
	}
	audit := p.Export(t, "audit")
	for what, want := range map[string]int{"registry_held": 3, "registry_withdrawn": 1, "registry_accepted": 2} {
		if count := strings.Count(audit, what); count != want {
			t.Errorf("%s %d times, want %d:\n%s", what, count, want, audit)
		}
	}
}

// tryOnPage uploads units in which a line is wrong, then units of which the town T2 is called otherwise and has gone.
func tryOnPage(t *testing.T, s programtest.Serving, units string) {
	t.Helper()
	upload := func(content string) (int, string) {
		t.Helper()
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		for name, value := range map[string]string{"what": "file", "file_of": "units"} {
			if err := form.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
		}
		file, err := form.CreateFormFile("file", "new-units.csv")
		if err == nil {
			_, err = io.WriteString(file, content)
		}
		if err == nil {
			err = form.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return posted(t, s.Address+"/what-if/try?lang=en", form.FormDataContentType(), &body)
	}
	if status, page := upload(strings.Replace(units, "T2,西镇,town", "T2,西镇,towm", 1)); status != http.StatusBadRequest || !strings.Contains(page, "The file cannot be tried") || !strings.Contains(page, "new-units.csv:4: tier: ") {
		t.Errorf("units with a wrong line: status %d\n%.3000s", status, page)
	}
	status, page := upload(strings.NewReplacer("T2,", "T9,", "西镇", "新西镇").Replace(units))
	if status != http.StatusOK || !strings.Contains(page, "units that come: 1, that go: 1") || !strings.Contains(page, "新西镇") {
		t.Fatalf("units that change: status %d\n%.3000s", status, page)
	}
	export := regexp.MustCompile(`href="(/what-if\?[^"]*export=units\.csv[^"]*)"`).FindStringSubmatch(page)
	if export == nil {
		t.Fatalf("the result cannot be exported:\n%.3000s", page)
	}
	exported := s.Get(t, html.UnescapeString(export[1]))
	for _, want := range []string{"新西镇", "西镇", "appears", "vanishes"} {
		if !strings.Contains(exported, want) {
			t.Errorf("the export lacks %s:\n%s", want, exported)
		}
	}
	if rows := strings.Count(strings.TrimSpace(exported), "\n"); !strings.Contains(page, fmt.Sprintf("or counts change: %d;", rows)) {
		t.Errorf("%d rows are exported, and the page counts others:\n%s", rows, exported)
	}
}

// posted sends a form as the site's own pages do, and follows where its answer leads.
func posted(t *testing.T, address, kind string, body io.Reader) (status int, page string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(content)
}
