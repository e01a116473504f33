package clickhouse

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// failover connects to the address that answered last, the first one to begin with, or else to the next that answers. Each has its part of the
// time to connect, so that one that swallows packets leaves the others theirs.
func failover() func(context.Context, int, *clickhouse.Options, clickhouse.Dial) (clickhouse.DialResult, error) {
	var answered atomic.Int64
	return func(ctx context.Context, _ int, options *clickhouse.Options, dial clickhouse.Dial) (result clickhouse.DialResult, err error) {
		each := *options
		each.DialTimeout = options.DialTimeout / time.Duration(len(options.Addr))
		first := int(answered.Load())
		for i := range options.Addr {
			at := (first + i) % len(options.Addr)
			if result, err = dialWithin(ctx, options.Addr[at], &each, dial); err == nil {
				answered.Store(int64(at))
				return result, nil
			}
		}
		return result, err
	}
}

func dialWithin(ctx context.Context, address string, options *clickhouse.Options, dial clickhouse.Dial) (clickhouse.DialResult, error) {
	ctx, cancel := context.WithTimeout(ctx, options.DialTimeout)
	defer cancel()
	return dial(ctx, address, options)
}
