package ask

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Demands lists what has lapsed of the question's unit as a rectification notice names it, the oldest first.
func (s *Asker) Demands(ctx context.Context, question model.Question) (rows []model.DemandRow, err error) {
	err = s.selectPlanned(ctx, "supervision/demands", &rows, question)
	return rows, err
}

// WorkingDay is the working day that is so many working days after the question's as-of day, by the calendar in force.
func (s *Asker) WorkingDay(ctx context.Context, question model.Question, count int) (day time.Time, err error) {
	asked, err := s.plan(ctx, "supervision/working_day", question)
	if err != nil {
		return day, err
	}
	row := s.Conn().QueryRow(ctx, asked.text, append(asked.arguments, clickhouse.Named("count", strconv.Itoa(count)))...)
	if err := row.Scan(&day); err != nil {
		return day, fmt.Errorf("ask supervision/working_day: %w", err)
	}
	return day, nil
}
