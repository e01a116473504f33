package serve

import (
	"crypto/tls"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"yangguang/cmd/yangguang/filetest"
	"yangguang/cmd/yangguang/programtest"
)

// web_config gives TLS and users to pages, exports and metrics alike.
func TestSignIn(t *testing.T) {
	p := programtest.New(t)
	authority := filetest.Certificate(t, p.Directory)
	hash, err := bcrypt.GenerateFromPassword([]byte("sesame"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(p.Directory, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("web.yml", "tls_server_config: {cert_file: cert.pem, key_file: key.pem}\nbasic_auth_users: {reader: "+string(hash)+"}\n")
	config, err := os.ReadFile(filepath.Join(p.Directory, "yangguang.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	write("yangguang.yaml", "web_config: web.yml\n"+string(config))
	s := p.Start(t, "serves", "serve", "--config", "yangguang.yaml", "--listen", "0.0.0.0:0")
	_, port, err := net.SplitHostPort(strings.TrimPrefix(s.Address, "https://"))
	if err != nil {
		t.Fatalf("%s: %v", s.Address, err)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authority}}}
	for _, path := range []string{"/", "/metrics", "/export/ranking.csv", "/-/ready"} {
		for user, want := range map[string]int{"": http.StatusUnauthorized, "stranger": http.StatusUnauthorized, "reader": http.StatusOK} {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://127.0.0.1:"+port+path, nil)
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
			if answer.StatusCode != want {
				t.Errorf("%s as %q: status %d, want %d", path, user, answer.StatusCode, want)
			}
		}
	}
	s.End()

	write("web.yml", "basic_auth_user: {reader: x}\n")
	if _, problems, status := p.Run(t, "check", "--config", "yangguang.yaml"); status != 2 || !strings.Contains(problems, "web.yml") || !strings.Contains(problems, "basic_auth_user") {
		t.Errorf("a mistake in web_config: status %d: %s", status, problems)
	}
}

// A web_config by which nobody is asked who he is is refused, also on loopback; check says so too.
func TestWebConfigWithoutUsers(t *testing.T) {
	p := programtest.New(t)
	filetest.Certificate(t, p.Directory)
	config, err := os.ReadFile(filepath.Join(p.Directory, "yangguang.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	filetest.Write(t, filepath.Join(p.Directory, "yangguang.yaml"), "web_config: web.yml\n"+string(config))
	for name, text := range map[string]string{
		"empty": "", "a comment": "# nobody\n", "no users": "basic_auth_users: {}\n", "TLS alone": "tls_server_config: {cert_file: cert.pem, key_file: key.pem}\n",
		"certificates that may be left out": "tls_server_config: {cert_file: cert.pem, key_file: key.pem, client_ca_file: cert.pem, client_auth_type: VerifyClientCertIfGiven}\n",
	} {
		t.Run(name, func(t *testing.T) {
			filetest.Write(t, filepath.Join(p.Directory, "web.yml"), text)
			for _, command := range [][]string{{"serve", "--config", "yangguang.yaml", "--listen", "127.0.0.1:0"}, {"check", "--config", "yangguang.yaml"}} {
				if _, problems, status := p.Run(t, command...); status != 2 || !strings.Contains(problems, "web.yml names no user") || !strings.Contains(problems, "guarded: true") {
					t.Errorf("%s: status %d: %s", command[0], status, problems)
				}
			}
		})
	}
	s := p.Start(t, "serves", "serve", "--config", "yangguang.yaml", "--listen", "127.0.0.1:0", "--guarded")
	s.End()
}

// An address that others reach is not served without users unless that is said.
func TestListenOnOtherAddresses(t *testing.T) {
	p := programtest.New(t)
	_, problems, status := p.Run(t, "serve", "--config", "yangguang.yaml", "--listen", "0.0.0.0:0")
	if status != 2 || !strings.Contains(problems, "web_config") || !strings.Contains(problems, "guarded: true") {
		t.Errorf("status %d: %s", status, problems)
	}
	s := p.Start(t, "serves", "serve", "--config", "yangguang.yaml", "--listen", "0.0.0.0:0", "--guarded")
	s.End()
}
