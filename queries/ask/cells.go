package ask

import (
	"context"

	"yangguang/queries/model"
)

func (s *Asker) cells(ctx context.Context, question model.Question, arguments []any) (rows []model.CellRow, err error) {
	name := "overview/cells"
	load, found, err := s.inForce(ctx, name, question)
	if err != nil {
		return nil, err
	}
	if found.Results {
		name = "overview/kept_cells"
	}
	asked, err := planOf(name, load, question, found)
	if err != nil {
		return nil, err
	}
	err = s.selectText(ctx, name, asked.text, &rows, append(asked.arguments, arguments...))
	return rows, err
}
