package storage

import (
	"context"
	"fmt"
	"time"

	"yangguang/queries/clickhouse"
)

// loss is what a source has lost of its records for good.
type loss struct {
	Source     string    `ch:"source"`
	At         time.Time `ch:"lost_at"`
	Collection uint64    `ch:"collection_id"` // the last one before
	Rows       uint64    `ch:"rows"`
	Regained   bool      `ch:"regained"`
}

// Loss is what a source has lost and not given again.
type Loss struct {
	Source         string
	Lost, Regained uint64 // versions of records
}

func writeLoss(ctx context.Context, s *clickhouse.Store, l loss) error {
	err := s.Insert(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous())), "INSERT INTO losses (source, lost_at, collection_id, rows, regained)",
		func(batch clickhouse.Batch) error {
			return batch.Append(l.Source, l.At, l.Collection, l.Rows, l.Regained)
		})
	if err != nil {
		return fmt.Errorf("note what %s has lost: %w", l.Source, err)
	}
	return nil
}

// SettleLosses compares what sources have lost with what they have given since: a source that has given as many versions again has regained all.
// One that is accepted is taken to have regained what it will ever. What is left is reported: until it is settled nothing is said to have lapsed that
// these sources cover.
func SettleLosses(ctx context.Context, s *clickhouse.Store, accepted ...string) (left []Loss, err error) {
	var losses []struct {
		loss
		Given uint64 `ch:"given"`
	}
	err = s.Conn().Select(ctx, &losses, `SELECT toString(l.source) AS source, l.lost_at AS lost_at, l.collection_id AS collection_id, l.rows AS rows, l.regained AS regained,
			toUInt64(sum(if(c.collection_id > l.collection_id, c.new + c.changed, 0))) AS given
		FROM (SELECT * FROM losses FINAL) AS l LEFT JOIN (SELECT * FROM collections FINAL WHERE outcome = 'success') AS c ON c.source = l.source
		WHERE NOT l.regained GROUP BY source, lost_at, collection_id, rows, regained ORDER BY source, lost_at`)
	if err != nil {
		return nil, fmt.Errorf("compare what was lost with what was regained: %w", err)
	}
	for _, one := range losses {
		settled := one.Given >= one.Rows
		for _, source := range accepted {
			settled = settled || source == one.Source
		}
		if !settled {
			left = append(left, Loss{one.Source, one.Rows, one.Given})
			continue
		}
		one.Regained = true
		if err := writeLoss(ctx, s, one.loss); err != nil {
			return nil, err
		}
	}
	return left, nil
}
