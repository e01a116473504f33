package main

import (
	"context"

	"yangguang/queries/clickhouse"
	"yangguang/queries/registry"
	"yangguang/queries/storage"
)

// watchStorage looks again and again whether the database holds all that was written to it. One that is whole again is begun with as at a start.
func (a *application) watchStorage(ctx context.Context) {
	if found := a.store.Complete(); found != nil {
		a.logger.ErrorContext(ctx, "everything is unverified", "error", found)
	}
	storage.Watch(ctx, a.store, func(found *clickhouse.IncompleteError) {
		if found != nil {
			a.logger.ErrorContext(ctx, "everything is unverified", "error", found)
			return
		}
		a.logger.WarnContext(ctx, "the database is whole again")
		err := a.prepareStore(ctx)
		if err == nil {
			err = a.loadRegistry(ctx, a.problems)
		}
		if err != nil && ctx.Err() == nil {
			a.logger.ErrorContext(ctx, "the registry could not be loaded into the database that is whole again", "error", err)
		}
	})
}

// ready reports whether the database answers and has a registry.
func (a *application) ready(ctx context.Context) error {
	if err := a.store.Whole(ctx); err != nil {
		return err
	}
	_, err := registry.AssessmentInForce(ctx, a.store)
	return err
}
