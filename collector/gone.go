package collector

import (
	"context"
	"log/slog"
	"maps"
	"slices"

	"yangguang/queries/records"
)

// Asking is a source that can ask a record's own address whether the record is gone (SPEC §3).
type Asking interface {
	Gone(ctx context.Context, address string) (bool, error)
}

// mostAsked bounds how many addresses are asked in one collection; two looks without a record withdraw the others too.
const mostAsked = 20

// gone lists the records of a complete source that were there at the last look and whose own address says that they are gone. It says so only
// where the address of a record that is still listed answers: a site may answer every reader of its articles with 404.
func (c *Collector) gone(ctx context.Context, collection *records.Collection, source Source) (ids []string, err error) {
	asking, ok := source.(Asking)
	if !ok || !source.Complete() {
		return nil, nil
	}
	missing, err := collection.Missing(ctx, mostAsked)
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(missing)) {
		gone, err := asking.Gone(ctx, missing[id])
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil { // then it is not known
			c.options.Logger.LogAttrs(ctx, slog.LevelInfo, "whether a record is gone cannot be found out", slog.String("record", id), slog.Any("error", err))
		}
		if gone {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	listed, err := collection.Listed(ctx)
	if err != nil || listed == "" {
		return nil, err
	}
	if refused, err := asking.Gone(ctx, listed); refused || err != nil {
		c.options.Logger.LogAttrs(ctx, slog.LevelInfo, "the address of a record that is still listed does not answer either, so no record is taken for gone",
			slog.String("address", listed), slog.Any("error", err))
		return nil, ctx.Err()
	}
	return ids, nil
}
