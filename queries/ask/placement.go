package ask

import (
	"context"
	"strconv"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Channels lists the channels of each item's records, the items with most records first.
func (s *Asker) Channels(ctx context.Context, question model.Question) (rows []model.ChannelRow, err error) {
	err = s.selectFormulated(ctx, "placement/channels", &rows, question)
	return rows, err
}

// Overexposed lists the overexposed records that the window published, the latest first, at most so many.
func (s *Asker) Overexposed(ctx context.Context, question model.Question, limit int) (rows []model.OverexposedRow, err error) {
	err = s.selectFormulated(ctx, "placement/overexposed", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// Misplaced lists the records of met obligations that do not satisfy placement, the latest published first, at most so many.
func (s *Asker) Misplaced(ctx context.Context, question model.Question, limit int) (rows []model.MisplacedRow, err error) {
	err = s.selectFormulated(ctx, "placement/misplaced", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}
