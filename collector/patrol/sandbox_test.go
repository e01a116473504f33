package patrol_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"yangguang/queries/patrol"
)

// kinds are what addresses of the sandbox do, each with what is rightly said of it.
func kinds() map[string]patrol.Outcome {
	return map[string]patrol.Outcome{
		"opens": patrol.Opens, "moved": patrol.Moved, "gone": patrol.Gone, "removed": patrol.Gone, "phrase": patrol.Soft404, "deleted": patrol.Soft404,
		"front": patrol.Soft404, "template": patrol.Soft404, "sign in": patrol.LoginWall, "form": patrol.LoginWall, "slow": patrol.TooSlow,
		"certificate": patrol.Certificate, "error": patrol.ServerError, "dead": patrol.ServerError, "robots": patrol.Robots,
	}
}

// lasting kinds are those of whole hosts, which do not change.
func lasting(kind string) bool { return kind == "certificate" || kind == "dead" || kind == "robots" }

// address is a published address, which does as its kind for a while and opens before and after.
type address struct {
	number      int
	kind        string
	url         string
	from, until time.Time // simulated
	titled      bool      // its page shows the record's title
}

func (a *address) truth(at time.Time) string {
	if lasting(a.kind) || a.kind == "moved" || !at.Before(a.from) && at.Before(a.until) {
		return a.kind
	}
	return "opens"
}

func (a *address) title() string {
	return fmt.Sprintf("关于第%d号事项办理情况的公示", a.number)
}

// sandbox is a few servers on loopback, a simulated clock, and a network that can fail.
type sandbox struct {
	t         *testing.T
	now       atomic.Int64 // simulated, milliseconds since 1970
	requests  atomic.Int64
	downFrom  atomic.Int64 // requests between the two are not answered
	downUntil atomic.Int64
	portal    atomic.Bool // what is not answered is answered by something else
	addresses map[string]*address
	hosts     []string // scheme and host of ordinary sites
	secured   []string
	dead      string
}

const shown = `<html><head><title>%s</title></head><body><nav>首页 政务公开 办事服务 互动交流 数据开放 通知公告 领导之窗</nav>%s<footer>主办 办公室 备案号</footer></body></html>`

func newSandbox(t *testing.T) *sandbox {
	s := &sandbox{t: t, addresses: map[string]*address{}}
	for i := range 9 {
		s.hosts = append(s.hosts, "http://"+s.listen(s.site(i%3 == 2), nil))
	}
	for _, certificate := range []*tls.Certificate{expired(t), selfSigned(t, "127.0.0.1"), selfSigned(t, "elsewhere.example")} {
		s.secured = append(s.secured, "https://"+s.listen(s.site(false), certificate))
	}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.dead = "http://" + closed.Addr().String()
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *sandbox) at() time.Time { return time.UnixMilli(s.now.Load()).UTC() }

// add publishes an address.
func (s *sandbox) add(number int, kind string, titled bool, from, until time.Time) *address {
	a := &address{number: number, kind: kind, titled: titled, from: from, until: until}
	host := s.hosts[number%len(s.hosts)]
	switch kind {
	case "template": // of a site that answers everything with success
		host = s.hosts[number%3*3+2]
	case "certificate":
		host = s.secured[number%len(s.secured)]
	case "dead":
		host = s.dead
	}
	folder := "/art"
	if kind == "robots" {
		folder = "/private"
	}
	a.url = fmt.Sprintf("%s%s/%d.html", host, folder, number)
	s.addresses[a.url] = a
	return a
}

// isDown reports whether our own network fails at the present request.
func (s *sandbox) isDown() bool {
	n := s.requests.Add(1)
	return n >= s.downFrom.Load() && n < s.downUntil.Load()
}

// fail lets our network fail for so many requests, after so many.
func (s *sandbox) fail(after, requests int64, portal bool) {
	s.portal.Store(portal)
	s.downFrom.Store(s.requests.Load() + after)
	s.downUntil.Store(s.requests.Load() + after + requests)
}

func (s *sandbox) listen(handler http.Handler, certificate *tls.Certificate) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ErrorLog: quiet}
	host := listener.Addr().String()
	if certificate != nil {
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{*certificate}})
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }() // closed below
	s.t.Cleanup(func() { _ = server.Close(); <-done })
	return host
}

