package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"yangguang/dashboard/access"
)

// Beside a provider users of web_config come in by their passwords, with their own roles; nobody else does without a session, whatever web_config says.
func TestSignInBesideWebConfig(t *testing.T) {
	hash, err := bcrypt.GenerateFromPassword([]byte("sesame"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		webConfig string
		zhang     int // by his password
	}{
		"users":         {"basic_auth_users: {zhang: " + string(hash) + "}\n", http.StatusOK},
		"no users":      {"http_server_config: {http2: true}\n", http.StatusUnauthorized},
		"no web_config": {"", http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			c := &config{ExternalURL: "https://yangguang.example", OIDC: &oidcConfig{Issuer: "https://127.0.0.1:1", ClientID: "yangguang"}, Operators: []string{"wang"}}
			if test.webConfig != "" {
				c.WebConfig = webConfigFile(filepath.Join(t.TempDir(), "web.yml"))
				writeFile(t, string(c.WebConfig), test.webConfig)
			}
			if err := checkAsks(c); err != nil {
				t.Error(err)
			}
			door, err := newDoorkeeper(c.WebConfig, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			if door.signIn, err = newSignIn(c, slog.New(slog.DiscardHandler)); err != nil {
				t.Fatal(err)
			}
			door.roles = func(name string) access.User { return roleOf(c, name) }
			var visitor access.User
			site := door.guard(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { visitor = access.Of(r.Context()) }))
			ask := func(user, accept string) *httptest.ResponseRecorder {
				request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/unit/V1", nil)
				request.Header.Set("Accept", accept)
				if user != "" {
					request.SetBasicAuth(user, "sesame")
				}
				answer := httptest.NewRecorder()
				site.ServeHTTP(answer, request)
				return answer
			}
			if got := ask("zhang", "*/*"); got.Code != test.zhang {
				t.Errorf("zhang: status %d", got.Code)
			}
			if want := (access.User{Name: "zhang"}); test.zhang == http.StatusOK && visitor != want {
				t.Errorf("zhang is %+v", visitor)
			}
			if got := ask("stranger", "*/*"); got.Code != http.StatusUnauthorized {
				t.Errorf("a stranger: status %d", got.Code)
			}
			if got := ask("", "text/html"); got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/sign-in?to=%2Funit%2FV1" {
				t.Errorf("nobody: status %d, to %s", got.Code, got.Header().Get("Location"))
			}
			if err := door.close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// Mistakes of the section name their key; a secret is never written there.
func TestSignInMistakes(t *testing.T) {
	for name, section := range map[string]string{
		"oidc.issuer":           "{issuer: 'http://login.example', client_id: a}",
		"oidc.client_id":        "{issuer: 'https://login.example'}",
		"oidc.hours":            "{issuer: 'https://login.example', client_id: a, hours: 1000}",
		"YANGGUANG_NO_SUCH":     "{issuer: 'https://login.example', client_id: a, client_secret: {env: YANGGUANG_NO_SUCH}}",
		"must not stand in":     "{issuer: 'https://login.example', client_id: a, client_secret: secret}",
		"unknown key \"isuer\"": "{isuer: 'https://login.example', client_id: a}",
	} {
		t.Run(name, func(t *testing.T) {
			p := newProgram(t)
			p.append(t, "external_url: https://yangguang.example\noidc: "+section+"\n")
			if out, problems, status := p.run(t, "check", "--config", "yangguang.yaml"); status != 2 || !strings.Contains(out+problems, name) {
				t.Errorf("status %d: %s%s", status, out, problems)
			}
		})
	}
}
