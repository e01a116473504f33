package main

import (
	"context"
	"sync/atomic"

	"yangguang/queries"
)

// keptPages is the memory of pages in the database, once that is open; before, and in a trial, nothing is kept.
type keptPages struct {
	store atomic.Pointer[queries.Store]
}

// Page is fetch.Memory.
func (k *keptPages) Page(ctx context.Context, address string) (queries.Page, bool, error) {
	if store := k.store.Load(); store != nil {
		return queries.Pages{Store: store}.Page(ctx, address)
	}
	return queries.Page{}, false, nil
}

// KeepPage is fetch.Memory.
func (k *keptPages) KeepPage(ctx context.Context, page queries.Page) error {
	if store := k.store.Load(); store != nil {
		return queries.Pages{Store: store}.KeepPage(ctx, page)
	}
	return nil
}
