package ask

import (
	"context"
	"fmt"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// Cached answers from memory while the data have not changed: readers of one page ask the same. The answers are shared: do not change them. Its
// methods may be called from many goroutines.
type Cached struct {
	store   *Asker
	answers *lru.Cache[answerKey, *answer]
	results *lru.Cache[answerKey, *answer] // of which each may have thousands of rows
}

// cachedResults is how many Results are stored: windows, programmes and focuses that are read at a time.
const cachedResults = 24

type answerKey struct {
	query, version string    // what is asked, and of which data
	society        time.Time // the day on which it was answered as society may see it, where that differs
	question       model.Question
}

// answer is computed by whoever holds busy; value is nil until one of them succeeded.
type answer struct {
	busy  chan struct{} // of capacity 1
	value any
}

// NewCached puts a memory of at most so many answers before a store.
func NewCached(store *Asker, answers int) (*Cached, error) {
	cache, err := lru.New[answerKey, *answer](answers)
	if err != nil {
		return nil, fmt.Errorf("remember answers: %w", err)
	}
	results, err := lru.New[answerKey, *answer](cachedResults)
	if err != nil {
		return nil, fmt.Errorf("remember answers: %w", err)
	}
	return &Cached{store, cache, results}, nil
}

// ForSociety answers as Asker.ForSociety does, from the same memory.
func (r *Cached) ForSociety() *Cached { return r.ForSocietyAt(time.Now) }

// ForSocietyAt is ForSociety with a clock of its own.
func (r *Cached) ForSocietyAt(now func() time.Time) *Cached {
	return &Cached{r.store.ForSocietyAt(now), r.answers, r.results}
}

// Answer is Asker.Answer, from memory while the data have not changed; the first to ask computes it, the others wait for that.
func (r *Cached) Answer(ctx context.Context, asked Asked) (any, error) {
	switch asked.memory {
	case instant:
		return r.store.Answer(ctx, asked)
	case fresh:
		return r.admitted(ctx, asked)
	}
	key, err := r.keyOf(ctx, asked)
	if err != nil {
		return nil, err
	}
	answers := r.answers
	if asked.memory == bulky {
		answers = r.results
	}
	shared := &answer{busy: make(chan struct{}, 1)}
	if known, found, _ := answers.PeekOrAdd(key, shared); found {
		shared = known
		answers.Get(key) // used again
	}
	select {
	case shared.busy <- struct{}{}:
		defer func() { <-shared.busy }()
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for %s: %w", asked.name, ctx.Err())
	}
	if shared.value != nil {
		return shared.value, nil
	}
	asked.Question = key.question
	value, err := r.admitted(ctx, asked)
	if err == nil {
		shared.value = value
	}
	return value, err
}

// RememberedResults are those of Results if they are remembered: for a little of them nothing is computed.
func RememberedResults(ctx context.Context, answers Answerer, question model.Question) (results model.Results, known bool) {
	r, remembers := answers.(*Cached)
	if !remembers {
		return results, false
	}
	group := question.Group
	question.Group = "all"
	key, err := r.keyOf(ctx, Asked{allResults.query, question})
	if err != nil {
		return results, false // who asks for more is told why
	}
	shared, found := r.results.Get(key)
	if !found {
		return results, false
	}
	select {
	case shared.busy <- struct{}{}:
		defer func() { <-shared.busy }()
	default:
		return results, false
	}
	results, known = shared.value.(model.Results)
	return results.OfGroup(group), known
}

// keyOf is what an answer depends on: what is asked of what, the data, and for whom.
func (r *Cached) keyOf(ctx context.Context, asked Asked) (key answerKey, err error) {
	key.query = fmt.Sprintf("%s %#v %d", asked.name, asked.arguments, facts.LoadOf(ctx))
	if key.question, err = asked.narrowed(ctx, r.store); err != nil {
		return key, err
	}
	if key.version, err = facts.InSession(ctx, "version of answers", func() (string, error) { return r.store.DataVersion(ctx) }); err != nil {
		return key, err
	}
	if r.store.society != nil && (asked.inner || !wholeForEveryone(asked.row)) {
		_, key.society, err = r.store.societyToday(ctx)
	}
	return key, err
}

// Admission lets an answer be computed, or refuses with an error; done is called when it is computed.
type Admission func(ctx context.Context) (done func(), err error)

type admissionKey struct{}

// WithAdmission returns a context with which Cached asks before it computes an answer; what it remembers it answers without.
func WithAdmission(ctx context.Context, admission Admission) context.Context {
	return context.WithValue(ctx, admissionKey{}, admission)
}

// admitted computes an answer when the context's admission, if there is one, lets it.
func (r *Cached) admitted(ctx context.Context, asked Asked) (any, error) {
	if admission, limited := ctx.Value(admissionKey{}).(Admission); limited {
		done, err := admission(ctx)
		if err != nil {
			return nil, err
		}
		defer done()
	}
	return r.store.Answer(ctx, asked)
}
