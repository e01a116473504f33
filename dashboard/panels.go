package dashboard

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"yangguang/queries"
)

// panels asks the questions of one page in parallel, each with its own time limit. A question that fails costs its
// panel only: the reader sees a calm line there, the log the reason.
type panels struct {
	ctx       context.Context
	timeout   time.Duration
	log       *slog.Logger
	group     errgroup.Group
	preparing atomic.Pointer[queries.NotKeptError] // an answer that is being prepared; the whole page waits for it
	refused   atomic.Pointer[refusedError]         // an answer that is not computed now; the whole page says so
	shard     atomic.Pointer[queries.ShardError]   // a shard is missing; the whole page is unverified, not the panel alone
}

func newPanels(ctx context.Context, timeout time.Duration, log *slog.Logger) *panels {
	return &panels{ctx: ctx, timeout: timeout, log: log}
}

// answer is what a question gave, once panels.wait has returned.
type answer[T any] struct {
	value  T
	failed bool
}

// load asks one question in the background.
func load[T any](p *panels, name string, question queries.Question, ask func(context.Context, queries.Question) (T, error)) *answer[T] {
	result := &answer[T]{}
	p.group.Go(func() error {
		ctx, cancel := context.WithTimeout(p.ctx, p.timeout)
		defer cancel()
		value, err := ask(ctx, question)
		if err != nil {
			result.failed = true
			var preparing *queries.NotKeptError
			if errors.As(err, &preparing) {
				p.preparing.Store(preparing)
				return nil
			}
			var refused *refusedError
			if errors.As(err, &refused) {
				p.refused.Store(refused)
				return nil
			}
			var shard *queries.ShardError
			if errors.As(err, &shard) {
				p.shard.Store(shard)
			}
			if p.ctx.Err() == nil {
				p.log.Error("panel failed", "panel", name, "error", err)
			}
			return nil
		}
		result.value = value
		return nil
	})
	return result
}

// wait returns when every question so far is answered or given up.
func (p *panels) wait() { _ = p.group.Wait() }
