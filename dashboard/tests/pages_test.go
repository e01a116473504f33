package tests

import (
	"encoding/json"
	"html"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"yangguang/dashboard/access"
	"yangguang/dashboard/export"
	"yangguang/dashboard/language"
	"yangguang/dashboard/pack"
	"yangguang/dashboard/page"
	"yangguang/dashboard/pages"
	"yangguang/dashboard/web"
	"yangguang/queries/ask"
)

func site(t *testing.T, store *ask.Asker, questions ask.Answerer, change ...func(*page.Options)) http.Handler {
	t.Helper()
	bundle, err := language.Load()
	if err != nil {
		t.Fatal(err)
	}
	packs, err := pack.New(store, bundle, shanghai(t), "test")
	if err != nil {
		t.Fatal(err)
	}
	options := page.Options{
		Packs: packs, Store: questions, Bundle: bundle, Location: shanghai(t), Sample: true, Version: "test", Clock: clock, Logger: slog.New(slog.DiscardHandler),
		Export:  &export.Handler{Streamer: store, Bundle: bundle, Language: "zh", Zone: shanghai(t), Now: clock, Log: slog.New(slog.DiscardHandler), Version: "test"},
		Metrics: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "# metrics\n") }),
		Whole:   45, Timeout: 5 * time.Minute, // of the rankings that of all units comes in parts
	}
	for _, c := range change {
		c(&options)
	}
	handler, err := web.New(options)
	if err != nil {
		t.Fatal(err)
	}
	return signedIn(handler)
}

// theClerk is the one user who notes what becomes of notices.
const theClerk = "clerk-zhang"

// signedIn lets everybody in as an operator; who gives a name is known by it.
func signedIn(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, _, _ := r.BasicAuth()
		handler.ServeHTTP(w, r.WithContext(access.With(r.Context(), access.User{Name: name, Clerk: name == theClerk, Operator: name != "reader"})))
	})
}

func get(t *testing.T, handler http.Handler, address string) (status int, header http.Header, body string) {
	t.Helper()
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, address, nil))
	return answer.Code, answer.Header(), answer.Body.String()
}

// everyPage is an address of every page there is, so that every template is executed.
func everyPage() []string {
	return []string{
		"/", "/ranking/organs", "/ranking/towns?scope=subtree", "/ranking/villages?within=T1", "/ranking/district", "/ranking/all", "/ranking/all?search=村&only=lapsing&sort=-score",
		"/freezes", "/patrol", "/patrol/samples", "/audit", "/?by=town", "/unit/O01", "/unit/O03", "/unit/T3", "/unit/V31", "/?from=2026-07-01&to=2026-09-30&programme=party&focus=integrity",
		"/ranking/organs?programme=judicial", "/unit/O02?programme=judicial",
		"/unit/O05", "/lapsed", "/lapsed?by=unit&group=villages", "/lapsed?by=item&within=T3", "/supervision", "/supervision?group=organs", "/sources", "/sources/台账", websiteProof, "/sources?search=无名局",
		"/procedure", "/procedure?group=villages&within=T1", "/procedure?programme=judicial",
		"/evidence", "/evidence?group=villages&within=T1", "/evidence?programme=judicial",
		"/methodology", "/methodology?as_of=2025-12-31", "/sites", "/sites?site=T1", "/sites?within=T1", "/sites?as_of=2025-01-01", "/sites/O07", "/sites/V11", "/sites/T1?programme=judicial",
		"/placement", "/placement?group=villages&within=T1", "/placement?programme=judicial",
		"/compare", "/compare?unit=O03", "/compare?unit=O01&unit=T1&unit=V31&unit=O40&from=2026-04-01", "/compare?unit=O03&add=第4", "/compare?unit=O02&unit=O03&programme=judicial",
		"/wall", "/wall?views=changes,ranks&seconds=5&within=T1", "/search", "/search?q=记录", "/search?q=第2镇&from=2026-04-01", "/search?q=组织+生活", "/search?q=%3Cb%3E",
	}
}

var (
	inlineScript = regexp.MustCompile(`(?is)<script(?:\s[^>]*)?>`)
	attribute    = regexp.MustCompile(`(?i)<[a-z][^<>]*\s(?:style|on[a-z]+)=`)
	option       = regexp.MustCompile(`(?s)<script type="application/json" id="[a-z]+-option">(.*?)</script>`)
	reference    = regexp.MustCompile(`<[a-z][^<>]*\s(?:href|src)="([^"]*)"`)
	placeholder  = regexp.MustCompile(`⟦[^⟧]*⟧|%!|<no value>|ZgotmplZ`)
	tagged       = regexp.MustCompile(`<[^>]*>`)
)

