// Package ask answers questions from facts: from memory while the data have not changed, and for everyone without what is not for society.
package ask

import (
	"time"

	"yangguang/queries/facts"
)

// Asker answers questions. Its methods may be called from many goroutines.
type Asker struct {
	*facts.Facts
	society func() time.Time // nil: everything is told; else what is not for society now, by this clock, is withheld
}

// New answers from facts.
func New(facts *facts.Facts) *Asker { return &Asker{Facts: facts} }
