package application

import (
	"context"

	"yangguang/queries/clickhouse"
	"yangguang/queries/registry"
	"yangguang/queries/storage"
)

// WatchStorage looks again and again whether the database holds all that was written to it. One that is whole again is begun with as at a start.
func (a *Application) WatchStorage(ctx context.Context) {
	if found := a.Store.Complete(); found != nil {
		a.Logger.ErrorContext(ctx, "everything is unverified", "error", found)
	}
	storage.Watch(ctx, a.Store, func(found *clickhouse.IncompleteError) {
		if found != nil {
			a.Logger.ErrorContext(ctx, "everything is unverified", "error", found)
			return
		}
		a.Logger.WarnContext(ctx, "the database is whole again")
		err := a.prepareStore(ctx)
		if err == nil {
			err = a.LoadRegistry(ctx, a.problems)
		}
		if err != nil && ctx.Err() == nil {
			a.Logger.ErrorContext(ctx, "the registry could not be loaded into the database that is whole again", "error", err)
		}
	})
}

// Ready reports whether the database answers and has a registry.
func (a *Application) Ready(ctx context.Context) error {
	if err := a.Store.Whole(ctx); err != nil {
		return err
	}
	_, err := registry.AssessmentInForce(ctx, a.Store)
	return err
}
