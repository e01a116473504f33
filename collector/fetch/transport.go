package fetch

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"syscall"
	"time"
)

// transport connects only to public addresses unless told otherwise. The address is looked at when the connection is made, so that a name
// that resolves to another address the second time does not get through. Proxies of the environment are not used for the same reason.
func transport(options Options) *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	if !options.AllowPrivate {
		dialer.Control = func(_, address string, _ syscall.RawConn) error {
			target, err := netip.ParseAddrPort(address)
			if err != nil || !isPublic(target.Addr()) {
				return &RefusedError{address, "it is a private address; network.allow_private lets it be asked"}
			}
			return nil
		}
	}
	return &http.Transport{
		DialContext: dialer.DialContext, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: options.Concurrency, IdleConnTimeout: time.Minute,
		TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: options.Timeout, MaxResponseHeaderBytes: 64 << 10,
	}
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

// mostRedirects is how many redirects are followed for one page.
const mostRedirects = 5

// mayRedirect follows redirects to the page's own host and to allowed ones; another host does not see the headers, which may hold secrets.
func (f *Fetcher) mayRedirect(next *http.Request, before []*http.Request) error {
	if len(before) > mostRedirects {
		return &RefusedError{next.URL.Redacted(), fmt.Sprintf("more than %d redirects", mostRedirects)}
	}
	if next.URL.Host != before[0].URL.Host && next.URL.Hostname() != before[0].URL.Hostname() && !slices.Contains(f.options.AllowHosts, next.URL.Hostname()) {
		return &RefusedError{next.URL.Redacted(), "the page redirects to another host; network.allow_hosts lets it be followed"}
	}
	if next.URL.Host != before[0].URL.Host {
		next.Header = http.Header{"User-Agent": {f.options.UserAgent}}
	}
	return nil
}
