package ask

import (
	"context"
	"fmt"
	"strings"

	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/sql"
)

// planned is a question ready to be sent.
type planned struct {
	text      string
	question  model.Question // of the time of knowledge of the facts that answer it
	arguments []any
}

// plan is sql/NAME.sql for a question, as of the registry load in force at its time of knowledge and with the facts, where it reads these. Errors:
// *NotStoredError.
func (s *Asker) plan(ctx context.Context, name string, question model.Question, beside ...uint64) (planned, error) {
	load, found, err := s.inForce(ctx, name, question, beside...)
	if err != nil {
		return planned{}, err
	}
	asked, err := planOf(name, load, question, found)
	if s.society != nil {
		asked.text = hidingOrder(asked.text)
	}
	return asked, err
}

// inForce are the registry load and the facts that answer a question. The text may read other loads beside it, which have rules of their own.
func (s *Asker) inForce(ctx context.Context, name string, question model.Question, beside ...uint64) (load uint64, found facts.Chosen, err error) {
	text, err := sql.Text(name)
	if err != nil {
		return 0, found, err
	}
	if strings.Contains(text, "{load:") {
		if load, err = facts.LoadInForce(ctx, s.Store, question); err != nil {
			return 0, found, err
		}
	}
	of, err := facts.ReadsOf(name)
	if err != nil {
		return 0, found, err
	}
	if of.Facts {
		found, err = s.Choose(ctx, load, facts.RankedAmong(name, question), of)
		if err == nil && len(found.Parts) == 0 {
			err = fmt.Errorf("ask %s: no facts are stored", name)
		}
	}
	if err == nil {
		found.Instead, err = s.Instead(ctx, append(beside, load)...)
	}
	if err == nil && of.Beginning {
		found.Beginning, err = s.Beginning(ctx, load)
	}
	return load, found, err
}

// planOf is plan of a load and facts.
func planOf(name string, load uint64, question model.Question, found facts.Chosen) (planned, error) {
	instead := []map[string]string{found.Instead}
	if question.KnownAt.IsZero() {
		instead = append(instead, sql.AsOfNow())
		question.KnownAt = found.KnownAt
	}
	if found.Results {
		question.KnownAt = found.KnownAt
		instead = append(instead, sql.FromResults())
		if found.Whole {
			instead = append(instead, sql.FromTotals())
		}
		if question.Scope != "subtree" {
			instead = append(instead, sql.FromStandings(name))
		}
	}
	text, err := sql.Text(name, instead...)
	text = facts.WithoutUnsetFilters(text, question)
	return planned{text, question, facts.Arguments(question, text, load, found)}, err
}
