package clickhouse_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/querytest"
	"yangguang/queries/storage"
)

func TestOpenByAddress(t *testing.T) {
	running := querytest.Engine(t)
	native, overHTTP := running.NativeOptions(), running.Options()
	// A server asks for no token: this one stands between.
	forward := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: overHTTP.Addr[0]})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range overHTTP.HttpHeaders {
			r.Header.Set(name, value)
		}
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	user := url.UserPassword(native.Auth.Username, native.Auth.Password).String()
	for _, test := range []struct{ name, address string }{
		{"native", "clickhouse://" + user + "@" + native.Addr[0] + "/yangguang_by_native"},
		{"http", strings.Replace(server.URL, "http://", "http://"+user+"@", 1) + "/yangguang_by_http"},
	} {
		t.Run(test.name, func(t *testing.T) {
			store, err := clickhouse.Open(t.Context(), clickhouse.Options{DSN: test.address})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := store.Close(); err != nil {
					t.Error(err)
				}
			})
			if err := storage.Migrate(t.Context(), store); err != nil {
				t.Fatal(err)
			}
			if want := "yangguang_by_" + test.name; store.Database() != want {
				t.Errorf("the database is %s, want %s", store.Database(), want)
			}
			if got := querytest.Number(t, store, "SELECT toInt64(count()) FROM loads"); got != 0 {
				t.Errorf("a new database has %d loads", got)
			}
			querytest.Execute(t, store, "DROP DATABASE "+store.Database())
		})
	}
}

// otherwise is the engine as another server would answer: words of questions are exchanged on the way to it.
func otherwise(t *testing.T, exchanged ...string) string {
	t.Helper()
	native, overHTTP := querytest.Engine(t).NativeOptions(), querytest.Engine(t).Options()
	forward := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: overHTTP.Addr[0]})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range overHTTP.HttpHeaders {
			r.Header.Set(name, value)
		}
		content, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		asked := strings.NewReplacer(exchanged...).Replace(string(content))
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(asked)), int64(len(asked))
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "http://", "http://"+url.UserPassword(native.Auth.Username, native.Auth.Password).String()+"@", 1)
}

func TestOldServerIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	_, err := clickhouse.Open(t.Context(), clickhouse.Options{DSN: otherwise(t, "SELECT version()", "SELECT '25.8.3.66'") + "/yangguang_on_an_old_server"})
	var old *clickhouse.TooOldError
	if !errors.As(err, &old) || err.Error() != "ClickHouse 25.8.3.66 is too old; 26.3 or later is needed" {
		t.Errorf("opening gave %v", err)
	}
	if got := querytest.Number(t, querytest.Store(t), "SELECT toInt64(count()) FROM system.databases WHERE name = 'yangguang_on_an_old_server'"); got != 0 {
		t.Error("the database was made all the same")
	}
}

func TestSettingsThatTheServerLacksAreNotSent(t *testing.T) {
	for name, test := range map[string]struct {
		exchanged []string
		set       int64
	}{
		"has it":   {nil, 1},
		"lacks it": {[]string{"SELECT name FROM system.settings", "SELECT name FROM system.settings WHERE 0 SETTINGS use_query_cache = 0 --"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			store, err := clickhouse.Open(t.Context(), clickhouse.Options{DSN: otherwise(t, test.exchanged...) + "/yangguang_settings"})
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			if got := querytest.Number(t, store, "SELECT toInt64(changed) FROM system.settings WHERE name = 'optimize_syntax_fuse_functions'"); got != test.set {
				t.Errorf("the setting is sent: %d, want %d", got, test.set)
			}
			querytest.Execute(t, store, "DROP DATABASE yangguang_settings")
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	native := querytest.Engine(t).NativeOptions()
	for _, test := range []struct {
		name, address string
		user          bool // a mistake of the user in the address itself
		want          string
	}{
		{"unknown scheme", "mysql://a:secret@127.0.0.1/x", true, "clickhouse://"},
		{"not an address", "clickhouse://a:secret@127.0.0.1:port/x", true, "clickhouse://"},
		{"bad parameter", "clickhouse://a:secret@127.0.0.1/x?dial_timeout=soon", true, "dial timeout"},
		{"nobody there", strings.Replace(closed.URL, "http://", "clickhouse://a:secret@", 1), false, "connection refused"},
		{"wrong password", "clickhouse://yangguang:secret@" + native.Addr[0], false, "Authentication failed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := clickhouse.Open(t.Context(), clickhouse.Options{DSN: test.address, Patience: 50 * time.Millisecond})
			if err == nil {
				t.Fatal("opened")
			}
			if errors.Is(err, clickhouse.ErrDSN) != test.user {
				t.Errorf("ErrDSN is %t, want %t: %v", !test.user, test.user, err)
			}
			if !containsAll(err.Error(), test.want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("the error should say %q and not the password: %v", test.want, err)
			}
		})
	}
}

func containsAll(text string, parts ...string) bool {
	for _, part := range parts {
		if !strings.Contains(text, part) {
			return false
		}
	}
	return true
}
