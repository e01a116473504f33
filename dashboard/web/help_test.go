package web

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"yangguang/dashboard/page"
	"yangguang/docs"
)

// shown is the page of one document.
func shown(t *testing.T, name string) string {
	t.Helper()
	assets, err := loadAssets()
	if err != nil {
		t.Fatal(err)
	}
	manual, err := newManual(assets)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /help/{name}", manual)
	answer := httptest.NewRecorder()
	mux.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/help/"+name, nil))
	if answer.Code != http.StatusOK {
		return ""
	}
	return answer.Body.String()
}

// TestEveryRunbookIsThere opens the runbook of every alert where its message leads.
func TestEveryRunbookIsThere(t *testing.T) {
	t.Parallel()
	page := shown(t, "alerts")
	files, err := fs.Glob(os.DirFS("../../deploy/prometheus"), "*.rules.yml")
	if err != nil || len(files) < 3 {
		t.Fatalf("rules: %v, %v", files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile("../../deploy/prometheus/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, alert := range regexp.MustCompile(`- alert: (\w+)`).FindAllStringSubmatch(string(content), -1) {
			if !strings.Contains(page, ` id="`+strings.ToLower(alert[1])+`"`) {
				t.Errorf("/help/alerts has no runbook of %s", alert[1])
			}
		}
	}
	if !strings.Contains(page, "<table>") || !strings.Contains(page, "<code>yangguang try SOURCE</code>") {
		t.Error("tables or code are not shown as such")
	}
}

// TestLinksOfTheManual follows every link between the documents to its heading.
func TestLinksOfTheManual(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(docs.Files, "*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("documents: %v, %v", names, err)
	}
	pages := map[string]string{}
	for _, name := range names {
		pages[name] = shown(t, name)
		if pages[name] == "" || pages[name] != shown(t, strings.TrimSuffix(name, ".md")) {
			t.Errorf("%s is not shown by its name", name)
		}
	}
	for name, text := range pages {
		for _, link := range regexp.MustCompile(`<a href="([^"]+)"`).FindAllStringSubmatch(text[strings.Index(text, "<main"):], -1) {
			target, err := url.Parse(link[1])
			if err != nil {
				t.Fatal(err)
			}
			if target.IsAbs() {
				continue
			}
			to := pages[target.Path]
			if target.Path == "" {
				to = text
			}
			if to == "" || target.Fragment != "" && !strings.Contains(to, ` id="`+target.Fragment+`"`) {
				t.Errorf("%s links to %s, which is not there", name, link[1])
			}
		}
	}
	if shown(t, "nothing") != "" {
		t.Error("a document that does not exist is shown")
	}
}

func TestManualIsNotForSociety(t *testing.T) {
	t.Parallel()
	for _, society := range []bool{true, false} {
		patterns, err := Patterns(page.Options{Society: society})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(strings.Join(patterns, "\n"), "/help/"); got == society {
			t.Errorf("for society: %v, shown: %v", society, got)
		}
	}
}
