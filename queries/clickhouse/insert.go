package clickhouse

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Batch is the rows of one insert: Append, AppendStruct or Column(i).Append.
type Batch = driver.Batch

// Insert sends the rows that fill appends as one block, and again, filled again, when ClickHouse ended meanwhile. So the table must take the
// same rows twice as once (ReplacingMergeTree, or reading that does not count twice). An empty batch sends nothing.
func (s *Store) Insert(ctx context.Context, statement string, fill func(batch Batch) error) error {
	for attempt := 1; ; attempt++ {
		err := s.InsertOnce(ctx, statement, fill)
		if !errors.Is(err, ErrInterrupted) || attempt >= interruptions || ctx.Err() != nil {
			return err
		}
	}
}

func (s *Store) InsertOnce(ctx context.Context, statement string, fill func(batch Batch) error) (err error) {
	batch, err := s.conn.PrepareBatch(ctx, statement)
	if err != nil {
		return fmt.Errorf("insert: %w", err)
	}
	defer func() {
		if closeErr := batch.Close(); err == nil {
			err = closeErr
		}
	}()
	if err := fill(batch); err != nil {
		return err
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("insert: %w", err)
	}
	return nil
}

// rowsPerInsert bounds the memory that rows take on their way.
const rowsPerInsert = 50_000

// Insert writes rows in the order of the table's columns, all in one block or, for very many, in blocks.
func Insert[T any](ctx context.Context, s *Store, table string, rows []T, columns func(T) []any) error {
	for block := range slices.Chunk(rows, rowsPerInsert) {
		if err := insertBlock(ctx, s, table, block, columns); err != nil {
			return fmt.Errorf("write %s: %w", table, err)
		}
	}
	return nil
}

func insertBlock[T any](ctx context.Context, s *Store, table string, rows []T, columns func(T) []any) error {
	batch, err := s.Conn().PrepareBatch(ctx, "INSERT INTO "+table)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := batch.Append(columns(row)...); err != nil {
			return cmp.Or(err, batch.Abort())
		}
	}
	return batch.Send()
}
