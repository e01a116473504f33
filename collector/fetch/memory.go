package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"yangguang/collector/online"
	"yangguang/queries/records"
)

// remembered is what is kept of a page that may be asked for conditionally; nil where there is nothing.
func (n *network) remembered(ctx context.Context, address string, request online.Request) (*records.Page, error) {
	if !n.keeps(request) {
		return nil, nil
	}
	page, found, err := n.fetcher.options.Memory.Page(ctx, pageKey(request))
	if err != nil || !found || int64(len(page.Body)) > n.policy.MaxBody {
		return nil, err
	}
	if page.FinalURL == "" {
		page.FinalURL = address
	}
	return &page, nil
}

// remember keeps a page that says how it can be asked for conditionally.
func (n *network) remember(ctx context.Context, address string, request online.Request, answer online.Answer) error {
	page := records.Page{
		Address: pageKey(request), FinalURL: answer.URL, ETag: answer.Header.Get("ETag"), LastModified: answer.Header.Get("Last-Modified"),
		ContentType: answer.Header.Get("Content-Type"), Link: strings.Join(answer.Header.Values("Link"), ", "), Body: string(answer.Body),
	}
	if page.FinalURL == address {
		page.FinalURL = "" // no word of an address that may hold secrets
	}
	if !n.keeps(request) || page.ETag == "" && page.LastModified == "" {
		return nil
	}
	return n.fetcher.options.Memory.KeepPage(ctx, page)
}

func (n *network) keeps(request online.Request) bool {
	return n.fetcher.options.Memory != nil && request.Keep && request.Method == http.MethodGet
}

// keptHeader is what a kept page was answered with, as far as it is kept: how it is written and what follows it.
func keptHeader(page *records.Page) http.Header {
	header := http.Header{}
	for name, value := range map[string]string{"Content-Type": page.ContentType, "Link": page.Link} {
		if value != "" {
			header.Set(name, value)
		}
	}
	return header
}

// pageForm is the form in which pages are kept. Those of an earlier form, without all that is needed of a page, are not found any more.
const pageForm = 2 // with Link

// pageKey names what was asked without telling secrets that an address or a header may hold.
func pageKey(request online.Request) string {
	asked := sha256.New()
	fmt.Fprintf(asked, "%d %q", pageForm, request.URL)
	for _, name := range slices.Sorted(maps.Keys(request.Header)) {
		fmt.Fprintf(asked, " %q %q", name, request.Header[name])
	}
	return hex.EncodeToString(asked.Sum(nil))
}
