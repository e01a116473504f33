package export

import (
	"context"
	"slices"

	"yangguang/queries/model"
)

// withoutPrivate leaves out of the findings those about private data, which are for whoever has signed in.
type withoutPrivate struct{ all Streamer }

func (w withoutPrivate) CheckUnits(ctx context.Context, question model.Question) error {
	return w.all.CheckUnits(ctx, question)
}

func (w withoutPrivate) Stream(ctx context.Context, report model.Report, question model.Question, each func(row []any) error) error {
	kind := slices.IndexFunc(report.Columns, func(column model.Column) bool { return column.Key == "finding" })
	return w.all.Stream(ctx, report, question, func(row []any) error {
		if name, _ := row[kind].(string); slices.Contains(model.PrivateFindings(), name) {
			return nil
		}
		return each(row)
	})
}
