package ask

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/model"
)

func (s *Asker) workingDay(ctx context.Context, question model.Question, count []any) (day time.Time, err error) {
	asked, err := s.plan(ctx, "supervision/working_day", question)
	if err != nil {
		return day, err
	}
	row := s.Conn().QueryRow(ctx, asked.text, append(asked.arguments, count...)...)
	if err := row.Scan(&day); err != nil {
		return day, fmt.Errorf("ask supervision/working_day: %w", err)
	}
	return day, nil
}
