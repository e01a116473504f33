package web

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"yangguang/dashboard/page"
)

// sameSite refuses what a page of another site makes a reader's browser send, also one that has its name point here.
func (s *server) sameSite(next http.Handler) (http.Handler, error) {
	protection := http.NewCrossOriginProtection()
	if external, err := url.Parse(s.ExternalURL); err == nil && external.Scheme != "" && external.Host != "" {
		if err := protection.AddTrustedOrigin(external.Scheme + "://" + external.Host); err != nil {
			return nil, fmt.Errorf("external_url: %w", err)
		}
	}
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, "problem.foreign_about")
	}))
	protected := protection.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.isOwnHost(r) {
			s.refuse(w, r, "problem.foreign_host")
			return
		}
		protected.ServeHTTP(w, r)
	}), nil
}

// refuse says why a form is not taken.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, about string) {
	s.fail(w, page.New(s.Options, r), &page.ProblemError{Status: http.StatusForbidden, Message: "problem.foreign", About: about})
}

// isOwnHost reports whether a request was sent to this site under a name that nobody else can give it: the host of external_url, a name of the
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
