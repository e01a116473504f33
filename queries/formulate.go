package queries

import (
	"context"
	"fmt"
)

// formulated is a question ready to be sent.
type formulated struct {
	text      string
	question  Question // of the time of knowledge of the facts that answer it
	arguments []any
}

// formulate is sql/NAME.sql for a question, as of the registry load in force at its time of knowledge, with the facts that it reads. Errors:
// *NotKeptError.
func (s *Asker) formulate(ctx context.Context, name string, question Question) (formulated, error) {
	load, found, err := s.inForce(ctx, name, question)
	if err != nil {
		return formulated{}, err
	}
	asked, err := formulateOf(name, load, question, found)
	if s.society != nil {
		asked.text = hidingOrder(asked.text)
	}
	return asked, err
}

// inForce are the registry load and the facts that answer a question.
func (s *Asker) inForce(ctx context.Context, name string, question Question) (load uint64, found chosen, err error) {
	if load, err = loadInForce(ctx, s.Store, question); err != nil {
		return 0, found, err
	}
	text, err := questionText(name)
	if err != nil {
		return 0, found, err
	}
	if of := readsOf(name, text); of.facts {
		found, err = s.choose(ctx, load, rankedAmong(name, question), of)
		if err == nil && len(found.layers) == 0 {
			err = fmt.Errorf("ask %s: no facts are stored", name)
		}
	}
	return load, found, err
}

// formulateOf is formulate of a load and facts.
func formulateOf(name string, load uint64, question Question, found chosen) (formulated, error) {
	var instead []map[string]string
	if question.KnownAt.IsZero() {
		instead = append(instead, asOfNow())
		question.KnownAt = found.knownAt
	}
	if found.results {
		question.KnownAt = found.knownAt
		instead = append(instead, fromResults())
		if found.whole {
			instead = append(instead, fromTotals())
		}
		if question.Scope != "subtree" {
			instead = append(instead, fromStandings(name))
		}
	}
	text, err := questionText(name, instead...)
	text = lean(text, question)
	return formulated{text, question, questionArguments(question, text, load, found.layers...)}, err
}
