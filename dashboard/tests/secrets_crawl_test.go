package tests

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/dashboard/export"
	"yangguang/dashboard/page"
	"yangguang/dashboard/web"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// crawler asks every address that a site answers: what its table of routes says, what its pages lead to, and what parameters make of both.
type crawler struct {
	handler http.Handler
	next    []string
	seen    map[string]bool
	kinds   map[string]bool // what was asked: one of many units' pages is like the others
	heads   map[string]bool // likewise by HEAD, which a handler answers as GET without the body
	panels  int             // whose exports were asked, each in the format whose turn it is: they write the same rows
	visit   func(address, how string, answer *httptest.ResponseRecorder, text string)
}

// narrowing are the parameters of a question, which every page and export has.
var narrowing = []string{"from", "to", "as_of", "known_at", "group", "within", "unit", "scope", "programme", "focus"}

// plan asks an address whatever was asked before.
func (c *crawler) plan(address string) {
	if !c.seen[address] {
		c.seen[address] = true
		c.next = append(c.next, address)
	}
}

// add plans an address if none of its kind was.
func (c *crawler) add(address string) {
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(address, "/") || strings.HasPrefix(u.Path, "/static/") || c.seen[address] {
		return
	}
	query := u.Query()
	format := path.Ext(u.Path) + path.Ext(query.Get("export"))
	kinds, narrowed := []string{family(u.Path) + "?" + query.Get("export")}, false
	for name, values := range query {
		isNarrowing := slices.Contains(narrowing, name)
		narrowed = narrowed || isNarrowing
		switch {
		case isNarrowing:
			kinds = append(kinds, "?"+name) // the same on every page, and each costs all its questions again
		case name == "lang":
			kinds = append(kinds, family(u.Path)+"?lang="+strings.Join(values, ""))
		default:
			kinds = append(kinds, family(u.Path)+"?"+name)
		}
	}
	if format != "" && narrowed {
		kinds = []string{"?" + format}
	}
	if slices.ContainsFunc(kinds, func(kind string) bool { return !c.kinds[kind] }) {
		for _, kind := range kinds {
			c.kinds[kind] = true
		}
		c.plan(address)
	}
}

// family is what addresses have in common that the same handler answers from other rows.
func family(address string) string {
	for _, many := range []string{"/ranking/", "/unit/", "/proof/", "/sources/", "/sites/"} {
		if strings.HasPrefix(address, many) {
			return many
		}
	}
	if format, isExport := strings.CutPrefix(address, "/export/"); isExport {
		return "/export/" + path.Ext(format)
	}
	return address
}

var (
	anyReference = regexp.MustCompile(`<[a-z][^<>]*\s(?:href|src|action)="([^"]*)"`)
	panelID      = regexp.MustCompile(`aria-labelledby="([a-z_]+)"`)
)

// run asks until nothing new is found; every answer is visited: compressed as a browser takes it, by HEAD, and when asked whether it has changed.
func (c *crawler) run() {
	for len(c.next) > 0 {
		address := c.next[0]
		c.next = c.next[1:]
		answer := c.ask(http.MethodGet, address, http.Header{"Accept-Encoding": {"gzip"}})
		if tag := answer.Header().Get("ETag") + answer.Header().Get("Last-Modified"); tag != "" {
			c.ask(http.MethodGet, address, http.Header{"If-None-Match": {answer.Header().Get("ETag")}, "If-Modified-Since": {answer.Header().Get("Last-Modified")}})
		}
		u, _ := url.Parse(address)
		if !c.heads[family(u.Path)] {
			c.heads[family(u.Path)] = true
			c.ask(http.MethodHead, address, nil)
		}
		if !strings.HasPrefix(answer.Header().Get("Content-Type"), "text/html") {
			continue
		}
		page := plain(answer)
		for _, found := range anyReference.FindAllStringSubmatch(page, -1) {
			address, _, _ := strings.Cut(html.UnescapeString(found[1]), "#")
			c.add(address)
		}
		if u.RawQuery == "" {
			for _, found := range panelID.FindAllStringSubmatch(page, -1) {
				c.panels++
				c.add(u.EscapedPath() + "?export=" + found[1] + "." + export.Formats()[c.panels%len(export.Formats())])
			}
		}
	}
}

