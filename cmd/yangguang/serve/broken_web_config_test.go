package serve

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/door"
	"yangguang/cmd/yangguang/filetest"
)

// A web_config that is broken while the program serves shuts nobody out, and lets nobody in: what it said before stays in force, headers and
// certificates too.
func TestBrokenWebConfigServes(t *testing.T) {
	directory := t.TempDir()
	authority := filetest.Certificate(t, directory)
	hash, err := bcrypt.GenerateFromPassword([]byte("sesame"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(directory, "web.yml")
	good := "tls_server_config: {cert_file: cert.pem, key_file: key.pem}\nhttp_server_config: {headers: {X-Frame-Options: deny}}\nbasic_auth_users: {reader: " + string(hash) + "}\n"
	filetest.Write(t, file, good)
	a := &application.Application{Logger: slog.New(slog.DiscardHandler)}
	door, err := door.New(config.WebConfigFile(file), a.Logger)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- serveSite(ctx, a, listener, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), door)
	}()
	for _, content := range []string{good, "basic_auth_users: [", "tls_server_config: {cert_file: none.pem, key_file: key.pem}", good} {
		filetest.Write(t, file, content)
		for user, want := range map[string]int{"": http.StatusUnauthorized, "stranger": http.StatusUnauthorized, "reader": http.StatusOK} {
			client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authority}, DisableKeepAlives: true}}
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://"+listener.Addr().String(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if user != "" {
				request.SetBasicAuth(user, "sesame")
			}
			answer, err := client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != want || answer.Header.Get("X-Frame-Options") != "deny" {
				t.Errorf("%q as %q: status %d, want %d; headers %v", content, user, answer.StatusCode, want, answer.Header)
			}
		}
	}
	stop()
	if err := errors.Join(<-served, door.Close()); err != nil {
		t.Error(err)
	}
}
