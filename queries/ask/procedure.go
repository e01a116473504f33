package ask

import (
	"context"
	"strconv"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Flow lists the groups that have met obligations in the window, and all, in the order of the report summary.
func (s *Asker) Flow(ctx context.Context, question model.Question) (rows []model.FlowRow, err error) {
	err = s.selectFormulated(ctx, "procedure/flow", &rows, question)
	return rows, err
}

// StepTimes lists the steps that any record of a met obligation has, in their order.
func (s *Asker) StepTimes(ctx context.Context, question model.Question) (rows []model.StepTimeRow, err error) {
	err = s.selectFormulated(ctx, "procedure/times", &rows, question)
	return rows, err
}

// Broken lists the records of met obligations whose steps are not in order, the latest published first, at most so many.
func (s *Asker) Broken(ctx context.Context, question model.Question, limit int) (rows []model.BrokenRow, err error) {
	err = s.selectFormulated(ctx, "procedure/broken", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}
