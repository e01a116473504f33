package api_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"yangguang/collector/api"
	"yangguang/collector/online/onlinetest"
)

// source reads a configuration as yangguang.yaml has it; SERVER in it is the server's address.
func source(t testing.TB, server *httptest.Server, text string) (*api.Source, error) {
	t.Helper()
	var config api.Config
	if err := yaml.Unmarshal([]byte(strings.ReplaceAll(text, "SERVER", server.URL)), &config); err != nil {
		return nil, err
	}
	return api.New(config, t.TempDir(), onlinetest.Network{Client: server.Client()})
}

// rows tries a source that works.
func rows(t *testing.T, server *httptest.Server, text string) []string {
	t.Helper()
	source, err := source(t, server, text)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := onlinetest.Rows(t, source)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestDataCatalogue(t *testing.T) {
	asked := []string{}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/3/action/package_search", func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.RawQuery)
		if r.URL.Query().Get("start") != "0" {
			fmt.Fprint(w, `{"success": true, "result": {"count": 10, "results": []}}`)
			return
		}
		http.ServeFile(w, r, "testdata/package_search.json")
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	got := rows(t, server, `
name: catalogue
kind: api
covers: {tiers: town}
url: SERVER/api/3/action/package_search?q=党费
rows: .result.results
only: .state == "active"
failure: if .success then empty else .error.message // "no success" end
fields:
  record_id: .id
  title: .title
  unit: .organization.title
  item: first(.tags[].name)
  published_on: .metadata_created
  uploaded_on: '[.resources[].created] | max'
  url: .resources[0].url
  period: '.["temporal_coverage-from"][0] // empty | .[:4]'
zone: UTC
paging: {style: offset, parameter: start, size: 100, size_parameter: rows}
`)
	if diff := cmp.Diff([]string{`! only: .state == "active" is not so`, "p-1 T1 G1 2026-07-02 党费收缴 2026", "p-2 T2 G1 2026-07-01 党费收缴", `! item: first(.tags[].name): cannot iterate over: null`}, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"q=%E5%85%9A%E8%B4%B9&rows=100&start=0", "q=%E5%85%9A%E8%B4%B9&rows=100&start=4"}, asked); diff != "" {
		t.Errorf("queries (-want +got):\n%s", diff)
	}
}

