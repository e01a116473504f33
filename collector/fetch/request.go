package fetch

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"

	"yangguang/collector/online"
	"yangguang/queries/records"
)

func (n *network) httpRequest(ctx context.Context, address *url.URL, request online.Request, kept *records.Page) (*http.Request, error) {
	asking, err := http.NewRequestWithContext(ctx, request.Method, address.String(), bytes.NewReader(request.Body))
	if err != nil {
		return nil, fmt.Errorf("make the request: %w", err)
	}
	if request.Header != nil {
		asking.Header = request.Header.Clone()
	}
	if asking.Header.Get("User-Agent") == "" {
		asking.Header.Set("User-Agent", n.policy.UserAgent)
	}
	if n.jar != nil {
		for _, cookie := range n.jar.Cookies(address) {
			asking.AddCookie(cookie)
		}
	}
	asking.Header.Set("Accept-Encoding", "gzip, deflate") // what readBody unpacks, whatever a source has copied from a browser
	if kept != nil && kept.ETag != "" {
		asking.Header.Set("If-None-Match", kept.ETag)
	}
	if kept != nil && kept.LastModified != "" {
		asking.Header.Set("If-Modified-Since", kept.LastModified)
	}
	return asking, nil
}
