package signin

import (
	"crypto/rand"
	"crypto/rsa"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"yangguang/dashboard/access"
)

// office is a site behind a sign-in, its provider, and a browser.
type office struct {
	*testing.T
	provider *provider
	signIn   *SignIn
	site     *httptest.Server
	browser  *http.Client
	now      time.Time
	visitor  access.User // of the last request that came in
}

func newOffice(t *testing.T, change func(*Options)) *office {
	t.Helper()
	o := &office{T: t, now: time.Now()}
	clock := func() time.Time { return o.now }
	o.provider = newProvider(t, clock)
	var handler http.Handler
	o.site = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(o.site.Close)
	options := Options{
		Issuer: o.provider.URL, ClientID: "yangguang", ClientSecret: "secret", ExternalURL: o.site.URL, RolesClaim: "realm_access.roles",
		Clerks: []string{"clerk"}, Operators: []string{"admin"}, Now: clock, Log: slog.New(slog.DiscardHandler),
	}
	if change != nil {
		change(&options)
	}
	var err error
	if o.signIn, err = New(options); err != nil {
		t.Fatal(err)
	}
	handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if o.signIn.Serves(r) {
			o.signIn.ServeHTTP(w, r)
			return
		}
		user, in := o.signIn.User(r)
		if !in {
			o.signIn.Ask(w, r)
			return
		}
		o.visitor = user
		_, _ = io.WriteString(w, "figures")
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	o.browser = &http.Client{Jar: jar}
	return o
}

// visit opens an address as a browser does, which goes wherever it is sent.
func (o *office) visit(address string) (status int, at *url.URL, body string) {
	o.Helper()
	request, err := http.NewRequestWithContext(o.Context(), http.MethodGet, address, nil)
	if err != nil {
		o.Fatal(err)
	}
	request.Header.Set("Accept", "text/html")
	response, err := o.browser.Do(request)
	if err != nil {
		o.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		o.Fatal(err)
	}
	return response.StatusCode, response.Request.URL, string(content)
}

func TestSignIn(t *testing.T) {
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	roles := func(names ...string) func(*office) {
		return func(o *office) {
			o.provider.change = func(claims map[string]any) { claims["realm_access"] = map[string]any{"roles": names} }
		}
	}
	claim := func(key string, value any) func(*office) {
		return func(o *office) { o.provider.change = func(claims map[string]any) { claims[key] = value } }
	}
	reader := access.User{Name: "zhang"}
	onlyStaff := func(o *Options) { o.Readers = []string{"staff"} }
	for name, test := range map[string]struct {
		options func(*Options)
		before  func(*office)
		in      access.User // zero: refused
	}{
		"a reader":                        {nil, nil, reader},
		"an unknown role":                 {nil, roles("cook"), reader},
		"no role":                         {nil, roles(), reader},
		"a role given as a text":          {nil, claim("realm_access", map[string]any{"roles": "admin"}), access.User{Name: "zhang", Operator: true}},
		"a clerk":                         {nil, roles("clerk", "cook"), access.User{Name: "zhang", Clerk: true}},
		"an operator":                     {nil, roles("admin"), access.User{Name: "zhang", Operator: true}},
		"both":                            {nil, roles("admin", "clerk"), access.User{Name: "zhang", Clerk: true, Operator: true}},
		"a reader, readers are named":     {onlyStaff, nil, reader},
		"a clerk, readers are named":      {onlyStaff, roles("clerk"), access.User{Name: "zhang", Clerk: true}},
		"another role, readers are named": {onlyStaff, roles("cook"), access.User{}},
		"roles of an unknown shape":       {onlyStaff, claim("realm_access", 7), access.User{}},
		"another provider's token":        {nil, claim("iss", "https://elsewhere.example"), access.User{}},
		"another client's token":          {nil, claim("aud", "elsewhere"), access.User{}},
		"an expired token":                {nil, claim("exp", time.Now().Add(-time.Hour).Unix()), access.User{}},
		"a token without an end":          {nil, claim("exp", nil), access.User{}},
		"another sign-in's token":         {nil, claim("nonce", "another"), access.User{}},
		"a token without nonce":           {nil, claim("nonce", ""), access.User{}},
		"nobody's token":                  {nil, claim("preferred_username", ""), access.User{}},
		"signed by somebody else":         {nil, func(o *office) { o.provider.signs = other }, access.User{}},
		"a wrong secret of ours":          {func(o *Options) { o.ClientSecret = "wrong" }, nil, access.User{}},
		"a provider that is away":         {nil, func(o *office) { o.provider.Close() }, access.User{}},
		"a provider of another name":      {func(o *Options) { o.Issuer = strings.Replace(o.Issuer, "127.0.0.1", "localhost", 1) }, nil, access.User{}},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, test.options)
			if test.before != nil {
				test.before(o)
			}
			status, at, body := o.visit(o.site.URL + "/unit/V1?as_of=2026-06-30")
			if in := status == http.StatusOK && body == "figures"; in != (test.in.Name != "") || o.visitor != test.in {
				t.Fatalf("in: %t as %+v; status %d\n%s", in, o.visitor, status, body)
			}
			if test.in.Name != "" && at.RequestURI() != "/unit/V1?as_of=2026-06-30" {
				t.Errorf("he arrives at %s", at)
			}
			if test.in.Name == "" {
				o.browser.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
				if status, _, body := o.visit(o.site.URL + "/"); status != http.StatusSeeOther || body == "figures" {
					t.Errorf("refused, he sees status %d: %s", status, body)
				}
			}
		})
	}
}

