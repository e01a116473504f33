// Package ask answers questions from facts: from memory while the data have not changed, and for everyone without what is not for society.
package ask

import (
	"context"
	"slices"
	"time"

	"yangguang/queries/facts"
)

// Asker answers questions from the database. Its methods may be called from many goroutines.
type Asker struct {
	*facts.Facts
	society func() time.Time // nil: everything is answered; else what is not for society now, by this clock, is withheld
}

// New answers from facts.
func New(facts *facts.Facts) *Asker { return &Asker{Facts: facts} }

// Answer computes an answer; Run gives it its type.
func (s *Asker) Answer(ctx context.Context, asked Asked) (any, error) {
	if s.society != nil && asked.inner {
		return asked.none, nil
	}
	return asked.answer(s, ctx, asked.Question, slices.Clip(asked.arguments))
}
