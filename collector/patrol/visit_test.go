package patrol_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yangguang/collector/fetch"
	"yangguang/collector/online"
	links "yangguang/collector/patrol"
	"yangguang/queries/patrol"
)

// visit visits addresses once, each of a record of this title, and says what it came upon.
func visit(t testing.TB, reachable []string, titles map[string]string, timeout time.Duration) (map[string]patrol.Check, error) {
	t.Helper()
	fetcher := fetch.New(fetch.Options{})
	defer fetcher.Close()
	var targets []patrol.Target
	for address, title := range titles {
		targets = append(targets, patrol.Target{URL: address, Records: []patrol.Record{{Source: "web", RecordID: address, UnitID: "V1", ItemID: "G1", Title: title}}})
	}
	var mutex sync.Mutex
	came := map[string]patrol.Check{}
	_, err := links.Visit(t.Context(), links.Options{
		Network: func(string, bool) online.Network {
			return fetcher.For("patrol", fetch.Policy{RatePerSecond: 10_000, Concurrency: 4, Timeout: timeout, Retries: -1, AllowPrivate: true, Afresh: true})
		},
		Reachable: reachable,
		Note: func(_ context.Context, checks []patrol.Check) error {
			mutex.Lock()
			defer mutex.Unlock()
			for _, check := range checks {
				came[check.URL] = check
			}
			return nil
		},
	}, targets)
	return came, err
}

// serve serves what is written for each path; other paths are not found, or as "*" says.
func serve(t testing.TB, pages map[string]http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if page := pages[r.URL.RequestURI()]; page != nil {
			page(w, r)
		} else if other := pages["*"]; other != nil && r.URL.Path != "/robots.txt" {
			other(w, r)
		} else {
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, text)
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func leads(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
}

const (
	title    = "孟庙镇第三季度党费收缴情况公示"
	loginBox = `<form>用户登录 <input type="text"><input type="password"></form>`
)

// What looks like a failure and is none, and what looks like a page and is none.
func TestPagesAreTakenForWhatTheyAre(t *testing.T) {
	long := strings.Repeat("本期公示内容包括收缴人数与金额以及结余情况欢迎监督", 40)
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(`<html><head><meta charset="gbk"><title>提示信息</title></head><body>您访问的页面不存在</body></html>`)
	if err != nil {
		t.Fatal(err)
	}
	front := says("<title>孟庙镇人民政府</title><body>首页 镇情概况 政务公开 " + words("front") + "</body>")
	elsewhere := serve(t, map[string]http.HandlerFunc{"/": says(words("elsewhere"))})
	abroad := strings.Replace(elsewhere, "127.0.0.1", "localhost", 1)
	host := serve(t, map[string]http.HandlerFunc{
		"/":          front,
		"/shown":     says("<body>" + loginBox + "<h1>" + title + "</h1>" + words("a") + "</body>"),
		"/beside":    says("<body>" + loginBox + long + "</body>"),
		"/about":     says("<h1>关于清理已被删除、页面不存在的旧文件的公告</h1><p>" + words("b")),
		"/robot":     says("<body>环境异常 当前环境异常，完成验证后即可继续访问。</body>"),
		"/forbidden": status(http.StatusForbidden),
		"/unsigned":  status(http.StatusUnauthorized),
		"/abroad":    leads(abroad + "/new/1.html"),
		"/pass":      leads(abroad + "/cas/login?service=1"),
		"/english":   says("<title>Error</title><body>Sorry, page not found</body>"),
		"/gbk":       func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, gbk) },
		"/refresh":   says(`<head><meta http-equiv="refresh" content="0;url=/404.html"></head>`),
		"/404.html":  says("<body>很抱歉</body>"),
		"/folder":    leads("/folder/"),
		"/folder/":   says("<p>" + words("folder")),
		"/file": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/pdf")
			fmt.Fprint(w, "%PDF-1.4")
		},
		"/empty":       func(http.ResponseWriter, *http.Request) {},
		"/wechat":      says(`<div class="weui-msg">此内容因违规无法查看</div>`),
		"/busy":        status(http.StatusTooManyRequests),
		"/unavailable": status(http.StatusServiceUnavailable),
	})
	same := says(`<title>阳光村务</title><body><div id="app"></div><script src="/app.js"></script></body>`)
	scripted := serve(t, map[string]http.HandlerFunc{"*": same})
	framed := serve(t, map[string]http.HandlerFunc{"*": says("<body>" + words("frame") + "</body>")})
	want := map[string]patrol.Outcome{
		host + "/shown": patrol.Opens, host + "/beside": patrol.Opens, host + "/about": patrol.Opens, host + "/robot": patrol.NotKnown, host + "/forbidden": patrol.NotKnown,
		host + "/unsigned": patrol.LoginWall, host + "/abroad": patrol.NotKnown, host + "/pass": patrol.LoginWall, host + "/english": patrol.Soft404, host + "/gbk": patrol.Soft404,
		host + "/refresh": patrol.Soft404, host + "/folder": patrol.Opens, host + "/file": patrol.Opens, host + "/empty": patrol.Opens, host + "/wechat": patrol.Soft404,
		host + "/busy": patrol.NotKnown, host + "/unavailable": patrol.ServerError, host + "/": patrol.Opens,
		scripted + "/detail/1": patrol.NotKnown, scripted + "/#/detail/2": patrol.NotKnown, framed + "/a.html": patrol.NotKnown,
	}
	titles := map[string]string{}
	for address := range want {
		titles[address] = title
	}
	titles[host+"/about"] = "关于清理已被删除、页面不存在的旧文件的公告"
	came, err := visit(t, []string{host, elsewhere, framed}, titles, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	for address, outcome := range want {
		if came[address].Outcome != outcome {
			t.Errorf("%s: %s (%s), expected %s", address, came[address].Outcome, came[address].Detail, outcome)
		}
	}
}

