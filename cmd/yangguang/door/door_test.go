package door

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/filetest"
)

// Whatever becomes of web_config while the program serves, who could not come in before does not come in by that.
func TestDoorkeeper(t *testing.T) {
	hash, err := bcrypt.GenerateFromPassword([]byte("sesame"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	reader := "basic_auth_users: {reader: " + string(hash) + "}\n"
	other := "basic_auth_users: {other: " + string(hash) + "}\n"
	const certificates = "tls_server_config: {cert_file: cert.pem, key_file: key.pem, client_ca_file: cert.pem, client_auth_type: RequireAndVerifyClientCert}\n"
	for name, test := range map[string]struct {
		before, after   string
		reader, other   bool // come in after the change, with the right password
		nobody, withKey bool // without a name; with a verified certificate
		faulty          bool
	}{
		"nothing changes":                {reader, reader, true, false, false, false, false},
		"another user":                   {reader, other, false, true, false, false, false},
		"emptied":                        {reader, "", true, false, false, false, true},
		"the last user removed":          {reader, "basic_auth_users: {}\n", true, false, false, false, true},
		"TLS alone is left":              {reader, "tls_server_config: {cert_file: cert.pem, key_file: key.pem}\n", true, false, false, false, true},
		"broken":                         {reader, "basic_auth_users: [", true, false, false, false, true},
		"an unknown key":                 {reader, other + "colour: red\n", true, false, false, false, true},
		"a password that is no hash":     {reader, "basic_auth_users: {other: sesame}\n", true, false, false, false, true},
		"a certificate that is missing":  {reader, other + "tls_server_config: {cert_file: x.pem, key_file: key.pem}\n", true, false, false, false, true},
		"a certificate is asked":         {reader, certificates, false, false, false, true, false},
		"a certificate is asked no more": {certificates, "", false, false, false, true, true},
		"guarded: never any users":       {"", "# none\n", true, true, true, true, false},
		"guarded: a user is added":       {"", reader, true, false, false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "web.yml")
			filetest.Write(t, file, test.before)
			var log bytes.Buffer
			filetest.Certificate(t, filepath.Dir(file))
			d, err := New(config.WebConfigFile(file), slog.New(slog.NewTextHandler(&log, nil)))
			if err != nil {
				t.Fatal(err)
			}
			site := d.Guard(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
			asks := func(name, password string, key bool) bool {
				request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
				if name != "" {
					request.SetBasicAuth(name, password)
				}
				if key {
					request.TLS = &tls.ConnectionState{VerifiedChains: [][]*x509.Certificate{{}}}
				}
				answer := httptest.NewRecorder()
				site.ServeHTTP(answer, request)
				return answer.Code == http.StatusOK
			}
			asks("reader", "sesame", false)
			filetest.Write(t, file, test.after)
			for range 2 { // remembered, too
				for _, one := range []struct {
					what           string
					name, password string
					key, want      bool
				}{
					{"reader", "reader", "sesame", false, test.reader},
					{"other", "other", "sesame", false, test.other},
					{"nobody", "", "", false, test.nobody},
					{"who has a certificate", "", "", true, test.withKey},
					{"a wrong password", "reader", "x", false, test.nobody},
				} {
					if got := asks(one.name, one.password, one.key); got != one.want {
						t.Errorf("%s comes in: %v", one.what, got)
					}
				}
			}
			if got := d.Failing() != nil; got != test.faulty {
				t.Errorf("failing: %v", d.Failing())
			}
			if got := strings.Count(log.String(), "stay in force"); got > 1 || (got == 1) != test.faulty {
				t.Errorf("the log says:\n%s", log.String())
			}
			served, err := os.ReadFile(*d.Flags().WebConfigFile)
			if err != nil || strings.Contains(string(served), string(hash)) {
				t.Errorf("exporter-toolkit is told of the users, %v: %s", err, served)
			}
			filetest.Write(t, file, reader)
			if d.Failing() != nil || asks("", "", false) || !asks("reader", "sesame", false) {
				t.Error("a file that was mended is not in force")
			}
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
