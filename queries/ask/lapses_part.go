package ask

import (
	"context"
	"fmt"
	"strconv"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// LapseTotals counts what the report lapsed lists.
func (s *Asker) LapseTotals(ctx context.Context, question model.Question) (rows []model.LapseTotals, err error) {
	err = s.selectFormulated(ctx, "lapses/totals", &rows, question)
	return rows, err
}

// LapsedPart is a part of the report lapsed, in its order.
func (s *Asker) LapsedPart(ctx context.Context, question model.Question, limit, offset int) ([]model.ObligationRow, error) {
	asked, err := s.formulate(ctx, "lapses/part", question)
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
	err = s.selectFormulated(ctx, "lapses/grouped", &rows, question, clickhouse.Named("by", by), clickhouse.Named("named", strconv.Itoa(named)),
		clickhouse.Named("limit", strconv.Itoa(limit)), clickhouse.Named("offset", strconv.Itoa(offset)))
	return rows, err
}