// TestSite holds the whole site against one district; its parts share what the district costs.
func TestSite(t *testing.T) {
	store := district(t)
	remembered, err := ask.NewCached(store, 500)
	if err != nil {
		t.Fatal(err)
	}
	handler := site(t, store, remembered)
	for name, test := range map[string]func(*testing.T, http.Handler){
		"pages": testPages, "unit page tells why": testUnitPageTellsWhy, "mistakes": testMistakes, "compression": testCompression,
		"static files": testStaticFiles, "names": testNames, "health": testHealth,
		"tiles": testTiles, "marks": testMarks, "wall": testWall, "search": testSearch, "compare": testCompare, "ticks": testTicks, "lapsed": testLapsed, "ranking in parts": testRankingInParts, "supervision": testSupervision, "sites": testSites, "methodology": testMethodology, "definitions": testDefinitions, "panel exports": testPanelExports, "proof": testProof, "feeds": testFeeds, "schemas": testSchemas, "proof content": testProofContent, "sources": testSources, "compare with a year before": testCompareYear,
	} {
		t.Run(name, func(t *testing.T) { test(t, handler) })
	}
	t.Run("light rows", func(t *testing.T) {
		testLightRows(t, site(t, store, remembered, func(o *page.Options) { o.Whole = 300 }))
	})
	t.Run("patrol that never ran", func(t *testing.T) {
		checkPage(t, handler, "/patrol?lang=zh", []string{"质量巡查尚未运行，没有结果可说", "没有列出问题，不等于没有问题"}, []string{"没有列出的问题"})
	})
	t.Run("ticks of parts", func(t *testing.T) {
		testTicks(t, site(t, store, remembered, func(o *page.Options) { o.Whole = 1 }))
	})
	t.Run("what if", func(t *testing.T) { testWhatIf(t, store, remembered) })
	t.Run("browser", func(t *testing.T) {
		tries := withWhatIf(t, store, func(access.User) bool { return true })
		testBrowser(t, site(t, store, remembered, tries), site(t, store, failing{remembered, "preparing"}))
	})
	t.Run("chart tools", func(t *testing.T) { testChartTools(t, handler) })
	t.Run("wall in a browser", func(t *testing.T) { testWallInBrowser(t, handler) })
	t.Run("view", func(t *testing.T) { testView(t, handler) })
	t.Run("my unit", func(t *testing.T) { testMyUnit(t, handler) })
	t.Run("search box", func(t *testing.T) { testSearchBox(t, handler) })
	t.Run("failing questions", func(t *testing.T) { testFailingQuestions(t, store, remembered) })
	t.Run("schedule", func(t *testing.T) { testSchedule(t, store, remembered) })
	t.Run("answers being prepared", func(t *testing.T) { testPreparing(t, store, remembered) })
	t.Run("score taken apart", func(t *testing.T) { testScoreApart(t, store, handler) })
	t.Run("since no meeting", func(t *testing.T) { testSinceNone(t, handler) })
	t.Run("freezes", func(t *testing.T) {
		testFreezes(t, handler)
		t.Run("in a browser", func(t *testing.T) { testFreezesInBrowser(t, handler) })
	})
	t.Run("since a meeting", func(t *testing.T) { testSince(t, store, remembered, handler) })
	t.Run("for society", func(t *testing.T) { testForSociety(t, store, remembered, handler) })
	for name, test := range map[string]func(*testing.T, *ask.Asker, ask.Answerer){"limits": testLimits, "busy": testBusy, "stalled reader": testStalledReader} {
		t.Run(name, func(t *testing.T) { test(t, store, remembered) })
	}
	t.Run("very many units", func(t *testing.T) {
		many := site(t, store, remembered, func(o *page.Options) { o.Many = 1 })
		testVeryMany(t, handler, many)
		testPlaces(t, many)
	})
	t.Run("unanswered", func(t *testing.T) { testUnanswered(t, store, remembered) })
	t.Run("last good", func(t *testing.T) { testLastGood(t, store, remembered) })
	t.Run("notices", func(t *testing.T) { testNotices(t, store, remembered) })
	t.Run("not ready", func(t *testing.T) { testNotReady(t, store, remembered) })
	t.Run("rules since a meeting", func(t *testing.T) { testSinceRules(t, store, handler) })
}

