package sources

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yangguang/cmd/yangguang/programtest"
)

// account is the platform's interface with one official account: publications, newest first, each of several articles.
type account struct {
	*httptest.Server
	lock         sync.Mutex // guards the following
	publications []publication
	tokens       int
	failures     []int // error codes of the next pages; 0 is none, -500 a connection that breaks
	offsets      []int
}

type publication struct {
	id       string
	created  time.Time
	articles []string // titles; one that was deleted begins with "-"
}

// Words that must not be found anywhere.
const (
	appSecret   = "qZ7vSecretOfTheAccount"
	tokenPrefix = "xK9wTokenOfTheAccount"
)

func newAccount(t *testing.T) *account {
	a := &account{}
	a.Server = httptest.NewServer(a)
	t.Cleanup(a.Close)
	return a
}

func (a *account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.lock.Lock()
	defer a.lock.Unlock()
	answer := func(value map[string]any) { _ = json.NewEncoder(w).Encode(value) }
	var asked struct {
		Secret string `json:"secret"`
		ID     string `json:"appid"`
		Offset int    `json:"offset"`
		Count  int    `json:"count"`
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || r.Method != http.MethodPost {
		answer(map[string]any{"errcode": 47001, "errmsg": "data format error"})
		return
	}
	if r.URL.Path == "/cgi-bin/stable_token" {
		if asked.Secret != appSecret || asked.ID != "wx1" {
			answer(map[string]any{"errcode": 40125, "errmsg": "invalid appsecret"})
			return
		}
		a.tokens++
		answer(map[string]any{"access_token": fmt.Sprint(tokenPrefix, a.tokens), "expires_in": 7200})
		return
	}
	code := 0
	if len(a.failures) > 0 {
		code, a.failures = a.failures[0], a.failures[1:]
	}
	switch {
	case r.URL.Path != "/cgi-bin/freepublish/batchget":
		http.NotFound(w, r)
	case code == -500:
		panic(http.ErrAbortHandler)
	case code != 0:
		answer(map[string]any{"errcode": code, "errmsg": "of the test"})
	case r.URL.Query().Get("access_token") != fmt.Sprint(tokenPrefix, a.tokens):
		answer(map[string]any{"errcode": 40001, "errmsg": "invalid credential"})
	case asked.Count < 1 || asked.Count > 20:
		answer(map[string]any{"errcode": 40007, "errmsg": "count"})
	default:
		a.offsets = append(a.offsets, asked.Offset)
		answer(a.page(asked.Offset, asked.Count))
	}
}

func (a *account) page(offset, count int) map[string]any {
	items := []any{}
	for _, p := range a.publications[min(offset, len(a.publications)):min(offset+count, len(a.publications))] {
		var articles []any
		for i, title := range p.articles {
			deleted := strings.HasPrefix(title, "-")
			articles = append(articles, map[string]any{"title": strings.TrimPrefix(title, "-"), "url": fmt.Sprintf("%s/s/%s-%d", a.URL, p.id, i+1), "is_deleted": deleted})
		}
		items = append(items, map[string]any{"article_id": p.id, "update_time": p.created.AddDate(0, 1, 0).Unix(), "content": map[string]any{
			"news_item": articles, "create_time": p.created.Unix(), "update_time": p.created.AddDate(0, 1, 0).Unix(),
		}})
	}
	return map[string]any{"total_count": 1, "item_count": len(items), "item": items} // the total lies
}

// meet changes what the next calls meet, and returns how many tokens were given and which pages since the last time.
func (a *account) meet(change func(), failures ...int) (tokens int, offsets []int) {
	a.lock.Lock()
	defer a.lock.Unlock()
	tokens, offsets = a.tokens, a.offsets
	a.tokens, a.offsets, a.failures = 0, nil, failures
	if change != nil {
		change()
	}
	return tokens, offsets
}

func TestOfficialAccount(t *testing.T) {
	t.Setenv("YANGGUANG_TEST_WECHAT_SECRET", appSecret)
	a := newAccount(t)
	for i := range 45 { // three pages
		created := time.Date(2026, 4, 9, 16, 30, 0, 0, time.UTC).Add(-time.Duration(i) * time.Hour) // 10 April in Shanghai
		a.publications = append(a.publications, publication{fmt.Sprintf("p%02d", i), created, []string{fmt.Sprintf("东镇第%02d期党费公示", i), fmt.Sprintf("西镇第%02d期党费公示", i)}})
	}
	a.publications[3].articles[1] = "-西镇删除于前的党费公示"
	p := programtest.New(t)
	configure := func(variable string) {
		p.Configure(t, a.Server, loopback+"  - {name: 公众号, kind: wechat, covers: {tiers: town, items: A1}, base: SITE, app_id: wx1, secret: {env: "+variable+"}, titles: [{match: '^(?P<unit>.镇)', item: A1}]}\n")
	}
	configure("YANGGUANG_TEST_WECHAT_SECRET")
	var said []string
	collect := func(name string, wantStatus, wantTokens int, wantOffsets []int, parts ...string) {
		t.Helper()
		told, problems, status := p.Run(t, "collect", "--config", "yangguang.yaml")
		said = append(said, told, problems)
		tokens, offsets := a.meet(nil)
		if status != wantStatus || tokens != wantTokens || !slices.Equal(offsets, wantOffsets) {
			t.Errorf("%s: status %d, %d tokens, pages at %v; want %d, %d, %v", name, status, tokens, offsets, wantStatus, wantTokens, wantOffsets)
		}
		t.Log(name)
		expectLine(t, told, "公众号: ", parts...)
	}
	all := []int{0, 20, 40, 45}

	tried, problems, status := p.Run(t, "try", "公众号", "--config", "yangguang.yaml", "--limit", "0")
	if said = append(said, tried, problems); status != 0 || !strings.Contains(tried, "is_deleted") || !strings.Contains(tried, "东镇第44期党费公示") {
		t.Errorf("try ended with %d and said\n%s%s", status, tried, problems)
	}
	a.meet(nil, 0, 42001)
	collect("a token that expires before the second page", 0, 2, all, "read 89, new 89, changed 0, unchanged 0, rejected 0")
	records := p.Export(t, "records")
	expectLine(t, records, "p00#1,", ",T1,", "A1", "东镇第00期党费公示", "2026-04-10", "wechat_account", "/s/p00-1")
	expectLine(t, records, "p00#2,", ",T2,", "西镇第00期党费公示")
	if strings.Contains(records, "删除于前") {
		t.Error("an article that was deleted before it was ever collected left a record")
	}
	collect("again", 0, 1, all, "read 89, new 0, changed 0, unchanged 89, rejected 0")
	a.meet(func() { a.publications[5].articles[0] = "-" + a.publications[5].articles[0] }, 40001)
	collect("a token that is not valid, and an article deleted", 0, 2, slices.Concat(all, all), // read again: it might have slipped to another page
		"read 88, new 0, changed 0, unchanged 88, rejected 0") // gone is what a look of another day has not got either
	a.meet(nil, 0, 45009)
	collect("the quota is used up", 1, 1, []int{0}, "unchanged 38,", "FAILED: ", "offset 20: errcode 45009", "quota")
	expectLine(t, p.Export(t, "sources"), "公众号,wechat,", ",failed,", "errcode 45009")
	a.meet(nil, 40001, 40001)
	collect("a token that stays invalid", 1, 2, nil, "FAILED: ", "offset 0: errcode 40001")
	a.meet(nil, 0, -500, -500)
	collect("a connection that breaks", 1, 1, []int{0}, "FAILED: ", "offset 20: fetch: ")
	t.Setenv("YANGGUANG_TEST_WECHAT_WRONG", appSecret+"Wrong")
	configure("YANGGUANG_TEST_WECHAT_WRONG")
	collect("another secret", 1, 0, nil, "FAILED: ", "errcode 40125")
	for _, report := range []string{"records", "rejects", "sources"} {
		said = append(said, p.Export(t, report))
	}
	for _, word := range []string{appSecret, tokenPrefix} {
		for _, text := range said {
			if strings.Contains(text, word) {
				t.Errorf("%q is told:\n%s", word, text)
			}
		}
		if files := filesWith(t, p, word); len(files) > 0 {
			t.Errorf("%q stands in %v", word, files)
		}
	}
	if len(filesWith(t, p, "东镇第00期党费公示")) == 0 {
		t.Error("a title is not found in the database, so that secrets would not be found either")
	}
}

// filesWith are the files of the data directory, logs too, that have a text in them.
func filesWith(t *testing.T, p programtest.Program, text string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(p.Directory, "data"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if strings.Contains(string(content), text) {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
