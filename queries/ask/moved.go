package ask

import (
	"context"
	"slices"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// EachMovedObligation is MovedObligations, row by row: of very many units they are too many to be held. So many units are compared at once; done says
// how many times that was, of how many.
func (s *Asker) EachMovedObligation(ctx context.Context, from uint64, question model.Question, atOnce uint64, each func(model.MovedObligation) error, done func(done, of int)) error {
	columns := model.MovedObligations().Columns
	ends, err := s.boundaries(ctx, from, question, atOnce)
	if err != nil {
		return err
	}
	after := ""
	for i, upto := range append(ends, "") {
		err := eachStruct(columns, func(rows func([]any) error) error {
			return s.streamMoved(ctx, "whatif/obligations", columns, from, question, rows, clickhouse.Named("after", after), clickhouse.Named("upto", upto))
		}, each)
		if err != nil {
			return err
		}
		after = upto
		done(i+1, len(ends)+1)
	}
	return nil
}

// boundaries are the ids that part the units of the question's load and of another into lists of so many.
func (s *Asker) boundaries(ctx context.Context, from uint64, question model.Question, most uint64) (ids []string, err error) {
	var rows []struct {
		UnitID string `ch:"unit_id"`
	}
	const name = "whatif/boundaries"
	asked, err := s.plan(ctx, name, question, from)
	if err != nil {
		return nil, err
	}
	err = s.selectText(ctx, name, asked.text, &rows, append(asked.arguments, clickhouse.NamedNumber("then_load", from), clickhouse.NamedNumber("most", most)))
	for _, row := range rows {
		ids = append(ids, row.UnitID)
	}
	return ids, err
}

// streamMoved hands over the rows of sql/NAME.sql, which compares the question's load with another.
func (s *Asker) streamMoved(ctx context.Context, name string, columns []model.Column, from uint64, question model.Question, each func(row []any) error, more ...any) error {
	if s.society != nil {
		return ErrNotPublic
	}
	then, err := s.then(ctx, name, from, question)
	if err != nil {
		return err
	}
	asked, err := s.plan(ctx, name, question, from)
	if err != nil {
		return err
	}
	return s.askText(ctx, name, asked.text, columns, each, slices.Concat(asked.arguments, then, more))
}
