package door

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"os"

	"github.com/prometheus/exporter-toolkit/web"
	"go.yaml.in/yaml/v3"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
)

// checkFile reads the file, its certificates too.
func checkFile(f config.WebConfigFile) error {
	if f == "" {
		return nil
	}
	if err := web.Validate(string(f)); err != nil {
		return terminal.Mistake(fmt.Errorf("web_config: %s: %w", f, err))
	}
	return nil
}

// Check says what is wrong with who may come in at the address to serve on.
func Check(c *config.Config) error {
	return cmp.Or(checkFile(c.WebConfig), checkAsks(c), checkRoles(c), checkSignIn(c))
}

// Listen opens the address to serve on. One that other machines reach needs users, or to be told that something else keeps others out.
func Listen(c *config.Config) (net.Listener, error) {
	if err := Check(c); err != nil {
		return nil, err
	}
	listener, err := listenOn(c.Listen, "choose another address with --listen")
	if err != nil {
		return nil, err
	}
	address, known := listener.Addr().(*net.TCPAddr)
	if c.WebConfig != "" || c.OIDC != nil || c.Guarded || known && address.IP.IsLoopback() {
		return listener, nil
	}
	err = fmt.Errorf("listen: other machines can reach %s, and nobody is asked who he is: give TLS and users by web_config, a provider by oidc, or say guarded: true "+
		"(--guarded) if a reverse proxy or the network keeps others out", c.Listen)
	return nil, errors.Join(terminal.Mistake(err), listener.Close())
}

// ListenPublic opens the address that is for everyone.
func ListenPublic(p config.Public) (net.Listener, error) {
	if err := checkFile(p.WebConfig); err != nil {
		return nil, err
	}
	return listenOn(p.Listen, "choose another address in public.listen")
}

func listenOn(address, otherwise string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, terminal.Mistake(fmt.Errorf("listen: %w; %s", err, otherwise))
	}
	return listener, nil
}

// Scheme begins the addresses of the pages.
func Scheme(f config.WebConfigFile) string {
	var config struct {
		TLS map[string]any `yaml:"tls_server_config"`
	}
	if content, err := os.ReadFile(string(f)); f != "" && err == nil && yaml.Unmarshal(content, &config) == nil && config.TLS != nil {
		return "https"
	}
	return "http"
}
