package ask

import (
	"context"

	"yangguang/queries/model"
)

// EachMovedObligation is MovedObligations, row by row: of very many units they are too many to be held.
func (s *Asker) EachMovedObligation(ctx context.Context, from uint64, question model.Question, each func(model.MovedObligation) error) error {
	columns := model.MovedObligations().Columns
	return eachStruct(columns, func(rows func([]any) error) error {
		return s.streamMoved(ctx, "whatif/obligations", columns, from, question, rows)
	}, each)
}

// streamMoved hands over the rows of sql/NAME.sql, which compares the question's load with another.
func (s *Asker) streamMoved(ctx context.Context, name string, columns []model.Column, from uint64, question model.Question, each func(row []any) error) error {
	if s.society != nil {
		return ErrNotPublic
	}
	then, err := s.then(ctx, name, from, question)
	if err != nil {
		return err
	}
	return s.ask(ctx, name, columns, question, each, then...)
}
