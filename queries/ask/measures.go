package ask

import (
	"context"
	"strconv"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Months lists the months in which the obligations of a window fall due.
func (s *Asker) Months(ctx context.Context, question model.Question) (rows []model.MonthRow, err error) {
	err = s.selectPlanned(ctx, "overview/months", &rows, question)
	return rows, err
}

// Cells lists what became of each item of the units that are furthest behind, at most so many of them, the furthest first; by is unit or town
// (with its villages, only towns).
func (s *Asker) Cells(ctx context.Context, question model.Question, by string, limit int) (rows []model.CellRow, err error) {
	name := "overview/cells"
	load, found, err := s.inForce(ctx, name, question)
	if err != nil {
		return nil, err
	}
	if found.Results {
		name = "overview/kept_cells"
	}
	asked, err := planOf(name, load, question, found)
	if err != nil {
		return nil, err
	}
	return rows, s.selectText(ctx, name, asked.text, &rows, append(asked.arguments, clickhouse.Named("by", by), clickhouse.Named("rows", strconv.Itoa(limit))))
}

// Flow lists the groups that have met obligations in the window, and all, in the order of the report summary.
func (s *Asker) Flow(ctx context.Context, question model.Question) (rows []model.FlowRow, err error) {
	err = s.selectPlanned(ctx, "procedure/flow", &rows, question)
	return rows, err
}

// StepTimes lists the steps that any record of a met obligation has, in their order.
func (s *Asker) StepTimes(ctx context.Context, question model.Question) (rows []model.StepTimeRow, err error) {
	err = s.selectPlanned(ctx, "procedure/times", &rows, question)
	return rows, err
}

// Broken lists the records of met obligations whose steps are not in order, the latest published first, at most so many.
func (s *Asker) Broken(ctx context.Context, question model.Question, limit int) (rows []model.BrokenRow, err error) {
	err = s.selectPlanned(ctx, "procedure/broken", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// Channels lists the channels of each item's records, the items with most records first.
func (s *Asker) Channels(ctx context.Context, question model.Question) (rows []model.ChannelRow, err error) {
	err = s.selectPlanned(ctx, "placement/channels", &rows, question)
	return rows, err
}

// Overexposed lists the overexposed records that the window published, the latest first, at most so many.
func (s *Asker) Overexposed(ctx context.Context, question model.Question, limit int) (rows []model.OverexposedRow, err error) {
	err = s.selectPlanned(ctx, "placement/overexposed", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// Misplaced lists the records of met obligations that do not satisfy placement, the latest published first, at most so many.
func (s *Asker) Misplaced(ctx context.Context, question model.Question, limit int) (rows []model.MisplacedRow, err error) {
	err = s.selectPlanned(ctx, "placement/misplaced", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// Backdated lists the backdated records that the window published, most days first, at most so many.
func (s *Asker) Backdated(ctx context.Context, question model.Question, limit int) (rows []model.BackdatedRow, err error) {
	err = s.selectPlanned(ctx, "evidence/backdated", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// Evidence lists the sources of the records that the window published, those with most records first.
func (s *Asker) Evidence(ctx context.Context, question model.Question) (rows []model.EvidenceRow, err error) {
	err = s.selectPlanned(ctx, "evidence/sources", &rows, question)
	return rows, err
}
