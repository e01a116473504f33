package ask

import (
	"context"
	"strconv"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Backdated lists the backdated records that the window published, most days first, at most so many.
func (s *Asker) Backdated(ctx context.Context, question model.Question, limit int) (rows []model.BackdatedRow, err error) {
	err = s.selectFormulated(ctx, "evidence/backdated", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// Evidence lists the sources of the records that the window published, those with most records first.
func (s *Asker) Evidence(ctx context.Context, question model.Question) (rows []model.EvidenceRow, err error) {
	err = s.selectFormulated(ctx, "evidence/sources", &rows, question)
	return rows, err
}
