package dashboard

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// isOwnHost tells whether a request was sent to this site under a name that nobody else can give it: the host of external_url, a name of the
// loopback, or the very address at which the connection came in. Any other name may be one that somebody's DNS points here while a reader's
// browser holds it for that site's (DNS rebinding), so that its Origin proves nothing.
func (s *server) isOwnHost(r *http.Request) bool {
	if external, err := url.Parse(s.ExternalURL); err == nil && external.Host != "" && strings.EqualFold(withoutPort(external.Host), withoutPort(r.Host)) {
		return true
	}
	host := strings.TrimSuffix(strings.ToLower(withoutPort(r.Host)), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	if address.IsLoopback() {
		return true
	}
	local, known := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return known && local.AddrPort().Addr().Unmap() == address.Unmap()
}

// withoutPort is a host without its port and without the brackets of IPv6.
func withoutPort(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.Trim(host, "[]")
}
