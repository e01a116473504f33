package engine_test

import (
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"

	"yangguang/queries/clickhouse/engine"
)

func TestOtherUsersAreKeptOut(t *testing.T) {
	running := start(t, engine.Options{NativePort: true})
	options := running.Options()
	execute(t, options, "CREATE DATABASE yangguang ENGINE = Atomic", "CREATE TABLE yangguang.kept (x Int32) ENGINE = MergeTree ORDER BY x")
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	address := "http://" + options.Addr[0]
	for _, test := range []struct {
		name   string
		path   string
		change func(*http.Request)
		status int
	}{
		{"no token", "/?query=SELECT+1", func(*http.Request) {}, http.StatusNotFound},
		{"no token but the password", "/?query=SELECT+1", func(r *http.Request) { r.SetBasicAuth(options.Auth.Username, options.Auth.Password) }, http.StatusNotFound},
		{"wrong token", "/?query=SELECT+1", func(r *http.Request) { r.Header.Set("X-Yangguang-Token", "guess") }, http.StatusNotFound},
		{"ping", "/ping", func(*http.Request) {}, http.StatusNotFound},
		{"play page", "/play", func(*http.Request) {}, http.StatusNotFound},
		{"token but wrong password", "/?query=SELECT+1", func(r *http.Request) {
			withToken(r, options)
			r.SetBasicAuth(options.Auth.Username, "guess")
		}, http.StatusForbidden},
		{"token and the built-in user", "/?query=SELECT+*+FROM+yangguang.kept", func(r *http.Request) { withToken(r, options) }, http.StatusInternalServerError},
		{"token and password", "/?query=SELECT+1", func(r *http.Request) {
			withToken(r, options)
			r.SetBasicAuth(options.Auth.Username, options.Auth.Password)
		}, http.StatusOK},
	} {
		t.Run(test.name, func(t *testing.T) {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+test.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			test.change(request)
			response, err := client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			body, err := io.ReadAll(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			if response.StatusCode != test.status {
				t.Errorf("answered %d, want %d: %s", response.StatusCode, test.status, body)
			}
		})
	}
	t.Run("native port and the built-in user", func(t *testing.T) {
		native := running.NativeOptions()
		native.Auth = clickhouse.Auth{Username: "default"}
		conn := open(t, native)
		for _, statement := range []string{"SELECT * FROM yangguang.kept", "CREATE DATABASE yangguang_mine ENGINE = Atomic", "SELECT * FROM file('/etc/hostname', 'LineAsString')"} {
			if err := conn.Exec(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "Not enough privileges") {
				t.Errorf("%s gave %v, want a refusal", statement, err)
			}
		}
	})
	t.Run("our user and other databases", func(t *testing.T) {
		conn := open(t, running.Options())
		for _, statement := range []string{"CREATE DATABASE other ENGINE = Atomic", "SELECT * FROM file('/etc/hostname', 'LineAsString')", "SELECT * FROM url('http://127.0.0.1/', 'LineAsString')"} {
			if err := conn.Exec(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "Not enough privileges") {
				t.Errorf("%s gave %v, want a refusal", statement, err)
			}
		}
	})
}

func withToken(request *http.Request, options *clickhouse.Options) {
	for name, value := range options.HttpHeaders {
		request.Header.Set(name, value)
	}
}

func TestGarbageDoesNotEndTheEngine(t *testing.T) {
	running := start(t, engine.Options{NativePort: true})
	process := running.Process()
	random := rand.NewChaCha8([32]byte{7})
	for _, address := range []string{running.Options().Addr[0], running.NativeOptions().Addr[0]} {
		for i := range 100 {
			garbage := make([]byte, 1+i*7)
			if _, err := random.Read(garbage); err != nil {
				t.Fatal(err)
			}
			for _, sent := range []string{string(garbage), "POST /?query=" + string(garbage), "POST / HTTP/1.1\r\nContent-Length: 99999\r\n\r\n" + string(garbage), "GET / HTTP/1.1\r\nX-Yangguang-Token: " + running.Options().HttpHeaders["X-Yangguang-Token"] + "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"} {
				conn, err := net.Dial("tcp", address)
				if err != nil {
					t.Fatal(err)
				}
				_, _ = io.WriteString(conn, sent) // the engine may hang up first
				_ = conn.Close()
			}
		}
	}
	if got := number(t, running.Options(), "SELECT toInt64(7)"); got != 7 {
		t.Errorf("answered %d, want 7", got)
	}
	if running.Process() != process {
		t.Error("the engine was started again")
	}
}