// list serves the numbers below 7, two a page, in every style, with a count that lies.
func list() *httptest.Server {
	answer := func(w http.ResponseWriter, from, size int, more map[string]any) {
		data := []map[string]any{}
		for i := from; i < min(from+size, 7); i++ {
			data = append(data, map[string]any{"id": json.Number(fmt.Sprintf("900719925474099%d", i)), "at": 1782921600 + i, "town": "龙城镇"})
		}
		whole := map[string]any{"count": 3, "data": data}
		for key, value := range more {
			whole[key] = value
		}
		json.NewEncoder(w).Encode(whole)
	}
	number := func(text string) int {
		n, _ := strconv.Atoi(text)
		return n
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) { answer(w, 2*number(r.FormValue("page"))-2, 2, nil) })
	mux.HandleFunc("/clamped", func(w http.ResponseWriter, r *http.Request) {
		answer(w, 2*min(number(r.FormValue("page")), 4)-2, 2, nil)
	})
	mux.HandleFunc("/missing", func(w http.ResponseWriter, r *http.Request) {
		if number(r.FormValue("page")) > 4 {
			http.NotFound(w, r)
			return
		}
		answer(w, 2*number(r.FormValue("page"))-2, 2, nil)
	})
	mux.HandleFunc("/null", func(w http.ResponseWriter, r *http.Request) {
		if number(r.FormValue("page")) > 4 {
			fmt.Fprint(w, `{"count": 70, "data": null}`)
			return
		}
		answer(w, 2*number(r.FormValue("page"))-2, 2, nil)
	})
	mux.HandleFunc("/body", func(w http.ResponseWriter, r *http.Request) {
		var asked struct{ From, Size int }
		content, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(content, &asked); err != nil || r.Method != http.MethodPost {
			http.Error(w, "not JSON", http.StatusBadRequest)
			return
		}
		answer(w, asked.From, min(asked.Size, 3), nil)
	})
	mux.HandleFunc("/cursor", func(w http.ResponseWriter, r *http.Request) {
		from := number(strings.TrimPrefix(r.FormValue("after"), "c"))
		more := map[string]any{"next": fmt.Sprintf("c%d", from+2)}
		if from+2 > 7 {
			more["next"] = nil
		}
		answer(w, from, 2, more)
	})
	mux.HandleFunc("/steady", func(w http.ResponseWriter, r *http.Request) { // the last cursor is given again
		from := number(r.FormValue("after"))
		answer(w, from, 2, map[string]any{"next": min(from+2, 8)})
	})
	mux.HandleFunc("/link", func(w http.ResponseWriter, r *http.Request) {
		from := number(r.FormValue("from"))
		if from+2 < 7 {
			w.Header().Set("Link", fmt.Sprintf(`</first>; rel="first", <?from=%d>; rel="next"`, from+2))
		}
		answer(w, from, 2, nil)
	})
	mux.HandleFunc("/abroad", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, 0, 2, map[string]any{"next": "http://198.51.100.7/list"})
	})
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) {
		from := number(r.FormValue("from"))
		answer(w, from, 1, map[string]any{"next": fmt.Sprintf("?from=%d", (from+1)%3)})
	})
	mux.HandleFunc("/broken", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("page") == "3" {
			http.Error(w, "down", http.StatusInternalServerError)
			return
		}
		answer(w, 2*number(r.FormValue("page"))-2, 2, nil)
	})
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"data": [{"id": %q, "at": 1782921600, "town": "T1"}]}`, r.FormValue("page"))
	})
	mux.HandleFunc("/secret", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer quiet" {
			http.Error(w, "no", http.StatusUnauthorized)
			return
		}
		if r.FormValue("page") != "1" {
			fmt.Fprint(w, `{"success": false, "message": "Bearer quiet is tired"}`)
			return
		}
		answer(w, 0, 2, nil)
	})
	return httptest.NewServer(mux)
}

const numbers = `
name: numbers
kind: api
covers: all
rows: .data
fixed: {item: 党费收缴}
fields: {record_id: .id, title: .town, unit: .town, published_on: .at}
`

func TestPaging(t *testing.T) {
	server := list()
	defer server.Close()
	var all []string
	for i := range 7 {
		all = append(all, fmt.Sprintf("900719925474099%d T1 G1 2026-07-02 龙城镇", i))
	}
	for _, test := range []struct {
		name, config string
		want         []string
	}{
		{"page by page until one is empty", "url: SERVER/page\npaging: {style: page, parameter: page}", all},
		{"the last page is repeated", "url: SERVER/clamped\npaging: {style: page, parameter: page}", all},
		{"behind the last page there is nothing", "url: SERVER/missing\npaging: {style: page, parameter: page, end_status: [404]}", all},
		{"behind the last page there is null", "url: SERVER/null\npaging: {style: page, parameter: page}", all},
		{"at most so many pages", "url: SERVER/page\npaging: {style: page, parameter: page, max: 2}", all[:4]},
		{"offset in a JSON body, fewer rows than asked for", "url: SERVER/body\nbody: {size: 5}\npaging: {style: offset, parameter: from, size: 5, size_parameter: size}", all},
		{"offset in a form", "url: SERVER/page\nform: {kind: a}\npaging: {style: page, parameter: page}", all},
		{"cursor", "url: SERVER/cursor\npaging: {style: cursor, parameter: after, next: .next}", all},
		{"cursor that stays at the end", "url: SERVER/steady\npaging: {style: cursor, parameter: after, next: .next}", all},
		{"Link header", "url: SERVER/link\npaging: {style: link}", all},
		{"one page", "url: SERVER/page?page=2", all[2:4]},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, rows(t, server, numbers+test.config)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFailures(t *testing.T) {
	t.Setenv("TEST_API_KEY", "Bearer quiet")
	server := list()
	defer server.Close()
	for _, test := range []struct {
		name, config string
		rows         int // that were read before
		parts        []string
	}{
		{"a page fails", "url: SERVER/broken\npaging: {style: page, parameter: page}", 4, []string{"page 3: ", "500"}},
		{"a link to another host", "url: SERVER/abroad\npaging: {style: link, next: .next}", 2, []string{"page 1: ", "leads to http://198.51.100.7"}},
		{"links in a circle", "url: SERVER/loop\npaging: {style: link, next: .next}", 3, []string{"leads back"}},
		{"a list without end", "url: SERVER/endless\npaging: {style: page, parameter: page}", 1000, []string{"has not ended after 1000 pages; set paging.max"}},
		{"a complete list that is cut off", "url: SERVER/page\ncomplete: true\npaging: {style: page, parameter: page, max: 2}", 4, []string{"has not ended after 2 pages"}},
		{"a subtree that is none", "url: SERVER/page\nwithin: T9", 0, []string{`within: "T9" is not a unit_id`}},
		{"no rows there", "url: SERVER/page?page=1\nrows: .list", 0, []string{"rows: the expression gives null"}},
		{"an empty first page", "url: SERVER/page?page=50", 0, []string{"the first page has no rows", "may_be_empty"}},
		{
			"a refusal, the secret not told", "url: SERVER/secret\nsecret_headers: {Authorization: {env: TEST_API_KEY}}\nfailure: if .success == false then .message else empty end\npaging: {style: page, parameter: page}",
			2,
			[]string{"page 2: ", "says that it failed: … is tired"},
		},
		{"a secret that is not there", "url: SERVER/secret\nsecret_headers: {Authorization: {env: TEST_API_NO_KEY}}", 0, []string{"TEST_API_NO_KEY is not set"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			config := numbers
			if strings.Contains(test.config, "rows:") {
				config = strings.Replace(config, "rows: .data\n", "", 1)
			}
			source, err := source(t, server, config+test.config)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := onlinetest.Rows(t, source)
			if len(rows) != test.rows {
				t.Errorf("%d rows were read, want %d", len(rows), test.rows)
			}
			onlinetest.Problem(t, err, test.parts...)
		})
	}
}

func TestConfiguration(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	for _, test := range []struct {
		name, config string
		parts        []string
	}{
		{"everything missing", "name: a", []string{"covers: missing", "url: \"\" is not an address", "fields are missing"}},
		{
			"expressions", "{name: a, covers: all, url: SERVER, rows: '.[', fields: {title: 'nothere', when: .at}}",
			[]string{`source "a": rows: ".[" is not a jq expression`, "fields: title", `"when" is not a field`},
		},
		{
			"paging", "{name: a, covers: all, url: SERVER, fields: {title: .t}, paging: {style: cursor, size: 3}}",
			[]string{"parameter is missing", "next is missing", "size and size_parameter go together"},
		},
		{"unknown key of paging", "{name: a, paging: {stile: page}}", []string{`unknown key "stile"`}},
		{"a secret written down", "{name: a, secret_headers: {Key: hush}}", []string{"must not stand in the configuration"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := source(t, server, test.config)
			onlinetest.Problem(t, err, test.parts...)
			if err != nil && strings.Contains(err.Error(), "hush") {
				t.Errorf("the secret is told: %v", err)
			}
		})
	}
}
