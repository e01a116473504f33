package main

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"os"

	"github.com/prometheus/exporter-toolkit/web"
	"go.yaml.in/yaml/v3"
)

// webConfigFile is the key web_config: the file of TLS and users that Prometheus and its exporters have in common; empty: neither.
type webConfigFile string

// check reads the file, its certificates too.
func (f webConfigFile) check() error {
	if f == "" {
		return nil
	}
	if err := web.Validate(string(f)); err != nil {
		return userMistake(fmt.Errorf("web_config: %s: %w", f, err))
	}
	return nil
}

// listen opens the address to serve on. One that other machines reach needs users, or to be told that something else keeps others out.
func (c *config) listen() (net.Listener, error) {
	if err := cmp.Or(c.WebConfig.check(), c.checkAsks(), c.checkRoles(), c.checkSignIn()); err != nil {
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
	return nil, errors.Join(userMistake(err), listener.Close())
}

// listen opens the address that is for everyone.
func (p publicConfig) listen() (net.Listener, error) {
	if err := p.WebConfig.check(); err != nil {
		return nil, err
	}
	return listenOn(p.Listen, "choose another address in public.listen")
}

func listenOn(address, otherwise string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, userMistake(fmt.Errorf("listen: %w; %s", err, otherwise))
	}
	return listener, nil
}

// scheme begins the addresses of the pages.
func (f webConfigFile) scheme() string {
	var config struct {
		TLS map[string]any `yaml:"tls_server_config"`
	}
	if content, err := os.ReadFile(string(f)); f != "" && err == nil && yaml.Unmarshal(content, &config) == nil && config.TLS != nil {
		return "https"
	}
	return "http"
}
