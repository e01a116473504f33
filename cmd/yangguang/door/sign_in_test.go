package door

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/filetest"
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
			c := &config.Config{ExternalURL: "https://yangguang.example", OIDC: &config.OIDC{Issuer: "https://127.0.0.1:1", ClientID: "yangguang"}, Operators: []string{"wang"}}
			if test.webConfig != "" {
				c.WebConfig = config.WebConfigFile(filepath.Join(t.TempDir(), "web.yml"))
				filetest.Write(t, string(c.WebConfig), test.webConfig)
			}
			if err := checkAsks(c); err != nil {
				t.Error(err)
			}
			door, err := New(c.WebConfig, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			if door.SignIn, err = NewSignIn(c, slog.New(slog.DiscardHandler)); err != nil {
				t.Fatal(err)
			}
			door.Roles = func(name string) access.User { return RoleOf(c, name) }
			var visitor access.User
			site := door.Guard(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { visitor = access.Of(r.Context()) }))
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
			if err := door.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
