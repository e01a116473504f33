package ask

import (
	"context"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Ticks lists, of some units, the months in which obligations of the window fall due.
func (s *Asker) Ticks(ctx context.Context, question model.Question, units []string) (rows []model.TickRow, err error) {
	if len(units) == 0 {
		return nil, nil
	}
	err = s.selectPlanned(ctx, "ranking/ticks", &rows, question, clickhouse.Named("units", units))
	return rows, err
}

// Ticks is Asker.Ticks.
func (r *Cached) Ticks(ctx context.Context, question model.Question, units []string) ([]model.TickRow, error) {
	return cachedOf(ctx, r, "ticks", question, units, r.store.Ticks)
}
