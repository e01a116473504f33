// Package signin lets readers in by an OpenID Connect provider (code flow with PKCE), and keeps who they are in a session.
package signin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/time/rate"

	"yangguang/dashboard/access"
)

// Options say whom the provider knows, and what they may do.
type Options struct {
	Issuer       string // https, or http on the loopback
	ClientID     string
	ClientSecret string        // empty: a public client
	ExternalURL  string        // where readers open the pages
	NameClaim    string        // empty: preferred_username
	RolesClaim   string        // path with dots; empty: roles
	Readers      []string      // roles that may read; none: everybody whom the provider signs in
	Clerks       []string      // roles that note what becomes of rectification notices
	Operators    []string      // roles that freeze packs and see who changed what
	Lasts        time.Duration // of a session; 0: 8 hours
	Now          func() time.Time
	Log          *slog.Logger
	Client       *http.Client // that asks the provider; nil: one of its own
}

const (
	signInPath   = "/sign-in"
	callbackPath = "/sign-in/callback"
	// SignOutPath is where readers sign out.
	SignOutPath = "/sign-out"

	underWayLasts = 10 * time.Minute // of a sign-in, from here to the provider and back
	idleLasts     = 2 * time.Hour    // of a session without a request
	askAgain      = 5 * time.Second  // how long a provider that was away is not asked
)

// SignIn answers the addresses of signing in and knows who is signed in. It asks the provider when somebody signs in, so that pages are served to those
// who are in while it is away.
type SignIn struct {
	options  Options
	seal     sealer
	cookies  cookies
	sessions *sessions
	limiter  *rate.Limiter // of what a stranger can have asked of the provider
	protect  *http.CrossOriginProtection

	mutex    sync.Mutex
	provider *oidc.Provider // nil: not found yet
	away     error          // why it was not found last
	awayAt   time.Time
}

// New checks the options. Errors are mistakes of the configuration.
func New(options Options) (*SignIn, error) {
	issuer, err := url.Parse(options.Issuer)
	if err != nil || issuer.Host == "" || issuer.Scheme != "https" && !(issuer.Scheme == "http" && isLoopback(issuer.Hostname())) {
		return nil, fmt.Errorf("oidc.issuer: %q is no address that begins with https://", options.Issuer)
	}
	external, err := url.Parse(options.ExternalURL)
	if err != nil || external.Host == "" || external.Scheme != "https" && external.Scheme != "http" {
		return nil, errors.New("oidc: external_url is needed: the provider sends readers back to it")
	}
	if options.ClientID == "" {
		return nil, errors.New("oidc.client_id is missing")
	}
	for value, instead := range map[*string]string{&options.NameClaim: "preferred_username", &options.RolesClaim: "roles"} {
		if *value == "" {
			*value = instead
		}
	}
	if options.Lasts == 0 {
		options.Lasts = 8 * time.Hour
	}
	if options.Client == nil {
		options.Client = &http.Client{Timeout: 10 * time.Second}
	}
	return &SignIn{
		options: options, seal: newSealer(), cookies: cookies{external.Scheme == "https"}, sessions: newSessions(options.Lasts, options.Now),
		limiter: rate.NewLimiter(5, 20), protect: http.NewCrossOriginProtection(),
	}, nil
}

func isLoopback(host string) bool {
	return slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, host)
}

// Serves tells whether a request is answered by ServeHTTP: those of signing in and out, which ask nobody who he is.
func (s *SignIn) Serves(r *http.Request) bool {
	return r.URL.Path == signInPath || r.URL.Path == callbackPath || r.URL.Path == SignOutPath
}

// User is who sends a request, as his session says; false: nobody who is signed in.
func (s *SignIn) User(r *http.Request) (access.User, bool) {
	var id string
	if !s.cookies.read(r, sessionCookie, s.seal, &id) {
		return access.User{}, false
	}
	return s.sessions.user(id)
}

// Ask has somebody who is not signed in do so: a page leads him there, everything else is refused.
func (s *SignIn) Ask(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet || !strings.Contains(r.Header.Get("Accept"), "text/html") {
		http.Error(w, http.StatusText(http.StatusUnauthorized), http.StatusUnauthorized)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, signInPath+"?"+url.Values{"to": {r.URL.RequestURI()}}.Encode(), http.StatusSeeOther)
}

func (s *SignIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	switch {
	case r.URL.Path == SignOutPath && r.Method == http.MethodPost:
		s.signOut(w, r)
	case r.URL.Path == SignOutPath && r.Method == http.MethodGet:
		askToSignOut(w)
	case r.URL.Path == signInPath && r.Method == http.MethodGet:
		s.begin(w, r)
	case r.URL.Path == callbackPath && r.Method == http.MethodGet:
		s.finish(w, r)
	default:
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
	}
}

// underWay is a sign-in between here and the provider, which the reader's browser holds.
type underWay struct {
	State, Nonce, Verifier, To string
	Until                      time.Time
}

// begin sends the reader to the provider.
func (s *SignIn) begin(w http.ResponseWriter, r *http.Request) {
	config, _, err := s.atProvider(r.Context())
	if err != nil {
		s.refuse(w, r, http.StatusServiceUnavailable, "登录服务暂不可用，请稍后再试。The sign-in service cannot be reached; try again later.", err)
		return
	}
	flow := underWay{rand.Text(), rand.Text(), oauth2.GenerateVerifier(), local(r.URL.Query().Get("to")), s.options.Now().Add(underWayLasts)}
	s.cookies.write(w, underWayCookie, s.seal, flow, underWayLasts)
	http.Redirect(w, r, config.AuthCodeURL(flow.State, oidc.Nonce(flow.Nonce), oauth2.S256ChallengeOption(flow.Verifier)), http.StatusSeeOther)
}

