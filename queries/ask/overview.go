package ask

import (
	"context"
	"strconv"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Months lists the months in which the obligations of a window fall due.
func (s *Asker) Months(ctx context.Context, question model.Question) (rows []model.MonthRow, err error) {
	err = s.selectFormulated(ctx, "overview/months", &rows, question)
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
	asked, err := formulateOf(name, load, question, found)
	if err != nil {
		return nil, err
	}
	return rows, s.selectText(ctx, name, asked.text, &rows, append(asked.arguments, clickhouse.Named("by", by), clickhouse.Named("rows", strconv.Itoa(limit))))
}