// What comes back to the callback counts once, in the browser that began, in time, and with its own state.
func TestCallback(t *testing.T) {
	for name, test := range map[string]func(o *office, callback string) string{
		"replayed": func(o *office, callback string) string {
			held := o.browser.Jar.Cookies(must(url.Parse(o.site.URL)))
			if status, _, body := o.visit(callback); status != http.StatusOK {
				o.Fatalf("the first time: %d %s", status, body)
			}
			o.browser.Jar, _ = cookiejar.New(nil)
			o.browser.Jar.SetCookies(must(url.Parse(o.site.URL)), held) // as somebody who has copied both
			return callback
		},
		"in another browser": func(o *office, callback string) string { o.browser.Jar, _ = cookiejar.New(nil); return callback },
		"too late": func(o *office, callback string) string {
			o.now = o.now.Add(underWayLasts + time.Second)
			return callback
		},
		"another state": func(_ *office, callback string) string {
			return strings.Replace(callback, "state=", "state=x", 1)
		},
		"no state": func(_ *office, callback string) string { return strings.Replace(callback, "state=", "other=", 1) },
		"an invented code": func(_ *office, callback string) string {
			return strings.Replace(callback, "code=", "code=x", 1)
		},
		"the provider refuses": func(_ *office, callback string) string { return callback + "&error=access_denied" },
		"a forged cookie": func(o *office, callback string) string {
			site := must(url.Parse(o.site.URL))
			for _, held := range o.browser.Jar.Cookies(site) {
				payload, _, _ := strings.Cut(held.Value, ".")
				held.Value = payload + "." + newSealer().sign(underWayCookie, payload)
				o.browser.Jar.SetCookies(site, []*http.Cookie{held})
			}
			return callback
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, nil)
			callback := ""
			o.browser.CheckRedirect = func(request *http.Request, _ []*http.Request) error {
				if request.URL.Path == callbackPath {
					callback = request.URL.String()
					return http.ErrUseLastResponse
				}
				return nil
			}
			o.visit(o.site.URL + "/")
			o.browser.CheckRedirect = nil
			if callback == "" {
				t.Fatal("the provider does not send him back")
			}
			address := test(o, callback)
			o.browser.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			if status, _, body := o.visit(address); status < http.StatusBadRequest {
				t.Errorf("status %d: %s", status, body)
			}
			if name != "replayed" && o.visitor.Name != "" {
				t.Errorf("he is in as %+v", o.visitor)
			}
		})
	}
}

func must(address *url.URL, err error) *url.URL {
	if err != nil {
		panic(err)
	}
	return address
}

