package fetch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"

	"yangguang/collector/online"
	"yangguang/queries"
)

func (f *Fetcher) httpRequest(ctx context.Context, request online.Request, kept *queries.Page) (*http.Request, error) {
	method := request.Method
	if method == "" {
		method = http.MethodGet
	}
	asking, err := http.NewRequestWithContext(ctx, method, request.URL, bytes.NewReader(request.Body))
	if err != nil {
		return nil, fmt.Errorf("make the request: %w", err)
	}
	for name, values := range request.Header {
		asking.Header[name] = values
	}
	if asking.Header.Get("User-Agent") == "" {
		asking.Header.Set("User-Agent", f.options.UserAgent)
	}
	if kept != nil && kept.ETag != "" {
		asking.Header.Set("If-None-Match", kept.ETag)
	}
	if kept != nil && kept.LastModified != "" {
		asking.Header.Set("If-Modified-Since", kept.LastModified)
	}
	return asking, nil
}

// read reads a body to its end, but no more than allowed: what a small answer unpacks to may be large.
func (f *Fetcher) read(response *http.Response) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, f.options.MaxBody+1))
	if err != nil {
		return nil, fmt.Errorf("read the page: %w", err)
	}
	if int64(len(body)) > f.options.MaxBody {
		return nil, &RefusedError{response.Request.URL.Redacted(), fmt.Sprintf("the page has more than %d bytes", f.options.MaxBody)}
	}
	return body, nil
}

// remembered is what is kept of a page that may be asked for conditionally; nil where there is nothing.
func (f *Fetcher) remembered(ctx context.Context, request online.Request) (*queries.Page, error) {
	if f.options.Memory == nil || !request.Keep || isPost(request) {
		return nil, nil
	}
	page, found, err := f.options.Memory.Page(ctx, pageKey(request))
	if err != nil || !found {
		return nil, err
	}
	return &page, nil
}

// pageKey names what was asked without telling secrets that an address or a header may hold.
func pageKey(request online.Request) string {
	asked := sha256.New()
	fmt.Fprintf(asked, "%q", request.URL)
	for _, name := range slices.Sorted(maps.Keys(request.Header)) {
		fmt.Fprintf(asked, " %q %q", name, request.Header[name])
	}
	return hex.EncodeToString(asked.Sum(nil))
}

// remember keeps a page that says how it can be asked for conditionally.
func (f *Fetcher) remember(ctx context.Context, request online.Request, answer online.Answer) error {
	page := queries.Page{
		Address: pageKey(request), FinalURL: answer.URL, ETag: answer.Header.Get("ETag"), LastModified: answer.Header.Get("Last-Modified"),
		ContentType: answer.Header.Get("Content-Type"), Body: string(answer.Body),
	}
	if f.options.Memory == nil || !request.Keep || isPost(request) || page.ETag == "" && page.LastModified == "" {
		return nil
	}
	return f.options.Memory.KeepPage(ctx, page)
}

func isPost(request online.Request) bool { return request.Method == http.MethodPost }
