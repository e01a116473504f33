package wechat

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"yangguang/collector"
	"yangguang/collector/online"
	"yangguang/collector/online/onlinetest"
	"yangguang/queries/querytest"
)

func TestArticles(t *testing.T) {
	a := &account{total: 3}
	a.publish("p1", time.July, 1, "龙城镇发展党员公示", "新店镇发展党员公示")
	a.publish("p2", time.July, 3, "天气预报")
	a.publish("p3", time.July, 4, "龙城镇发展党员公示  (更正)")
	a.remove(2, 0)
	for _, token := range []string{"stable", "classic"} {
		t.Run(token, func(t *testing.T) {
			rows, err := onlinetest.Tried(t, a.source(t, func(c *Config) { c.Token = token }))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, row := range rows {
				if row.Record == nil {
					got = append(got, row.Place+" "+row.Reason[:6])
					continue
				}
				r := row.Record
				got = append(got, strings.Join([]string{r.RecordID, r.UnitID, r.Title, r.PublishedOn.Format(time.DateOnly), r.Channel, r.URL}, " "))
			}
			want := []string{
				"freepublish/p1#1 the ar", // shown by a trial only
				"p3#1 T1 龙城镇发展党员公示 (更正) 2026-07-04 wechat_account http://mp.example.org/s?mid=p3&idx=1",
				"freepublish/p2#1 title:",
				"p1#2 T2 新店镇发展党员公示 2026-07-01 wechat_account http://mp.example.org/s?mid=p1&idx=2",
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPagesWhateverTheCountSays(t *testing.T) {
	for _, total := range []int{0, 45, 1000} {
		a := &account{total: total}
		for i := range 45 {
			a.publish(fmt.Sprint("p", i), time.July, 1, "龙城镇发展党员公示")
		}
		rows, err := onlinetest.Rows(t, a.source(t, nil))
		if err != nil || len(rows) != 45 || a.asked != 4 {
			t.Errorf("total_count %d: %d rows with %d calls, %v; want 45 with 4", total, len(rows), a.asked, err)
		}
	}
}

func TestErrorCodes(t *testing.T) {
	for _, test := range []struct {
		name     string
		failures []int
		rows     int
		tokens   int
		parts    []string // of the error; none: it works
	}{
		{"a token that expired", []int{42001}, 25, 2, nil},
		{"a token that another program replaced", []int{0, 40001}, 25, 2, nil},
		{"a token that stays invalid", []int{40001, 40001}, 0, 2, []string{"offset 0", "errcode 40001"}},
		{"a busy platform", []int{-1, 45011, 0, -1}, 25, 1, nil},
		{"a platform that stays busy", []int{-1, -1, -1, -1, -1}, 0, 1, []string{"the platform is busy"}},
		{"the quota is used up on the second page", []int{0, 45009}, 20, 1, []string{"offset 20", "errcode 45009", "quota"}},
		{"no right", []int{48001}, 0, 1, []string{"errcode 48001", "right"}},
		{"unknown code", []int{99999}, 0, 1, []string{"errcode 99999: of the test", "list of return codes"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := &account{failures: test.failures}
			for i := range 25 {
				a.publish(fmt.Sprint("p", i), time.July, 1, "龙城镇发展党员公示")
			}
			rows, err := onlinetest.Rows(t, a.source(t, nil))
			if len(rows) != test.rows || a.given != test.tokens {
				t.Errorf("%d rows with %d tokens, want %d with %d", len(rows), a.given, test.rows, test.tokens)
			}
			if test.parts == nil && err != nil {
				t.Error(err)
			}
			if test.parts != nil {
				onlinetest.Problem(t, err, test.parts...)
			}
		})
	}
}

func TestSecrets(t *testing.T) {
	a := &account{}
	a.publish("p1", time.July, 1, "龙城镇发展党员公示")
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(hush+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name   string
		change func(*Config)
		parts  []string
	}{
		{"in a file", func(c *Config) { c.Secret = online.Secret{File: file} }, nil},
		{"in a file that is not there", func(c *Config) { c.Secret = online.Secret{File: "nowhere"} }, []string{"secret: read secret", "nowhere"}},
		{"a wrong one", func(c *Config) { c.Secret = online.Secret{Env: "HOME"} }, []string{"ask for an access token: errcode 40125"}},
		{"another server", func(c *Config) { c.Base += "elsewhere"; c.Token = "classic" }, []string{"404"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := onlinetest.Rows(t, a.source(t, test.change))
			if test.parts == nil && err != nil {
				t.Error(err)
			}
			if test.parts != nil {
				onlinetest.Problem(t, err, test.parts...)
			}
			if err != nil && strings.Contains(err.Error(), "hush") {
				t.Errorf("the secret is told: %v", err)
			}
		})
	}
}

func TestDeletedArticleIsWithdrawn(t *testing.T) {
	a := &account{}
	a.publish("p1", time.July, 1, "龙城镇发展党员公示", "新店镇发展党员公示")
	a.publish("p2", time.July, 2, "新店镇发展党员公示", "龙城镇发展党员公示")
	source := a.source(t, nil)
	options := onlinetest.Options()
	options.Store = querytest.Store(t).Store
	now := time.Date(2026, 8, 1, 1, 0, 0, 0, time.UTC)
	options.Clock = func() time.Time { return now }
	collect := func() [4]uint64 {
		t.Helper()
		summary, err := collector.Collect(t.Context(), options, source, nil)
		if err != nil {
			t.Fatal(err)
		}
		now = now.AddDate(0, 0, 1)
		return [4]uint64{summary.New, summary.Changed, summary.Unchanged, summary.Withdrawn}
	}
	var got [][4]uint64
	got = append(got, collect())
	a.remove(1, 0)
	got = append(got, collect(), collect())
	if diff := cmp.Diff([][4]uint64{{4, 0, 0, 0}, {0, 0, 3, 0}, {0, 0, 3, 1}}, got); diff != "" {
		t.Errorf("new, changed, unchanged, withdrawn (-want +got):\n%s", diff)
	}
	var withdrawn []struct {
		ID  string `ch:"record_id"`
		Day string `ch:"day"`
	}
	if err := options.Store.Conn().Select(t.Context(), &withdrawn, `SELECT record_id, toString(withdrawn_on) AS day FROM record_versions WHERE withdrawn_on IS NOT NULL`); err != nil {
		t.Fatal(err)
	}
	if len(withdrawn) != 1 || withdrawn[0].ID != "p1#1" || withdrawn[0].Day != "2026-08-02" {
		t.Errorf("withdrawn: %v, want p1#1 on 2026-08-02", withdrawn)
	}
}

// A publication that slips to the first page while the second is read is found by reading again; what is gone is not there then either.
func TestListThatShiftsWhileItIsRead(t *testing.T) {
	a := &account{}
	for i := range 21 {
		a.publish(fmt.Sprint("p", i), time.July, 1, fmt.Sprintf("龙城镇第%d批发展党员公示", i))
	}
	source := a.source(t, nil)
	options := onlinetest.Options()
	options.Store = querytest.Store(t).Store
	now := time.Date(2026, 8, 1, 1, 0, 0, 0, time.UTC)
	options.Clock = func() time.Time { return now }
	a.remove(7, 0)                                // deleted before it was ever collected: no reason to read again
	for day, want := range []uint64{20, 20, 20} { // on the third the topmost is deleted behind the first page
		a.shift = day == 2
		summary, err := collector.Collect(t.Context(), options, source, nil)
		if err != nil || summary.Read != want {
			t.Errorf("day %d: read %d, %v", day, summary.Read, err)
		}
		now = now.AddDate(0, 0, 1)
	}
	if a.asked != 3+3+2+2 {
		t.Errorf("%d pages asked for", a.asked)
	}
}

func TestConfiguration(t *testing.T) {
	for _, test := range []struct {
		name, config string
		parts        []string
	}{
		{"everything missing", "name: a", []string{"covers: missing", "app_id is missing", "secret: write {env: VARIABLE}"}},
		{"unknown words", "{name: a, covers: all, app_id: x, secret: {env: A, file: b}, token: new, base: weixin}", []string{`base: "weixin"`, `token: "new"`, "secret: write"}},
		{"a secret written down", "{name: a, secret: hush}", []string{"must not stand in the configuration"}},
		{"unknown key of the secret", "{name: a, secret: {environment: hush}}", []string{`unknown key "environment"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var config Config
			err := yaml.Unmarshal([]byte(test.config), &config)
			if err == nil {
				_, err = New(config, "", nil)
			}
			onlinetest.Problem(t, err, test.parts...)
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"item":[{"article_id":"a","content":{"news_item":[{"title":"t","url":"http:\/\/x","is_deleted":false}],"create_time":1634976306}}],"total_count":1,"item_count":1}`,
		`{"errcode":40001,"errmsg":"invalid"}`, `{}`, `{"item":[{"content":{"news_item":[1,null]}}]}`, `{"item":null,"total_count":0}`, `[`,
	} {
		f.Add([]byte(seed))
	}
	source := &Source{}
	f.Fuzz(func(t *testing.T, body []byte) {
		read, err := parse(body)
		if err != nil && len(read.Items) > 0 {
			t.Error("items of an answer that is none")
		}
		for _, published := range read.Items {
			for _, entry := range source.entries(published, nil) {
				if entry.Problem == "" && !strings.HasPrefix(entry.Fields.RecordID, published.ArticleID) {
					t.Errorf("record id %q of %q", entry.Fields.RecordID, published.ArticleID)
				}
			}
		}
	})
}