// site is one server. soft: it answers what is not there with success, and its own pages' frame.
func (s *sandbox) site(soft bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.isDown() {
			s.interfere(w, r)
			return
		}
		scheme := "http://"
		if r.TLS != nil {
			scheme = "https://"
		}
		a := s.addresses[scheme+r.Host+r.URL.Path]
		switch {
		case a != nil:
			s.answer(w, r, a, a.truth(s.at()))
		case r.URL.Path == "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n")
		case r.URL.Path == "/":
			s.write(w, "门户网站 "+r.Host, "<p>今日要闻 本地动态 专题专栏 便民服务 政策解读 "+words(r.Host)+"</p>")
		case r.URL.Path == "/login":
			s.write(w, "统一身份认证", `<form><input name="u"><input type="password" name="p"></form>`)
		case strings.HasPrefix(r.URL.Path, "/new/"):
			s.write(w, "公示", "<p>"+words(r.URL.Path)+"</p>")
		case strings.HasPrefix(r.URL.Path, "/files/"):
			w.Header().Set("Content-Type", "application/pdf")
			fmt.Fprint(w, "%PDF-1.4 "+r.URL.Path)
		case soft:
			s.write(w, "门户网站", "<p>欢迎您访问本网站 请从上方栏目选择您要浏览的内容 如有疑问请与我们联系</p>")
		default:
			http.NotFound(w, r)
		}
	})
}

// interfere is what comes while our own network fails: nothing, or what stands in between.
func (s *sandbox) interfere(w http.ResponseWriter, r *http.Request) {
	if s.portal.Load() {
		http.Redirect(w, r, "http://portal.example/login", http.StatusFound)
		return
	}
	connection, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = connection.Close()
	}
}

func (s *sandbox) answer(w http.ResponseWriter, r *http.Request, a *address, kind string) {
	switch kind {
	case "moved":
		http.Redirect(w, r, fmt.Sprintf("/new/%d.html", a.number), http.StatusMovedPermanently)
	case "gone":
		http.NotFound(w, r)
	case "removed":
		w.WriteHeader(http.StatusGone)
	case "phrase":
		s.write(w, "提示", "<p>对不起，您访问的页面不存在，三秒后返回</p>")
	case "deleted":
		fmt.Fprint(w, `<html><body><div>该内容已被发布者删除</div></body></html>`)
	case "front":
		http.Redirect(w, r, "/", http.StatusFound)
	case "template":
		s.write(w, "门户网站", "<p>欢迎您访问本网站 请从上方栏目选择您要浏览的内容 如有疑问请与我们联系</p>")
	case "sign in":
		http.Redirect(w, r, "/login?next="+r.URL.Path, http.StatusFound)
	case "form":
		s.write(w, "内部资料", `<p>请先登录</p><form><input name="u"><input type="password" name="p"></form>`)
	case "slow":
		select {
		case <-r.Context().Done():
		case <-time.After(time.Minute):
		}
	case "error":
		http.Error(w, "unavailable", http.StatusServiceUnavailable)
	default:
		title := "信息公开"
		if a.titled {
			title = a.title()
		}
		file := ""
		if a.number%10 == 0 {
			file = fmt.Sprintf(`<a href="/files/%d.pdf">附件</a>`, a.number)
		}
		s.write(w, title, "<p>"+words(r.URL.Path)+"</p>"+file)
	}
}

func (s *sandbox) write(w http.ResponseWriter, title, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, shown, title, body)
}

// words are sentences that only this page has.
func words(of string) string {
	var text strings.Builder
	number := uint32(2166136261)
	for range 60 {
		for _, b := range []byte(of) {
			number = (number ^ uint32(b)) * 16777619
		}
		text.WriteRune(rune(0x4e00 + number%5000))
	}
	return text.String()
}

func expired(t *testing.T) *tls.Certificate {
	return issued(t, "127.0.0.1", time.Now().Add(-time.Hour))
}

func selfSigned(t *testing.T, name string) *tls.Certificate {
	return issued(t, name, time.Now().Add(time.Hour))
}

func issued(t *testing.T, name string, until time.Time) *tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: until.Add(-48 * time.Hour), NotAfter: until, DNSNames: []string{name},
	}
	if ip := net.ParseIP(name); ip != nil {
		template.DNSNames, template.IPAddresses = nil, []net.IP{ip}
	}
	encoded, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Certificate{Certificate: [][]byte{encoded}, PrivateKey: key}
}
