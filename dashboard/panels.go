package dashboard

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"yangguang/queries"
)

// panels asks the questions of one page in parallel, all within the page's time limit. A question that fails costs its panel only: the reader
// sees a calm line there, the log the reason, once for the page.
type panels struct {
	ctx   context.Context
	log   *slog.Logger
	group errgroup.Group

	lock    sync.Mutex
	failed  []string // panels without an answer
	reason  error    // of the first of them
	instead error    // what the whole page says in place of what was asked: preparingError and its kin
}

func newPanels(ctx context.Context, log *slog.Logger) *panels { return &panels{ctx: ctx, log: log} }

// answer is what a question gave, once panels.wait has returned.
type answer[T any] struct {
	value  T
	failed bool
}

// load asks one question in the background.
func load[T any](p *panels, name string, question queries.Question, ask func(context.Context, queries.Question) (T, error)) *answer[T] {
	result := &answer[T]{}
	p.group.Go(func() error {
		value, err := ask(p.ctx, question)
		if err != nil {
			result.failed = true
			p.fail(name, err)
			return nil
		}
		result.value = value
		return nil
	})
	return result
}

// fail notes that a panel has no answer.
func (p *panels) fail(name string, err error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if concernsPage(err) {
		if p.instead == nil || urgency(err) > urgency(p.instead) {
			p.instead = err
		}
		return
	}
	p.failed = append(p.failed, name)
	if p.reason == nil {
		p.reason = err
	}
}

// concernsPage tells whether the whole page says so when one question ends like this: its answer is being prepared, is not computed now, or a
// shard is away, which leaves all of the page unverified.
func concernsPage(err error) bool { return urgency(err) > 0 }

func urgency(err error) int {
	var preparing *queries.NotKeptError
	var refused *refusedError
	var shard *queries.ShardError
	var incomplete *queries.IncompleteError
	switch {
	case errors.As(err, &shard), errors.As(err, &incomplete):
		return 3
	case errors.As(err, &refused):
		return 2
	case errors.As(err, &preparing):
		return 1
	}
	return 0
}

// wait returns when every question so far is answered or given up.
func (p *panels) wait() { _ = p.group.Wait() }

// unanswered names the panels without an answer, each once, and the first reason; nil: every question was answered.
func (p *panels) unanswered() (names string, reason error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	slices.Sort(p.failed)
	return strings.Join(slices.Compact(slices.Clone(p.failed)), ", "), p.reason
}

// self is the panel itself; what embeds a figure is a panel by it.
func (f *figure) self() *figure { return f }
