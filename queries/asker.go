package queries

import "time"

// Asker answers questions. Its methods may be called from many goroutines.
type Asker struct {
	*Facts
	society func() time.Time // nil: everything is told; else what is not for society now, by this clock, is withheld
}

// NewAsker answers from facts.
func NewAsker(facts *Facts) *Asker { return &Asker{Facts: facts} }
