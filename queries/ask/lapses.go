package ask

import (
	"context"
	"strconv"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Unverified lists the unverified obligations that a question assesses, the longest due first, at most so many.
func (s *Asker) Unverified(ctx context.Context, question model.Question, limit int) (rows []model.UnverifiedRow, err error) {
	err = s.selectFormulated(ctx, "lapses/unverified", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// Due tells what is not met yet and falls due on the as-of day or within so many days after it, whatever the window, by day. At most 30 days:
// no edition looks further ahead.
func (s *Asker) Due(ctx context.Context, question model.Question, days int) (rows []model.DueRow, err error) {
	err = s.selectFormulated(ctx, "lapses/due", &rows, question, clickhouse.Named("days", strconv.Itoa(days)))
	return rows, err
}