func testPages(t *testing.T, handler http.Handler) {
	followed := map[string]bool{}
	for _, lang := range language.Languages() {
		for _, address := range everyPage() {
			t.Run(lang+" "+address, func(t *testing.T) {
				separator := "?"
				if strings.Contains(address, "?") {
					separator = "&"
				}
				status, header, page := get(t, handler, address+separator+"lang="+lang)
				if status != http.StatusOK {
					t.Fatalf("status %d\n%s", status, page)
				}
				checkPolicy(t, header, page)
				if found := placeholder.FindString(page); found != "" {
					t.Errorf("the page has %q", found)
				}
				if !strings.Contains(page, map[string]string{"zh": "示例数据", "en": "Sample data"}[lang]) {
					t.Error("the page does not say that the data are a sample")
				}
				if !strings.Contains(page, "2026-10-20 09:00:00") {
					t.Error("the page does not say when it was computed")
				}
				for _, block := range option.FindAllStringSubmatch(page, -1) {
					var drawn map[string]any
					if err := json.Unmarshal([]byte(block[1]), &drawn); err != nil {
						t.Errorf("a chart's option: %v", err)
					}
				}
				checkReferences(t, handler, page, followed)
			})
		}
	}
}

// checkPolicy holds a page to what its own headers promise: nothing inline, no event attributes, no other host.
func checkPolicy(t *testing.T, header http.Header, page string) {
	t.Helper()
	policy := header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %q lacks %s", policy, want)
		}
	}
	if header.Get("X-Content-Type-Options") != "nosniff" {
		t.Error("no nosniff")
	}
	for _, tag := range inlineScript.FindAllString(page, -1) {
		if !strings.Contains(tag, `src="/static/`) && !strings.Contains(tag, `type="application/json"`) {
			t.Errorf("inline script %s", tag)
		}
	}
	if found := attribute.FindString(option.ReplaceAllString(page, "")); found != "" {
		t.Errorf("inline attribute %q", found)
	}
	if strings.Contains(page, "<style") || strings.Contains(page, strange()[0]) {
		t.Error("inline style, or a name that is not escaped")
	}
}

// checkReferences follows each kind of reference once over all pages: static files, exports and other pages are there.
func checkReferences(t *testing.T, handler http.Handler, page string, followed map[string]bool) {
	t.Helper()
	for _, found := range reference.FindAllStringSubmatch(page, -1) {
		address := html.UnescapeString(found[1])
		path, _, _ := strings.Cut(address, "?")
		kind := path
		for _, many := range []string{"/unit/", "/proof/", "/sources/", "/sites/"} {
			if strings.HasPrefix(path, many) {
				kind = many + strings.Repeat("/", strings.Count(path, "/")) // one of a kind is enough
			}
		}
		if !strings.HasPrefix(address, "/") || followed[kind] || path == "/" || strings.HasPrefix(path, "/ranking/") {
			continue
		}
		followed[kind] = true
		if status, _, body := get(t, handler, address); status != http.StatusOK {
			t.Errorf("%s: status %d %.200s", address, status, body)
		}
	}
}

func testUnitPageTellsWhy(t *testing.T, handler http.Handler) {
	for address, wants := range map[string][]string{
		"/unit/O01":                      {"涉密（区委办公室批准）", "无法定期限", "2026年第1期", "黄牌 1 张", "疑似补录"},
		"/unit/V31":                      {"未能核实", "还没有成功采集过"},
		"/lapsed?group=villages":         {"<small>第1镇</small>"}, // which of the villages of one name
		"/lapsed?group=villages&by=unit": {"<small>第1镇</small>"},
		"/ranking/towns":                 {"/ranking/villages?within=T1", "含所辖村（社区）"},
		"/unit/O40":                      {"已逾期", "到期", "https://example.org/"},
	} {
		t.Run(address, func(t *testing.T) {
			_, _, page := get(t, handler, address)
			for _, want := range wants {
				if !strings.Contains(page, want) {
					t.Errorf("the page lacks %q", want)
				}
			}
		})
	}
}

