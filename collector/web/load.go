package web

import (
	"context"
	"fmt"
	"net/http"

	"yangguang/collector/markup"
	"yangguang/collector/online"
)

// readList asks for a list page and reads it. bytes is what was sent.
func (s *Source) readList(ctx context.Context, request ask) (read *page, bytes int64, err error) {
	text, address, bytes, err := s.load(ctx, request, s.config.Content)
	if err != nil {
		return nil, bytes, err
	}
	read, err = s.parse(text, address)
	return read, bytes, err
}

// mostRefreshes is how many pages that only lead on are gone through.
const mostRefreshes = 5

// load asks for a page and decodes it. A page that only leads on by <meta http-equiv=refresh> is left for the one it leads to, as
// a browser does. address is where the text came from in the end.
func (s *Source) load(ctx context.Context, request ask, content Content) (text, address string, bytes int64, err error) {
	asking := online.Request{
		Method: request.method, URL: request.address, Header: request.header, Body: request.body,
		Reads: true, Keep: request.method == http.MethodGet,
	}
	for led := 0; ; led++ {
		answer, err := s.network.Fetch(ctx, asking)
		bytes += answer.Bytes
		if err != nil {
			return "", "", bytes, err
		}
		text, err = markup.Decode(answer.Body, answer.Header.Get("Content-Type"), content.Encoding)
		if err != nil {
			return "", "", bytes, err
		}
		to := ""
		if !content.isJSON() {
			to = Refresh(text, answer.URL)
		}
		if to == "" {
			return text, answer.URL, bytes, nil
		}
		if led == mostRefreshes {
			return "", "", bytes, fmt.Errorf("more than %d pages lead on by meta refresh, the last to %s", mostRefreshes, to)
		}
		asking.Method, asking.Body, asking.URL, asking.LedFrom = http.MethodGet, nil, to, answer.URL
	}
}

// isGone reports whether the site says that there is no such page.
func isGone(err error) bool {
	status, ok := online.StatusOf(err)
	return ok && (status == http.StatusNotFound || status == http.StatusGone)
}