// Where there is one host only, what it does not answer is known while it answers at another address; while it answers nowhere nothing is said.
func TestOneHost(t *testing.T) {
	stuck := func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(time.Minute):
		}
	}
	host := serve(t, map[string]http.HandlerFunc{"/": says(words("front")), "/a": says(title + words("a")), "/stuck": stuck})
	came, err := visit(t, []string{host}, map[string]string{host + "/a": title, host + "/stuck": title}, time.Second)
	if err != nil || came[host+"/a"].Outcome != patrol.Opens || came[host+"/stuck"].Outcome != patrol.TooSlow {
		t.Errorf("%v %+v", err, came)
	}
	silent := serve(t, map[string]http.HandlerFunc{"*": func(w http.ResponseWriter, _ *http.Request) {
		if connection, _, err := w.(http.Hijacker).Hijack(); err == nil {
			_ = connection.Close()
		}
	}})
	came, err = visit(t, []string{silent}, map[string]string{silent + "/a": title}, time.Second)
	if !errors.Is(err, links.ErrOwnNetwork) || len(came) != 0 {
		t.Errorf("%v %+v; expected that nothing is said", err, came)
	}
}

// Two names of one site count once; a stranger that answers for everybody is not believed.
func TestStrangerAnswersForAll(t *testing.T) {
	var hosts []string
	for range 3 {
		hosts = append(hosts, serve(t, map[string]http.HandlerFunc{"*": says("<body>" + loginBox + words("stranger") + "</body>")}))
	}
	titles := map[string]string{hosts[0] + "/a": title}
	if came, err := visit(t, hosts, titles, time.Second); !errors.Is(err, links.ErrOwnNetwork) || len(came) != 0 {
		t.Errorf("%v %+v; expected that nothing is said", err, came)
	}
	if came, err := visit(t, hosts[:2], titles, time.Second); err != nil || len(came) != 1 {
		t.Errorf("%v %+v; expected that one of two that are the same is believed", err, came)
	}
}

// BenchmarkVisit visits pages on loopback.
func BenchmarkVisit(b *testing.B) {
	titles := map[string]string{}
	var hosts []string
	for range 10 {
		host := serve(b, map[string]http.HandlerFunc{"*": func(w http.ResponseWriter, r *http.Request) {
			says("<h1>"+title+"</h1>"+words(r.Host+r.URL.Path))(w, r)
		}})
		hosts = append(hosts, host)
		for n := range 100 {
			titles[fmt.Sprintf("%s/%d.html", host, n)] = title
		}
	}
	for b.Loop() {
		if came, err := visit(b, hosts[:3], titles, 10*time.Second); err != nil || len(came) != len(titles) {
			b.Fatal(err, len(came))
		}
	}
	b.ReportMetric(float64(b.N*len(titles))/b.Elapsed().Minutes(), "addresses/min")
}