// A session ends by itself, when its reader says so from this site, and when its cookie is not ours.
func TestSession(t *testing.T) {
	for name, test := range map[string]struct {
		do func(o *office)
		in bool
	}{
		"at once":       {func(*office) {}, true},
		"used all day":  {func(o *office) { o.pass(90*time.Minute, 4) }, true},
		"too long":      {func(o *office) { o.pass(90*time.Minute, 6) }, false},
		"idle":          {func(o *office) { o.now = o.now.Add(idleLasts) }, false},
		"signed out":    {func(o *office) { o.signOut("same-origin") }, false},
		"another site":  {func(o *office) { o.signOut("cross-site") }, true},
		"a new program": {func(o *office) { o.signIn.seal = newSealer() }, false},
		"the other cookie": {func(o *office) {
			payload := "IngiCg"
			o.hold(payload + "." + o.signIn.seal.sign(underWayCookie, payload))
		}, false},
		"no cookie of ours": {func(o *office) { o.hold("x.y") }, false},
		"no signature":      {func(o *office) { o.hold("IngiCg") }, false},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, nil)
			if status, _, body := o.visit(o.site.URL + "/"); status != http.StatusOK {
				t.Fatalf("status %d: %s", status, body)
			}
			test.do(o)
			o.browser.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			if status, _, _ := o.visit(o.site.URL + "/"); (status == http.StatusOK) != test.in {
				t.Errorf("in: status %d, want %t", status, test.in)
			}
		})
	}
}

// pass lets time pass, with a visit after each span.
func (o *office) pass(span time.Duration, times int) {
	o.browser.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for range times {
		o.now = o.now.Add(span)
		o.visit(o.site.URL + "/")
	}
}

func (o *office) hold(value string) {
	o.browser.Jar.SetCookies(must(url.Parse(o.site.URL)), []*http.Cookie{{Name: sessionCookie, Value: value, Path: "/"}})
}

func (o *office) signOut(from string) {
	request, err := http.NewRequestWithContext(o.Context(), http.MethodPost, o.site.URL+SignOutPath, nil)
	if err != nil {
		o.Fatal(err)
	}
	request.Header.Set("Sec-Fetch-Site", from)
	response, err := o.browser.Do(request)
	if err != nil {
		o.Fatal(err)
	}
	response.Body.Close()
}

// Cookies are kept from scripts, from other sites and, behind https, from plain connections; of one name only so many sessions go on.
func TestCookiesAndLimits(t *testing.T) {
	o := newOffice(t, nil)
	for _, external := range []string{"https://yangguang.example", "http://127.0.0.1:8080"} {
		signIn, err := New(Options{Issuer: o.provider.URL, ClientID: "yangguang", ExternalURL: external, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		response := httptest.NewRecorder()
		signIn.ServeHTTP(response, httptest.NewRequest(http.MethodGet, "/sign-in?to=//elsewhere.example", nil))
		held := response.Result().Cookies()
		secure := strings.HasPrefix(external, "https")
		if len(held) != 1 || !held[0].HttpOnly || held[0].SameSite != http.SameSiteLaxMode || held[0].Secure != secure || strings.HasPrefix(held[0].Name, "__Host-") != secure || held[0].MaxAge != 600 {
			t.Errorf("%s: cookies %v", external, held)
		}
	}
	sessions := newSessions(time.Hour, time.Now)
	first, err := sessions.open(access.User{Name: "zhang"})
	if err != nil {
		t.Fatal(err)
	}
	for range mostOfOne {
		if _, err := sessions.open(access.User{Name: "zhang"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, in := sessions.user(first); in || len(sessions.byID) != mostOfOne {
		t.Errorf("%d sessions of one", len(sessions.byID))
	}
}

func TestLocal(t *testing.T) {
	for to, want := range map[string]string{
		"/unit/V1?a=b": "/unit/V1?a=b", "": "/", "//elsewhere.example": "/", "https://elsewhere.example/": "/", `/\elsewhere.example`: "/", "unit": "/", "/%0d": "/%0d", "javascript:x": "/",
	} {
		if got := local(to); got != want {
			t.Errorf("%q leads to %q, want %q", to, got, want)
		}
	}
}

func TestMistakes(t *testing.T) {
	good := Options{Issuer: "https://login.example", ClientID: "yangguang", ExternalURL: "https://yangguang.example"}
	if _, err := New(good); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*Options){
		"issuer":       func(o *Options) { o.Issuer = "http://login.example" },
		"issuer.":      func(o *Options) { o.Issuer = "" },
		"client_id":    func(o *Options) { o.ClientID = "" },
		"external_url": func(o *Options) { o.ExternalURL = "" },
	} {
		wrong := good
		change(&wrong)
		if _, err := New(wrong); err == nil || !strings.Contains(err.Error(), strings.TrimSuffix(name, ".")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
