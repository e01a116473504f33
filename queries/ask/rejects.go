package ask

import (
	"context"

	"yangguang/queries/facts"
	"yangguang/queries/model"
)

func (s *Asker) rejects(ctx context.Context, question model.Question, asked []any) (rows []model.RejectRow, err error) {
	if err = facts.RefuseRemoved(ctx, s.Store, question, "rejects"); err == nil {
		err = s.selectPlanned(ctx, "sources/rejects", &rows, question, asked...)
	}
	return rows, err
}
