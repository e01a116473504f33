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
	address = address.WithZone("").Unmap()
	if !address.IsGlobalUnicast() || address.IsPrivate() || within(address, reserved()) {
		return false
	}
	return address.Is4() || within(address, allocated()) && !isTunnel(address)
}

func within(address netip.Addr, prefixes []netip.Prefix) bool {
	return slices.ContainsFunc(prefixes, func(prefix netip.Prefix) bool { return prefix.Contains(address) })
}

// allocated is what of IPv6 is given to the open internet (RFC 4291). Outside of it lie, among others, the forms that stand for an IPv4 address:
// compatible, translated (::ffff:0:0/96), and of NAT64 (64:ff9b::/96, 64:ff9b:1::/48).
func allocated() []netip.Prefix { return []netip.Prefix{netip.MustParsePrefix("2000::/3")} }

// reserved are the ranges of the special-purpose registries (RFC 6890) that netip does not know: of IPv6 those within allocated, Teredo (in 2001::/23)
// and 6to4 (2002::/16) among them.
func reserved() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
		netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"),
		netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("3fff::/20"),
	}
}

// isTunnel tells the addresses of ISATAP (RFC 5214), which end in an IPv4 address that packets are sent to.
func isTunnel(address netip.Addr) bool {
	bytes := address.As16()
	return bytes[8]&^2 == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe
}
