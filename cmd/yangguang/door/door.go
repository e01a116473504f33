// Package door is who may come in at the addresses that are served: users and TLS of web_config, sign-in, roles.
package door

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/prometheus/exporter-toolkit/web"
	"go.yaml.in/yaml/v3"
	"golang.org/x/crypto/bcrypt"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/dashboard/access"
	"yangguang/dashboard/signin"
)

// credentials are what web_config asks of who comes in.
type credentials struct {
	users        map[string]string // bcrypt hashes of passwords, by name
	certificates bool              // the TLS connection must show a certificate that one of client_ca has signed
}

// credentialsOfFile reads what the file asks of who comes in. exporter-toolkit has checked, or will check, the rest of it.
func credentialsOfFile(f config.WebConfigFile) (asked credentials, content []byte, err error) {
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
func checkAsks(c *config.Config) error {
	if c.WebConfig == "" || c.Guarded || c.OIDC != nil {
		return nil
	}
	asked, _, err := credentialsOfFile(c.WebConfig)
	if err != nil {
		return terminal.Mistake(err)
	}
	if asked.none() {
		return terminal.Mistake(fmt.Errorf("web_config: %s names no user, so that everyone would come in: give basic_auth_users (or client_auth_type: "+
			"RequireAndVerifyClientCert), or say guarded: true (--guarded) if a reverse proxy or the network keeps others out", c.WebConfig))
	}
	return nil
}

// Keeper keeps an address from being opened, or closed, by a change of web_config: when the file names no user any more, or is broken, the last
// one stays in force, its users, certificates and headers.
type Keeper struct {
	File   config.WebConfigFile
	served *servedCopy // what exporter-toolkit reads; nil without a file
	logger *slog.Logger
	SignIn *signin.SignIn                // asks whoever web_config does not let in; nil: nobody signs in
	Roles  func(name string) access.User // of whom it lets in; nil: nobody may do more than read

	mutex   sync.Mutex
	seen    []byte      // the file's content at the last look
	content []byte      // in force
	inForce credentials // the last that asked something; none: everybody may come in
	fault   error       // what is wrong with the file at present
	proven  map[[sha256.Size]byte]bool
}

// New begins with the file as it is. Close it when nothing is served any more.
func New(file config.WebConfigFile, logger *slog.Logger) (d *Keeper, err error) {
	d = &Keeper{File: file, logger: logger, proven: map[[sha256.Size]byte]bool{}}
	if file == "" {
		return d, nil
	}
	if d.served, err = newServedCopy(); err != nil {
		return nil, err
	}
	d.look()
	if d.content == nil { // it has been broken since it was checked
		return nil, errors.Join(d.fault, d.Close())
	}
	return d, nil
}

// Close ends what exporter-toolkit reads.
func (d *Keeper) Close() error {
	if d.served == nil {
		return nil
	}
	return d.served.close()
}

// Flags are how exporter-toolkit is told of the file.
func (d *Keeper) Flags() *web.FlagConfig {
	path := ""
	if d.served != nil {
		path = d.served.path()
	}
	return &web.FlagConfig{WebConfigFile: &path}
}

// Guard lets those in whom the credentials in force let in.
func (d *Keeper) Guard(site http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.look()
		if d.SignIn != nil {
			d.guardBySignIn(site, w, r)
			return
		}
		if d.File != "" && !d.admits(r) {
			w.Header().Set("WWW-Authenticate", "Basic")
			http.Error(w, http.StatusText(http.StatusUnauthorized), http.StatusUnauthorized)
			return
		}
		site.ServeHTTP(w, r.WithContext(access.With(r.Context(), d.userOf(r))))
	})
}

// guardBySignIn lets in whoever is signed in, and users of web_config who give their password.
func (d *Keeper) guardBySignIn(site http.Handler, w http.ResponseWriter, r *http.Request) {
	if d.SignIn.Serves(r) {
		d.SignIn.ServeHTTP(w, r)
		return
	}
	user, in := d.SignIn.User(r)
	if _, _, password := r.BasicAuth(); password && d.hasUsers() && d.admits(r) {
		user, in = d.userOf(r), true
	}
	if !in {
		d.SignIn.Ask(w, r)
		return
	}
	site.ServeHTTP(w, r.WithContext(access.With(r.Context(), user)))
}

// hasUsers tells whether web_config names users.
func (d *Keeper) hasUsers() bool {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return len(d.inForce.users) > 0
}

// userOf is who sends a request that was let in. Only a name whose password was asked for is known.
func (d *Keeper) userOf(r *http.Request) access.User {
	if d.Roles == nil {
		return access.User{}
	}
	name := ""
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if len(d.inForce.users) > 0 {
		name, _, _ = r.BasicAuth()
	}
	return d.Roles(name)
}

// look reads the file if it has changed.
func (d *Keeper) look() {
	if d.File == "" {
		return
	}
	asked, content, err := credentialsOfFile(d.File)
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if content != nil && d.seen != nil && bytes.Equal(content, d.seen) {
		return
	}
	if err == nil && asked.none() && !d.inForce.none() {
		err = fmt.Errorf("web_config: %s names no user any more", d.File)
	}
	if err == nil {
		if err = d.served.replace(content, filepath.Dir(string(d.File))); err != nil {
			err = fmt.Errorf("web_config: %s: %w", d.File, err)
		}
	}
	d.seen = content
	if err == nil {
		d.content, d.inForce, d.fault = content, asked, nil
		clear(d.proven)
		return
	}
	if d.content != nil && (d.fault == nil || d.fault.Error() != err.Error()) {
		d.logger.Error("the changed web_config is refused; the last users stay in force", "error", err)
	}
	d.fault = err
}

// Failing is what is wrong with the file at present; nil: nothing.
func (d *Keeper) Failing() error {
	d.look()
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.fault
}

// nobody is the hash that is compared where a name is not known, so that the time taken does not tell which names are.
const nobody = "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi"

// mostProven bounds how many names with their passwords are remembered.
const mostProven = 1000

// admits reports whether a request shows what is asked. A password costs time to check, and is remembered.
func (d *Keeper) admits(r *http.Request) bool {
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
	name, password, given := r.BasicAuth()
	if !given {
		return false
	}
	hash, known := d.inForce.users[name]
	if !known {
		hash = nobody
	}
	key := sha256.Sum256([]byte(strings.Join([]string{name, hash, password}, "\x00")))
	if right, checked := d.proven[key]; checked {
		return right
	}
	if len(d.proven) >= mostProven {
		clear(d.proven)
	}
	right := bcrypt.CompareHashAndPassword([]byte(hash), []byte(password)) == nil && known
	d.proven[key] = right
	return right
}