// local is an address of this site, and of no other; / without one.
func local(to string) string {
	address, err := url.Parse(to)
	if err != nil || address.IsAbs() || address.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return "/"
	}
	return to
}

// finish takes what the provider says of the reader who comes back, and lets him in. Each sign-in finishes once.
func (s *SignIn) finish(w http.ResponseWriter, r *http.Request) {
	const again = "登录未完成，请重新登录。The sign-in was not finished; begin again: /sign-in"
	var flow underWay
	known := s.cookies.read(r, underWayCookie, s.seal, &flow)
	s.cookies.clear(w, underWayCookie)
	asked := r.URL.Query()
	switch {
	case !known || s.options.Now().After(flow.Until):
		s.refuse(w, r, http.StatusBadRequest, again, errors.New("no sign-in is under way in this browser"))
		return
	case subtle.ConstantTimeCompare([]byte(asked.Get("state")), []byte(flow.State)) != 1:
		s.refuse(w, r, http.StatusBadRequest, again, errors.New("the state is another one's"))
		return
	case asked.Get("error") != "":
		s.refuse(w, r, http.StatusForbidden, again, fmt.Errorf("the provider says %q", asked.Get("error")))
		return
	case !s.sessions.first(flow.State, flow.Until):
		s.refuse(w, r, http.StatusBadRequest, again, errors.New("the state was used before"))
		return
	case !s.limiter.Allow():
		s.refuse(w, r, http.StatusTooManyRequests, again, errors.New("too many sign-ins at once"))
		return
	}
	user, err := s.redeem(r.Context(), asked.Get("code"), flow)
	var unknown *roleError
	switch {
	case errors.As(err, &unknown):
		s.refuse(w, r, http.StatusForbidden, "您的账号没有查看权限，请联系系统管理员。Your account has no role that may read these pages.", err)
		return
	case err != nil:
		s.refuse(w, r, http.StatusForbidden, again, err)
		return
	}
	id, err := s.sessions.open(user)
	if err != nil {
		s.refuse(w, r, http.StatusServiceUnavailable, again, err)
		return
	}
	s.cookies.write(w, sessionCookie, s.seal, id, s.options.Lasts)
	http.Redirect(w, r, flow.To, http.StatusSeeOther)
}

// redeem has the provider say who the reader is: the token must be of this provider, for this client, in time, signed, and of this sign-in.
func (s *SignIn) redeem(ctx context.Context, code string, flow underWay) (user access.User, err error) {
	config, provider, err := s.atProvider(ctx)
	if err != nil {
		return user, err
	}
	ctx = oidc.ClientContext(ctx, s.options.Client)
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(flow.Verifier))
	if err != nil {
		return user, fmt.Errorf("exchange the code: %w", err)
	}
	written, is := token.Extra("id_token").(string)
	if !is {
		return user, errors.New("the provider gives no id_token")
	}
	proven, err := provider.Verifier(&oidc.Config{ClientID: s.options.ClientID, Now: s.options.Now}).Verify(ctx, written)
	if err != nil {
		return user, fmt.Errorf("verify the id_token: %w", err)
	}
	if subtle.ConstantTimeCompare([]byte(proven.Nonce), []byte(flow.Nonce)) != 1 {
		return user, errors.New("the id_token is of another sign-in")
	}
	var claims map[string]any
	if err := proven.Claims(&claims); err != nil {
		return user, fmt.Errorf("read the id_token: %w", err)
	}
	return s.userOf(claims)
}

// atProvider is the provider as it describes itself, asked once it answers.
func (s *SignIn) atProvider(ctx context.Context) (*oauth2.Config, *oidc.Provider, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.provider == nil {
		if s.away != nil && time.Since(s.awayAt) < askAgain { // strangers do not have it asked without end
			return nil, nil, s.away
		}
		found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), s.options.Client), s.options.Issuer)
		if err != nil {
			s.away, s.awayAt = fmt.Errorf("find the provider: %w", err), time.Now()
			return nil, nil, s.away
		}
		s.provider = found
	}
	return &oauth2.Config{
		ClientID: s.options.ClientID, ClientSecret: s.options.ClientSecret, Endpoint: s.provider.Endpoint(),
		RedirectURL: strings.TrimRight(s.options.ExternalURL, "/") + callbackPath, Scopes: []string{oidc.ScopeOpenID, "profile"},
	}, s.provider, nil
}

// askToSignOut shows the form that signs out.
func askToSignOut(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	_, _ = io.WriteString(w, `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>退出登录</title>
<form method="post" action="`+SignOutPath+`"><button>退出登录 Sign out</button></form></html>`)
}

// signOut ends a session; only this site's own form does.
func (s *SignIn) signOut(w http.ResponseWriter, r *http.Request) {
	if err := s.protect.Check(r); err != nil {
		http.Error(w, http.StatusText(http.StatusForbidden), http.StatusForbidden)
		return
	}
	var id string
	if s.cookies.read(r, sessionCookie, s.seal, &id) {
		s.sessions.end(id)
	}
	s.cookies.clear(w, sessionCookie)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintln(w, "已退出。You are signed out: /sign-in")
}

// refuse lets nobody in and says so; why is for the log.
func (s *SignIn) refuse(w http.ResponseWriter, r *http.Request, status int, said string, why error) {
	s.options.Log.WarnContext(r.Context(), "somebody was not signed in", "client", r.RemoteAddr, "error", why)
	http.Error(w, said, status)
}