func (c *crawler) ask(method, address string, header http.Header) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, address, nil)
	for name, values := range header {
		request.Header[name] = values
	}
	answer := httptest.NewRecorder()
	c.handler.ServeHTTP(answer, request)
	c.visit(address, method, answer, plain(answer))
	return answer
}

// plain is all that an answer says: its headers, and its body unpacked.
func plain(answer *httptest.ResponseRecorder) string {
	body := answer.Body.Bytes()
	if answer.Header().Get("Content-Encoding") == "gzip" {
		if reader, err := gzip.NewReader(bytes.NewReader(body)); err == nil {
			body, _ = io.ReadAll(reader)
		}
	}
	text := strings.Builder{}
	for name, values := range answer.Header() {
		if name != "Content-Disposition" { // which names the report once more, encoded
			text.WriteString(name + ": " + strings.Join(values, "\n") + "\n")
		} else if decoded, err := url.PathUnescape(strings.Join(values, "\n")); err == nil {
			text.WriteString(decoded + "\n")
		}
	}
	if archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body))); err == nil {
		for _, file := range archive.File {
			reader, err := file.Open()
			if err != nil {
				continue
			}
			content, _ := io.ReadAll(reader)
			text.WriteString(file.Name + "\n")
			text.Write(content)
		}
		return text.String()
	}
	text.Write(body)
	if decoded, err := url.PathUnescape(string(body)); err == nil && decoded != string(body) {
		text.WriteString(decoded)
	}
	return text.String()
}

// addressesOf are the addresses of a table of routes, with every value of the district in place of a wildcard.
func addressesOf(patterns []string, values map[string][]string) (addresses []string) {
	wildcard := regexp.MustCompile(`\{([a-z]+)(?:\.\.\.)?\}`)
	for _, pattern := range patterns {
		method, path, _ := strings.Cut(strings.Replace(pattern, "{$}", "", 1), " ")
		if method != http.MethodGet {
			continue
		}
		ways := []string{path}
		for _, found := range wildcard.FindAllStringSubmatch(path, -1) {
			var filled []string
			for _, way := range ways {
				for _, value := range values[found[1]] {
					filled = append(filled, strings.Replace(way, found[0], url.PathEscape(value), 1))
				}
			}
			ways = filled
		}
		addresses = append(addresses, ways...)
	}
	return addresses
}

// TestNothingSecretForEveryone walks the address for everyone over a district full of secrets and finds none of them; the address for those who
// may see all has every one.
func TestNothingSecretForEveryone(t *testing.T) {
	d := newSecretDistrict(t)
	society := d.societyOf(t)
	patterns, err := web.Patterns(page.Options{Society: true, Export: http.NotFoundHandler()})
	if err != nil {
		t.Fatal(err)
	}
	asked, open := 0, map[string]bool{}
	c := crawler{handler: society, seen: map[string]bool{}, kinds: map[string]bool{}, heads: map[string]bool{}}
	c.visit = func(address, how string, answer *httptest.ResponseRecorder, text string) {
		asked++
		for _, found := range secret.FindAllString(text, -1) {
			at := strings.Index(text, found)
			t.Errorf("%s %s says %s: …%s…", how, address, found, text[max(0, at-120):min(len(text), at+120)])
			break
		}
		for _, title := range []string{"OPENalways", "OPENtitle", "OPENopened", "OPENweb"} {
			open[title] = open[title] || strings.Contains(text, title)
		}
		if answer.Code >= http.StatusInternalServerError {
			t.Errorf("%s %s: status %d\n%.300s", how, address, answer.Code, text)
		}
	}
	before := url.QueryEscape(d.before.Format(time.RFC3339Nano))
	pages := addressesOf(patterns, map[string][]string{
		"group": model.Codes("group"), "id": {"O1", "T1", "V1"}, "source": {"台账"}, "record": {"open", "title", "opened"},
	})
	pages = append(pages, "/proof/"+url.PathEscape("网站/公示")+"/web", "/sources/"+url.PathEscape("网站/公示"), "/sources/"+url.PathEscape("读不到的台账"))
	pages = slices.DeleteFunc(pages, func(address string) bool { return address == "/sites/O1" || address == "/sites/V1" }) // which are none
	earlier := map[string]bool{}
	for _, address := range pages {
		c.plan(address)
		kind := family(address)
		switch {
		case kind == "/proof/":
			kind = address // what was known of each record differs
		case kind == "/ranking/" && address != "/ranking/all":
			continue // which has the units of the others
		}
		if !earlier[kind] {
			earlier[kind] = true
			c.plan(address + "?lang=en&known_at=" + before)
		}
	}
	for _, report := range model.Reports() {
		for i, format := range export.Formats() { // which write the same rows: those of now, with English headers, and those of before
			c.plan("/export/" + report.Name + "." + format + []string{"", "?lang=en", "?known_at=" + before}[i%3])
		}
	}
	for _, address := range append(pages, "/export/records.csv", "/export/records.json", "/export/records.xlsx") {
		for _, parameters := range []string{"lang=en", "version=1", "sort=-unit", "search=OPEN"} {
			c.add(address + "?" + parameters)
		}
	}
	c.run()
	t.Logf("asked %d times", asked)
	if asked < 150 || len(open) < 4 || slices.Contains([]bool{open["OPENalways"], open["OPENtitle"], open["OPENopened"], open["OPENweb"]}, false) {
		t.Errorf("asked %d times, found of what is for society %v", asked, open)
	}
	t.Run("guessed", func(t *testing.T) { testGuessedRecords(t, d, society) })
	t.Run("all is there to be found", func(t *testing.T) { testSecretsAreThere(t, d) })
}