func testMistakes(t *testing.T, handler http.Handler) {
	for address, test := range map[string]struct {
		status int
		want   string
	}{
		"/?from=yesterday":                            {http.StatusBadRequest, "参数 from 的值“yesterday”不对，应为日期，写成"},
		"/?from=2026-12-01":                           {http.StatusBadRequest, "应不晚于统计区间的最后一天"},
		"/?programme=x&lang=en":                       {http.StatusBadRequest, "programme cannot be “x”"},
		"/?lang=fr":                                   {http.StatusBadRequest, "lang"},
		"/search.json?q=a&x=1":                        {http.StatusBadRequest, "x"},
		"/search?q=" + strings.Repeat("a", 101):       {http.StatusBadRequest, "q"},
		"/compare?unit=O01&unit=nobody":               {http.StatusNotFound, "没有编号为“nobody”的单位"},
		"/compare?unit=1&unit=2&unit=3&unit=4&unit=5": {http.StatusBadRequest, "2 至 4 个单位"},
		"/wall?views=figures,nothing":                 {http.StatusBadRequest, "或其中几项"},
		"/wall?views=tiles,tiles":                     {http.StatusBadRequest, "views"},
		"/wall?seconds=1":                             {http.StatusBadRequest, "5 至 3600"},
		"/?colour=red":                                {http.StatusBadRequest, "colour"},
		"/?from=%zz":                                  {http.StatusBadRequest, "query"},
		"/ranking/cities":                             {http.StatusNotFound, "没有“cities”这个排名组"},
		"/unit/nobody":                                {http.StatusNotFound, "没有编号为“nobody”的单位"},
		"/unit/O01?as_of=2020-01-01":                  {http.StatusNotFound, "2020-01-01"},
		"/unit/%3Cscript%3E":                          {http.StatusNotFound, "&lt;script&gt;"},
		"/proof/台账/nobody":                            {http.StatusNotFound, "没有编号为“nobody”的记录"},
		"/proof/nothing/a/content":                    {http.StatusNotFound, "没有编号为“a”的记录"},
		websiteProof + "?version=1":                   {http.StatusNotFound, "或没有这一版本"},
		websiteProof + "?version=x":                   {http.StatusBadRequest, "应为页面上列出的版本号"},
		"/sources/nothing":                            {http.StatusNotFound, "没有名为“nothing”的数据来源"},
		"/sources?page=0":                             {http.StatusBadRequest, "以上的整数"},
		"/sources?page=9":                             {http.StatusNotFound, "没有第 9 页"},
		"/?page=2":                                    {http.StatusBadRequest, "page"},
		"/ranking/all?page=3":                         {http.StatusNotFound, "没有第 3 页"},
		"/ranking/all?sort=colour":                    {http.StatusBadRequest, "应为其一："},
		"/ranking/all?only=some":                      {http.StatusBadRequest, "only"},
		"/nothing":                                    {http.StatusNotFound, "没有这个页面"},
		"/static/nothing.css":                         {http.StatusNotFound, ""},
		"/export/nothing.csv":                         {http.StatusNotFound, ""},
		"/export/ranking.csv?from=x":                  {http.StatusBadRequest, "from"},
	} {
		t.Run(address, func(t *testing.T) {
			status, header, page := get(t, handler, address)
			if status != test.status || !strings.Contains(page, test.want) {
				t.Errorf("status %d, want %d with %q:\n%s", status, test.status, test.want, page)
			}
			if strings.HasPrefix(header.Get("Content-Type"), "text/html") {
				checkPolicy(t, header, page)
			}
		})
	}
}

func TestNewRefuses(t *testing.T) {
	if _, err := web.New(page.Options{}); err == nil || !strings.Contains(err.Error(), "no store") {
		t.Errorf("got %v", err)
	}
}

// numbered is a number of something.
var numbered = regexp.MustCompile(`\{\{\.Count\}\} [a-z]`)

// A message that says a number of something needs both English plural forms, or "1 unit" has no text at all.
func TestPlurals(t *testing.T) {
	folders := []fs.FS{page.Files, os.DirFS("../web")}
	for _, section := range pages.All() {
		folders = append(folders, section.Files)
	}
	for _, folder := range folders {
		if err := fs.WalkDir(folder, ".", func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".en.yaml") {
				return err
			}
			text, err := fs.ReadFile(folder, path)
			if err != nil {
				return err
			}
			messages := map[string]any{}
			if err := yaml.Unmarshal(text, &messages); err != nil {
				return err
			}
			for id, message := range messages {
				if plain, ok := message.(string); ok && numbered.MatchString(plain) && id != "procedure.of_met" { // whose word is the same for one
					t.Errorf("%s: %s has no plural forms", path, id)
				}
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
}
