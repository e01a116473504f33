package ask

import (
	"context"
	"fmt"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/sql"
)

// since compares what is stored of the two questions; the SQL is sql/since/lapses.sql.
func (s *Asker) since(ctx context.Context, question, baseline model.Question) (rows []model.SinceRow, err error) {
	if s.society != nil {
		return nil, ErrNotPublic
	}
	fail := func(err error) ([]model.SinceRow, error) {
		return nil, fmt.Errorf("ask what became since a baseline: %w", err)
	}
	const name = "since/lapses"
	baseline = question.At(baseline)
	load, err := facts.LoadInForce(ctx, s.Store, baseline)
	if err != nil {
		return fail(err)
	}
	text, err := sql.Text(name)
	if err != nil {
		return fail(err)
	}
	found, err := s.Choose(ctx, load, baseline, facts.ReadsOf(name, text))
	if err != nil {
		return fail(err)
	}
	err = s.selectPlanned(ctx, name, &rows, question, clickhouse.NamedNumber("then_load", load),
		clickhouse.Named("then_layers", clickhouse.Numbers(found.Parts)),
		clickhouse.Named("then_window", facts.Windows(baseline)), clickhouse.Named("then_as_of", baseline.AsOf.Format(model.DayLayout)))
	if err != nil {
		return fail(err)
	}
	return rows, nil
}