// testGuessedRecords holds the answer to the id of a record that is not for society against that to an id that nobody has.
func testGuessedRecords(t *testing.T, d secretDistrict, society http.Handler) {
	const unknown = "S3CR3TidX" // as long as the others
	said := func(method, source, id, rest string) string {
		request := httptest.NewRequest(method, "/proof/"+url.PathEscape(source)+"/"+id+rest, nil)
		answer := httptest.NewRecorder()
		society.ServeHTTP(answer, request)
		if answer.Code != http.StatusNotFound {
			t.Errorf("%s %s%s: status %d", method, id, rest, answer.Code)
		}
		computed := regexp.MustCompile(`\d\d:\d\d:\d\d`)
		return computed.ReplaceAllString(strings.ReplaceAll(sortedLines(plain(answer)), id, "ID"), "")
	}
	before := url.QueryEscape(d.before.Format(time.RFC3339Nano))
	for _, guess := range []struct{ method, rest string }{
		{http.MethodGet, ""},
		{http.MethodGet, "?version=1"},
		{http.MethodGet, "?known_at=" + before},
		{http.MethodGet, "/content"},
		{http.MethodGet, "/content?version=1"},
		{http.MethodGet, "?lang=en"},
		{http.MethodGet, "?export=versions.csv"},
		{http.MethodHead, ""},
		{http.MethodHead, "/content"},
	} {
		want := said(guess.method, "台账", unknown, guess.rest)
		for name, id := range d.ids {
			if got := said(guess.method, "台账", id, guess.rest); got != want {
				t.Errorf("%s, %s %s: a guess is told apart:\n%s\n%s", name, guess.method, guess.rest, got, want)
			}
		}
	}
}

// sortedLines are the lines of a text in a fixed order: headers come in any.
func sortedLines(text string) string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// testSecretsAreThere finds every secret where everything may be seen: what is not there cannot be withheld.
func testSecretsAreThere(t *testing.T, d secretDistrict) {
	remembered, err := ask.NewCached(d.store, 500)
	if err != nil {
		t.Fatal(err)
	}
	all := site(t, d.store, remembered, d.secretOptions)
	before := url.QueryEscape(d.before.Format(time.RFC3339Nano))
	var texts strings.Builder
	for _, address := range []string{
		"/", "/sources", "/methodology", "/supervision", "/sites/T1", "/unit/O1", "/procedure", "/evidence", "/placement", "/proof/台账/title", "/proof/" + url.PathEscape("网站/公示") + "/web",
		"/export/records.csv", "/export/records.csv?known_at=" + before, "/export/rejects.csv", "/export/notices.csv", "/export/exemptions.csv", "/export/inspections.csv", "/export/sources.csv",
	} {
		_, _, text := get(t, all, address)
		texts.WriteString(text)
	}
	for _, word := range strings.Fields("party noscope overexposed corrected catalogue withdrawn title opened village rejected reject path content webreject nobody reason approver notice problem inspector state id1 id7") {
		if !strings.Contains(texts.String(), "S3CR3T"+word) {
			t.Errorf("nobody can see the secret %s, so that withholding it proves nothing", word)
		}
	}
}
