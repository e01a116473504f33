package application

import (
	"context"
	"sync/atomic"

	"yangguang/queries/clickhouse"
	"yangguang/queries/records"
)

// keptPages is the memory of pages in the database, once that is open; before, and in a trial, nothing is kept.
type keptPages struct {
	store atomic.Pointer[clickhouse.Store]
}

// Page is fetch.Memory.
func (k *keptPages) Page(ctx context.Context, address string) (records.Page, bool, error) {
	if store := k.store.Load(); store != nil {
		return records.Pages{Store: store}.Page(ctx, address)
	}
	return records.Page{}, false, nil
}

// KeepPage is fetch.Memory.
func (k *keptPages) KeepPage(ctx context.Context, page records.Page) error {
	if store := k.store.Load(); store != nil {
		return records.Pages{Store: store}.KeepPage(ctx, page)
	}
	return nil
}
