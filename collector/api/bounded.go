package api

import (
	"context"
	"errors"
	"runtime"
	"runtime/metrics"
	"time"
)

// What one evaluation of an expression may take: far more than any page needs, and little enough that a mistake in an expression,
// or a page made to hurt, does not take the program along.
const (
	mostTime   = 10 * time.Second
	mostMemory = 256 << 20 // bytes that the program grows by meanwhile
)

const (
	watchAfter = 20 * time.Millisecond // an evaluation that is shorter is not watched
	watchEvery = 2 * time.Millisecond
)

var (
	errTime   = errors.New("the expression takes longer than 10 s; let it give less, and end")
	errMemory = errors.New("the expression takes more than 256 MB of memory; let it give less")
)

// bounded is a context that ends, with errTime or errMemory as its cause, when what runs under it takes too much. release waits for the watcher.
func bounded(ctx context.Context) (_ context.Context, release func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	watched := make(chan struct{})
	timer := time.AfterFunc(watchAfter, func() {
		defer close(watched)
		watch(ctx, cancel)
	})
	return ctx, func() {
		cancel(nil)
		if !timer.Stop() {
			<-watched
		}
	}
}

// watch cancels when time or memory are used up; until ctx ends.
func watch(ctx context.Context, cancel context.CancelCauseFunc) {
	late := time.NewTimer(mostTime - watchAfter)
	defer late.Stop()
	look := time.NewTicker(watchEvery)
	defer look.Stop()
	most := allocated() + mostMemory
	for garbage := uint64(0); ; {
		select {
		case <-ctx.Done():
			return
		case <-late.C:
			cancel(errTime)
			return
		case <-look.C:
		}
		if allocated() <= most+garbage {
			continue
		}
		runtime.GC() // only what is in use counts
		used := allocated()
		if used > most {
			cancel(errMemory)
			return
		}
		garbage = mostMemory / 2 // to be thrown away before the next look of that kind
	}
}

// allocated is how many bytes the program's objects take, those that nobody uses any more included.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
