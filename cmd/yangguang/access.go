package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
	"golang.org/x/crypto/bcrypt"
)

// credentials are what web_config asks of who comes in.
type credentials struct {
	users        map[string]string // bcrypt hashes of passwords, by name
	certificates bool              // the TLS connection must show a certificate that one of client_ca has signed
}

// credentials reads what the file asks of who comes in. exporter-toolkit has checked, or will check, the rest of it.
func (f webConfigFile) credentials() (asked credentials, content []byte, err error) {
	if content, err = os.ReadFile(string(f)); err != nil {
		return credentials{}, nil, fmt.Errorf("web_config: %w", err)
	}
	asked, err = credentialsOf(content)
	return asked, content, err
}

func credentialsOf(content []byte) (credentials, error) {
	var written struct {
		Users map[string]string `yaml:"basic_auth_users"`
		TLS   struct {
			ClientAuth string `yaml:"client_auth_type"`
		} `yaml:"tls_server_config"`
	}
	if err := yaml.Unmarshal(content, &written); err != nil {
		return credentials{}, fmt.Errorf("web_config: %w", err)
	}
	return credentials{written.Users, written.TLS.ClientAuth == "RequireAndVerifyClientCert"}, nil
}

func (c credentials) none() bool { return len(c.users) == 0 && !c.certificates }

// checkAsks refuses a web_config by which nobody is asked who he is, unless something else keeps others out.
func (c *config) checkAsks() error {
	if c.WebConfig == "" || c.Guarded {
		return nil
	}
	asked, _, err := c.WebConfig.credentials()
	if err != nil {
		return userMistake(err)
	}
	if asked.none() {
		return userMistake(fmt.Errorf("web_config: %s names no user, so that everyone would come in: give basic_auth_users (or client_auth_type: "+
			"RequireAndVerifyClientCert), or say guarded: true (--guarded) if a reverse proxy or the network keeps others out", c.WebConfig))
	}
	return nil
}

// doorkeeper keeps the private address from being opened by a change of web_config: when the file names no user any more, the last ones stay in
// force. exporter-toolkit stands before it, reads the file for every request, and lets everyone in by one without users.
type doorkeeper struct {
	file   webConfigFile
	logger *slog.Logger

	mutex   sync.Mutex
	content []byte
	inForce credentials // the last that asked something; none: everybody may come in
	fault   error       // what is wrong with the file at present
	proven  map[[sha256.Size]byte]bool
}

func newDoorkeeper(file webConfigFile, logger *slog.Logger) *doorkeeper {
	d := &doorkeeper{file: file, logger: logger, proven: map[[sha256.Size]byte]bool{}}
	d.look()
	return d
}

// guard lets those in whom the credentials in force let in.
func (d *doorkeeper) guard(site http.Handler) http.Handler {
	if d.file == "" {
		return site
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.look()
		if !d.admits(r) {
			w.Header().Set("WWW-Authenticate", "Basic")
			http.Error(w, http.StatusText(http.StatusUnauthorized), http.StatusUnauthorized)
			return
		}
		site.ServeHTTP(w, r)
	})
}

// look reads the file if it has changed.
func (d *doorkeeper) look() {
	if d.file == "" {
		return
	}
	asked, content, err := d.file.credentials()
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if err == nil && d.content != nil && bytes.Equal(content, d.content) {
		return
	}
	if err == nil && asked.none() && !d.inForce.none() {
		err = fmt.Errorf("web_config: %s names no user any more", d.file)
	}
	switch {
	case err == nil:
		d.content, d.inForce, d.fault = content, asked, nil
		clear(d.proven)
	case d.fault == nil || d.fault.Error() != err.Error():
		d.content, d.fault = content, err
		d.logger.Error("the changed web_config is refused; the last users stay in force", "error", err)
	default:
		d.content = content
	}
}

// failing is what is wrong with the file at present; nil: nothing.
func (d *doorkeeper) failing() error {
	d.look()
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.fault
}

// mostProven bounds how many names with their passwords are remembered.
const mostProven = 1000

// admits tells whether a request shows what is asked. A password costs time to check, and is remembered.
func (d *doorkeeper) admits(r *http.Request) bool {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.inForce.none() {
		return true
	}
	if d.inForce.certificates && (r.TLS == nil || len(r.TLS.VerifiedChains) == 0) {
		return false
	}
	if len(d.inForce.users) == 0 {
		return true
	}
	name, password, _ := r.BasicAuth()
	hash, known := d.inForce.users[name]
	if !known {
		return false
	}
	key := sha256.Sum256([]byte(strings.Join([]string{name, hash, password}, "\x00")))
	if right, checked := d.proven[key]; checked {
		return right
	}
	if len(d.proven) >= mostProven {
		clear(d.proven)
	}
	right := bcrypt.CompareHashAndPassword([]byte(hash), []byte(password)) == nil
	d.proven[key] = right
	return right
}
