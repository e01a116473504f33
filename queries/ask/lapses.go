package ask

import (
	"context"
	"fmt"
	"strconv"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Unverified lists the unverified obligations that a question assesses, the longest due first, at most so many.
func (s *Asker) Unverified(ctx context.Context, question model.Question, limit int) (rows []model.UnverifiedRow, err error) {
	err = s.selectPlanned(ctx, "lapses/unverified", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// Due tells what is not met yet and falls due on the as-of day or within so many days after it, whatever the window, by day. At most 30 days:
// no edition looks further ahead.
func (s *Asker) Due(ctx context.Context, question model.Question, days int) (rows []model.DueRow, err error) {
	err = s.selectPlanned(ctx, "lapses/due", &rows, question, clickhouse.Named("days", strconv.Itoa(days)))
	return rows, err
}

// NewLapses are what lapsed within so many days before the as-of day and still is, the latest known first, at most so many.
func (s *Asker) NewLapses(ctx context.Context, question model.Question, days, limit int) (rows []model.NewLapse, err error) {
	err = s.selectPlanned(ctx, "lapses/news", &rows, question, clickhouse.Named("days", strconv.Itoa(days)), clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// LapseTotals counts what the report lapsed lists.
func (s *Asker) LapseTotals(ctx context.Context, question model.Question) (rows []model.LapseTotals, err error) {
	err = s.selectPlanned(ctx, "lapses/totals", &rows, question)
	return rows, err
}

// LapsedPart is a part of the report lapsed, in its order.
func (s *Asker) LapsedPart(ctx context.Context, question model.Question, limit, offset int) ([]model.ObligationRow, error) {
	asked, err := s.plan(ctx, "lapses/part", question)
	if err != nil {
		return nil, err
	}
	arguments := append(asked.arguments, clickhouse.Named("limit", strconv.Itoa(limit)), clickhouse.Named("offset", strconv.Itoa(offset)))
	report, _ := model.ReportNamed("lapsed")
	rows, err := structsOf[model.ObligationRow](append(report.Columns[:len(report.Columns):len(report.Columns)], report.Detail...),
		func(columns []model.Column, each func([]any) error) error {
			return stream(ctx, s.Conn(), columns, asked.text, arguments, each)
		})
	if err != nil {
		return nil, fmt.Errorf("ask for a part of the lapses: %w", err)
	}
	return rows, nil
}

// LapsedGroups gathers the report lapsed by "unit" or by "item", those with the most lapses first, and names at most so many others in each.
func (s *Asker) LapsedGroups(ctx context.Context, question model.Question, by string, named, limit, offset int) (rows []model.LapsedGroup, err error) {
	err = s.selectPlanned(ctx, "lapses/grouped", &rows, question, clickhouse.Named("by", by), clickhouse.Named("named", strconv.Itoa(named)),
		clickhouse.Named("limit", strconv.Itoa(limit)), clickhouse.Named("offset", strconv.Itoa(offset)))
	return rows, err
}
