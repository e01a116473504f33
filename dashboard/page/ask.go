package page

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// panels asks the questions of one page in parallel, all within the page's time limit. A question that fails costs its panel only: the reader
// sees a calm line there, the log the reason, once for the page.
type panels struct {
	Ctx   context.Context
	log   *slog.Logger
	group errgroup.Group

	lock    sync.Mutex
	failed  []string // panels without an answer
	reason  error    // of the first of them
	Instead error    // what the whole page says in place of what was asked: a NotStoredError and its kin
}

// NewPanels asks within the time of a context.
func NewPanels(ctx context.Context, log *slog.Logger) *panels { return &panels{Ctx: ctx, log: log} }

// Answer is what a question gave, once Panels.Wait has returned.
type Answer[T any] struct {
	Value  T
	Failed bool
}

// Ask asks one question in the background.
func Ask[T any](a *Request, question model.Question, query ask.Query[T]) *Answer[T] {
	return Load(a.Panels, query.Name(), question, query.From(a.Store))
}

// Load is Ask of what is made of several questions, or of one's answer.
func Load[T any](p *panels, name string, question model.Question, answer func(context.Context, model.Question) (T, error)) *Answer[T] {
	result := &Answer[T]{}
	p.group.Go(func() error {
		value, err := answer(p.Ctx, question)
		if err != nil {
			result.Failed = true
			p.Fail(name, err)
			return nil
		}
		result.Value = value
		return nil
	})
	return result
}

// Fail notes that a panel has no answer.
func (p *panels) Fail(name string, err error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if ConcernsPage(err) {
		if p.Instead == nil || urgency(err) > urgency(p.Instead) {
			p.Instead = err
		}
		return
	}
	p.failed = append(p.failed, name)
	if p.reason == nil {
		p.reason = err
	}
}

// ConcernsPage reports whether the whole page says so when one question ends like this: its answer is being prepared, is not computed now, or a
// shard is away, which leaves all of the page unverified.
func ConcernsPage(err error) bool { return urgency(err) > 0 }

func urgency(err error) int {
	var preparing *facts.NotStoredError
	var refused *RefusedError
	var shard *clickhouse.ShardError
	var incomplete *clickhouse.IncompleteError
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

// Wait returns when every question so far is answered or given up.
func (p *panels) Wait() { _ = p.group.Wait() }

// Unanswered names the panels without an answer, each once, and the first reason; nil: every question was answered.
func (p *panels) Unanswered() (names string, reason error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	slices.Sort(p.failed)
	return strings.Join(slices.Compact(slices.Clone(p.failed)), ", "), p.reason
}

// self is the panel itself; what embeds a figure is a panel by it.
func (f *Figure) self() *Figure { return f }
