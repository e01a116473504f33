package wechat

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"yangguang/collector"
	"yangguang/collector/online"
	"yangguang/collector/online/onlinetest"
	"yangguang/collector/title"
)

// account is the platform with one account on it.
type account struct {
	lock         sync.Mutex
	publications []map[string]any
	valid        string // access token
	given        int    // tokens given
	failures     []int  // error codes of the next calls of batchget
	total        int    // what total_count says
	asked        int    // calls of batchget
	shift        bool   // the topmost publication is deleted after the next page
}

const hush = "hush/+hush"

func (a *account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.lock.Lock()
	defer a.lock.Unlock()
	answer := func(value map[string]any) { json.NewEncoder(w).Encode(value) }
	var asked struct {
		Secret        string `json:"secret"`
		Offset, Count int
		Omit          int `json:"no_content"`
	}
	json.NewDecoder(r.Body).Decode(&asked)
	switch r.URL.Path {
	case "/cgi-bin/token", "/cgi-bin/stable_token":
		if asked.Secret+r.URL.Query().Get("secret") != hush {
			answer(map[string]any{"errcode": 40125, "errmsg": "invalid appsecret"})
			return
		}
		a.given++
		a.valid = fmt.Sprintf("token%d", a.given)
		answer(map[string]any{"access_token": a.valid, "expires_in": 7200})
	case "/cgi-bin/freepublish/batchget":
		a.asked++
		if r.URL.Query().Get("access_token") != a.valid {
			answer(map[string]any{"errcode": 40001, "errmsg": "invalid credential"})
			return
		}
		if len(a.failures) > 0 {
			code := a.failures[0]
			if a.failures = a.failures[1:]; code != 0 {
				answer(map[string]any{"errcode": code, "errmsg": "of the test"})
				return
			}
		}
		from := min(asked.Offset, len(a.publications))
		items := a.publications[from:min(from+asked.Count, len(a.publications))]
		answer(map[string]any{"total_count": a.total, "item_count": len(items), "item": items})
		if a.shift {
			a.shift, a.publications = false, a.publications[1:]
		}
	default:
		http.NotFound(w, r)
	}
}

// publish puts articles of these titles on top of the list; the day is in 2026, at 23:30 in Shanghai.
func (a *account) publish(id string, month time.Month, day int, titles ...string) {
	var articles []map[string]any
	for i, title := range titles {
		articles = append(articles, map[string]any{
			"title": title, "author": "办公室", "url": fmt.Sprintf("http://mp.example.org/s?mid=%s&idx=%d", id, i+1), "is_deleted": false, "show_cover_pic": 1,
		})
	}
	at := time.Date(2026, month, day, 15, 30, 0, 0, time.UTC).Unix()
	a.publications = append([]map[string]any{{
		"article_id": id, "content": map[string]any{"news_item": articles, "create_time": at, "update_time": at + 12}, "update_time": at + 12,
	}}, a.publications...)
}

// remove deletes one article.
func (a *account) remove(publication, article int) {
	content := a.publications[publication]["content"].(map[string]any)
	content["news_item"].([]map[string]any)[article]["is_deleted"] = true
}

// source is the account's source; change may alter its configuration.
func (a *account) source(t *testing.T, change func(*Config)) *Source {
	t.Helper()
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	t.Setenv("TEST_WECHAT_SECRET", hush)
	config := Config{
		Config: online.Config{
			Name: "account", Kind: Kind, Covers: collector.Coverage{All: true},
			Titles: []title.Rule{{Match: title.Patterns{`(?P<unit>..镇)`}, Item: "G2"}},
		},
		AppID: "wx1", Secret: online.Secret{Env: "TEST_WECHAT_SECRET"}, Base: server.URL + "/",
	}
	if change != nil {
		change(&config)
	}
	source, err := New(config, t.TempDir(), onlinetest.Network{Client: server.Client()})
	if err != nil {
		t.Fatal(err)
	}
	source.wait = time.Millisecond
	return source
}
