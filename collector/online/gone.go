package online

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// Gone asks an address whether what was shown there is gone: it then answers 404 or 410. Addresses of other hosts than those of the lists are not
// asked. An error says that it could not be found out.
func Gone(ctx context.Context, network Network, address string, lists ...string) (bool, error) {
	if !sameSite(address, lists) {
		return false, nil
	}
	_, err := network.Fetch(ctx, Request{Method: http.MethodGet, URL: address, Header: http.Header{}})
	status, answered := StatusOf(err)
	if answered && (status == http.StatusNotFound || status == http.StatusGone) {
		return true, nil
	}
	return false, err
}

// sameSite reports whether an address is on the host of one of the lists, with or without www.
func sameSite(address string, lists []string) bool {
	host := func(text string) string {
		parsed, err := url.Parse(text)
		if err != nil || parsed.Scheme != "http" && parsed.Scheme != "https" {
			return ""
		}
		return strings.TrimPrefix(strings.ToLower(parsed.Host), "www.")
	}
	for _, list := range lists {
		if own := host(address); own != "" && own == host(list) {
			return true
		}
	}
	return false
}
