package digests

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Reminded is what one reminder said of one obligation, or of several that reports call alike.
type Reminded struct {
	Reader      string    `ch:"reader"`
	KnownAt     time.Time `ch:"known_at"` // of the reminder
	UnitID      string    `ch:"unit_id"`
	ItemID      string    `ch:"item_id"`
	Period      string    `ch:"period"`
	DueOn       time.Time `ch:"due_on"` // or the day after which it lapsed
	Rung        int16     `ch:"rung"`   // working days before it was due (below 0) or after; 0: it had been met in time after all
	Obligations uint32    `ch:"obligations"`
}

// NoteReminded stores what a reminder is going to speak of, before the reminder itself is noted as being sent.
func (r *Run) NoteReminded(ctx context.Context, said []Reminded) error {
	if len(said) == 0 {
		return nil
	}
	err := r.store.Insert(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous())),
		"INSERT INTO reminded (reader, known_at, unit_id, item_id, period, due_on, rung, obligations)", func(batch clickhouse.Batch) error {
			for _, one := range said {
				if err := batch.Append(one.Reader, one.KnownAt, one.UnitID, one.ItemID, one.Period, one.DueOn, one.Rung, one.Obligations); err != nil {
					return err
				}
			}
			return nil
		})
	if err != nil {
		return fmt.Errorf("note what a reminder speaks of: %w", err)
	}
	return nil
}

// ListReminded is what readers were reminded of by reminders that were sent, or perhaps were, the earliest first.
func ListReminded(ctx context.Context, s *clickhouse.Store) (said []Reminded, err error) {
	err = s.Conn().Select(ctx, &said, `SELECT reader, known_at, unit_id, item_id, period, due_on, rung, obligations FROM reminded FINAL
		WHERE (reader, known_at) IN (SELECT reader, known_at FROM reminders FINAL WHERE state IN ('sending', 'sent', 'unknown'))
		ORDER BY known_at, reader, unit_id, item_id, due_on, rung`)
	if err != nil {
		return nil, fmt.Errorf("list what readers were reminded of: %w", err)
	}
	for i := range said {
		said[i].DueOn = model.Today(said[i].DueOn)
	}
	return said, nil
}
