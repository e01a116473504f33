package fetch

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"syscall"
	"time"
)

// check looks at an address that is about to be connected to.
type check = func(ctx context.Context, network, address string, _ syscall.RawConn) error

// dialing makes connections.
type dialing struct {
	dialer  *net.Dialer
	roots   *x509.CertPool // nil: this machine's
	issuers *issuers
	plain   *http.Client // for issuers' certificates, which are fetched without TLS
}

// newClient follows no redirects by itself. Proxies of the environment are not used: what they connect to could not be looked at.
func newClient(allowed check, roots *x509.CertPool, known *issuers) *http.Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second, ControlContext: allowed}
	leadsNowhere := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	d := &dialing{dialer: dialer, roots: roots, issuers: known, plain: &http.Client{
		CheckRedirect: leadsNowhere, Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10},
	}}
	return &http.Client{
		CheckRedirect: leadsNowhere,
		Transport: &http.Transport{
			DialContext: d.dial, DialTLSContext: d.dialTLS, ForceAttemptHTTP2: true, DisableCompression: true, // readBody unpacks, and counts
			MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 64 << 10,
		},
	}
}

// dial connects without TLS.
func (d *dialing) dial(ctx context.Context, network, address string) (net.Conn, error) {
	connection, err := d.dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &tallying{Conn: connection}, nil
}

// refusePrivate looks at the address when the connection is made, so that a name that resolves to another address the second time does not
// get through.
func refusePrivate(_ context.Context, _, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil || !isPublic(target.Addr()) {
		return &RefusedError{Address: address, Reason: "it is a private address; network.allow_private lets it be asked"}
	}
	return nil
}

// isPublic tells addresses of the open internet from those of this machine, its network and its provider, and from those that lead there by way
// of IPv6.
func isPublic(address netip.Addr) bool {
	address = address.Unmap()
	return address.IsGlobalUnicast() && !address.IsPrivate() &&
		!slices.ContainsFunc(reserved(), func(prefix netip.Prefix) bool { return prefix.Contains(address) })
}

// reserved are the ranges of the special-purpose registries (RFC 6890) that netip does not know.
func reserved() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
		netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("::/96"),
		netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"),
	}
}
