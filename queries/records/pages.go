package records

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
)

// Page is a page of an online source as it was answered, with what asks for it conditionally.
type Page struct {
	Address      string `ch:"address"`   // names what was asked; not the address itself, which may hold secrets
	FinalURL     string `ch:"final_url"` // where redirects led; empty: nowhere else
	ETag         string `ch:"etag"`
	LastModified string `ch:"last_modified"`
	ContentType  string `ch:"content_type"`
	Link         string `ch:"link"` // header: what follows the page (RFC 8288)
	Body         string `ch:"body"`
}

// Pages are the pages that a database stores.
type Pages struct{ Store *clickhouse.Store }

// Page is the page that was stored last for an address.
func (p Pages) Page(ctx context.Context, address string) (page Page, found bool, err error) {
	var pages []Page
	err = p.Store.Conn().Select(ctx, &pages, `SELECT address, final_url, etag, last_modified, content_type, link, body FROM pages FINAL
		WHERE address = {address:String}`, clickhouse.Named("address", address))
	if err != nil {
		return Page{}, false, fmt.Errorf("look up a kept page: %w", err)
	}
	if len(pages) == 0 {
		return Page{}, false, nil
	}
	return pages[0], true, nil
}

// KeepPage stores a page in place of an earlier one of its address. Storing it twice does no harm.
func (p Pages) KeepPage(ctx context.Context, page Page) error {
	return clickhouse.Insert(ctx, p.Store, "pages", []Page{page}, func(p Page) []any {
		return []any{p.Address, p.FinalURL, p.ETag, p.LastModified, p.ContentType, p.Link, p.Body, time.Now().UTC()}
	})
}
