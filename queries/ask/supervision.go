package ask

import (
	"context"
	"strconv"

	"yangguang/queries/clickhouse"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// FollowedNotices lists what the report notices lists: overdue ones first, the longest on top, then open ones by their limit, then rectified
// ones, the latest first.
func (s *Asker) FollowedNotices(ctx context.Context, question model.Question) (rows []model.FollowedNotice, err error) {
	err = s.selectPlanned(ctx, "supervision/notices", &rows, question)
	return rows, err
}

// Institutions tells how many units of each group have established which of the five institutions by the as-of day.
func (s *Asker) Institutions(ctx context.Context, question model.Question) (rows []model.InstitutionsRow, err error) {
	err = s.selectInForce(ctx, "supervision/institutions", &rows, question, clickhouse.Named("institutions", model.Codes("institution")), clickhouse.Named("groups", model.Codes("group")))
	return rows, err
}

// Lacking lists the units that lack an institution, those that lack most first, at most so many.
func (s *Asker) Lacking(ctx context.Context, question model.Question, limit int) (rows []model.LackingRow, err error) {
	err = s.selectInForce(ctx, "supervision/lacking", &rows, question, clickhouse.Named("institutions", model.Codes("institution")), clickhouse.Named("groups", model.Codes("group")),
		clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// selectInForce is selectQuestion by the registry load in force.
func (s *Asker) selectInForce(ctx context.Context, name string, rows any, question model.Question, more ...any) error {
	load, err := facts.LoadInForce(ctx, s.Store, question)
	if err != nil {
		return err
	}
	return s.selectQuestion(ctx, name, rows, question, load, more...)
}
