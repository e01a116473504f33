package dashboard_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yangguang/dashboard"
	"yangguang/dashboard/export"
	"yangguang/queries"
)

// crawler asks every address that a site answers: what its table of routes says, what its pages lead to, and what parameters make of both.
type crawler struct {
	handler http.Handler
	next    []string
	seen    map[string]bool
	kinds   map[string]int // how many of a kind were asked: one of many units' pages is like the others
	heads   map[string]int // likewise by HEAD, which a handler answers as GET without the body
	visit   func(address, how string, answer *httptest.ResponseRecorder, text string)
}

// alike is how many addresses of a kind are asked.
const alike = 2

// narrowing are the parameters of a question, which every page and export has.
var narrowing = []string{"from", "to", "as_of", "known_at", "group", "within", "unit", "scope", "programme", "focus"}

// add plans an address.
func (c *crawler) add(address string) {
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(address, "/") || strings.HasPrefix(u.Path, "/static/") || c.seen[address] {
		return
	}
	c.seen[address] = true
	query := u.Query()
	names := make([]string, 0, len(query))
	for name := range query {
		if name != "lang" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	kind := u.Path
	if slices.ContainsFunc(names, func(name string) bool { return slices.Contains(narrowing, name) }) {
		kind = "" // the same on every page, and each costs all its questions again
	}
	for _, many := range []string{"/unit/", "/proof/", "/sources/", "/sites/"} {
		if strings.HasPrefix(u.Path, many) {
			kind = many
		}
	}
	kind += "?" + strings.Join(names, "&") + query.Get("export")
	if c.kinds[kind]++; c.kinds[kind] <= alike {
		c.next = append(c.next, address)
	}
}

var (
	anyReference = regexp.MustCompile(`(?:href|src|action)="([^"]*)"`)
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
		if c.heads[strings.Split(address, "?")[0]]++; c.heads[strings.Split(address, "?")[0]] <= alike {
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
		u, _ := url.Parse(address)
		if u.RawQuery == "" {
			for _, found := range panelID.FindAllStringSubmatch(page, -1) {
				for _, format := range export.Formats() {
					c.add(u.Path + "?export=" + found[1] + "." + format)
				}
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
	patterns, err := dashboard.Patterns(dashboard.Options{Society: true, Export: http.NotFoundHandler()})
	if err != nil {
		t.Fatal(err)
	}
	asked, open := 0, map[string]bool{}
	c := crawler{handler: society, seen: map[string]bool{}, kinds: map[string]int{}, heads: map[string]int{}}
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
	addresses := addressesOf(patterns, map[string][]string{
		"group": queries.Codes("group"), "id": {"O1", "T1", "V1"}, "source": {"台账", "网站/公示", "读不到的台账"}, "record": {"open", "title", "opened", "web"},
	})
	for _, report := range queries.Reports() {
		for _, format := range export.Formats() {
			addresses = append(addresses, "/export/"+report.Name+"."+format)
		}
	}
	before := url.QueryEscape(d.before.Format(time.RFC3339Nano))
	for _, address := range addresses {
		for _, parameters := range []string{"", "lang=en", "known_at=" + before, "version=1", "sort=-unit", "search=OPEN"} {
			c.add(strings.TrimSuffix(address+"?"+parameters, "?"))
		}
		c.next = append(c.next, address+"?lang=en&known_at="+before) // of every address, by what was known before
	}
	c.run()
	t.Logf("asked %d times", asked)
	if asked < 300 || len(open) < 4 || slices.Contains([]bool{open["OPENalways"], open["OPENtitle"], open["OPENopened"], open["OPENweb"]}, false) {
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
	for name, id := range d.ids {
		for _, rest := range []string{"", "?version=1", "?known_at=" + before, "?lang=en", "/content", "/content?version=1", "?export=versions.csv"} {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				if got, want := said(method, "台账", id, rest), said(method, "台账", unknown, rest); got != want {
					t.Errorf("%s, %s %s: a guess is told apart:\n%s\n%s", name, method, rest, got, want)
				}
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
	remembered, err := queries.Remember(d.store, 500)
	if err != nil {
		t.Fatal(err)
	}
	all := site(t, d.store, remembered, d.secretOptions)
	before := url.QueryEscape(d.before.Format(time.RFC3339Nano))
	var texts strings.Builder
	for _, address := range []string{
		"/", "/sources", "/methodology", "/supervision", "/sites/T1", "/unit/O1", "/procedure", "/evidence", "/placement", "/proof/台账/title", "/proof/网站%2F公示/web",
		"/export/records.csv", "/export/records.csv?known_at=" + before, "/export/rejects.csv", "/export/notices.csv", "/export/exemptions.csv", "/export/inspections.csv", "/export/sources.csv",
	} {
		_, _, text := get(t, all, address)
		texts.WriteString(text)
	}
	for _, word := range strings.Fields("party noscope overexposed corrected catalogue withdrawn title opened village rejected reject folder path content webreject nobody reason approver notice problem inspector state id1 id7") {
		if !strings.Contains(texts.String(), "S3CR3T"+word) {
			t.Errorf("nobody can see the secret %s, so that withholding it proves nothing", word)
		}
	}
}
