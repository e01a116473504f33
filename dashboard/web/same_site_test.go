package web

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"yangguang/dashboard/page"
)

func TestIsOwnHost(t *testing.T) {
	local := &net.TCPAddr{IP: net.IPv4(192, 168, 1, 5), Port: 8080}
	for _, test := range []struct {
		name, external, host string
		local                net.Addr
		want                 bool
	}{
		{"localhost", "", "localhost:8080", nil, true},
		{"localhost as browsers also have it", "", "Yangguang.localhost:8080", nil, true},
		{"loopback", "", "127.0.0.1:8080", nil, true},
		{"loopback without a port", "", "127.0.0.1", nil, true},
		{"loopback, IPv6", "", "[::1]:8080", nil, true},
		{"external_url", "https://sun.example/", "sun.example", nil, true},
		{"external_url with a port, in capitals", "https://sun.example:8443/", "SUN.example:8443", nil, true},
		{"behind a proxy that has its own port", "https://sun.example/", "sun.example:8080", nil, true},
		{"the address of the connection", "", "192.168.1.5:8080", local, true},
		{"another address", "", "192.168.1.6:8080", local, false},
		{"an address when the connection's is unknown", "", "192.168.1.5:8080", nil, false},
		{"a name that somebody points here", "", "evil.example:8080", local, false},
		{"one beside external_url", "https://sun.example/", "evil.example", local, false},
		{"one that looks like loopback", "", "127.0.0.1.evil.example", nil, false},
		{"one that looks like localhost", "", "localhost.evil.example", nil, false},
		{"one that ends like external_url", "https://sun.example/", "evil-sun.example", nil, false},
		{"none", "", "", local, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := &server{Options: page.Options{ExternalURL: test.external}}
			request := httptest.NewRequest(http.MethodPost, "/freezes", nil)
			request.Host = test.host
			if test.local != nil {
				request = request.WithContext(context.WithValue(request.Context(), http.LocalAddrContextKey, test.local))
			}
			if got := s.isOwnHost(request); got != test.want {
				t.Errorf("%q: %t", test.host, got)
			}
		})
	}
}
