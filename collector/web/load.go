package web

import (
	"context"
	"net/http"

	"yangguang/collector/online"
)

// readList asks for a list page and reads it. bytes is what was sent.
func (s *Source) readList(ctx context.Context, request ask) (read *page, bytes int64, err error) {
	text, address, bytes, err := s.load(ctx, request, s.config.Encoding)
	if err != nil {
		return nil, bytes, err
	}
	read, err = s.parse(text, address)
	return read, bytes, err
}

// load asks for a page and decodes it. address is where it came from in the end.
func (s *Source) load(ctx context.Context, request ask, encoding string) (text, address string, bytes int64, err error) {
	answer, err := s.network.Fetch(ctx, online.Request{
		Method: request.method, URL: request.address, Header: request.header, Body: request.body,
		Reads: true, Keep: request.method == http.MethodGet,
	})
	if err != nil {
		return "", "", 0, err
	}
	text, err = decode(answer.Body, answer.Header.Get("Content-Type"), encoding)
	return text, answer.URL, answer.Bytes, err
}

// isGone tells whether the site says that there is no such page.
func isGone(err error) bool {
	status, ok := online.StatusOf(err)
	return ok && (status == http.StatusNotFound || status == http.StatusGone)
}
