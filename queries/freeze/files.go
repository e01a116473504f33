package freeze

import (
	"context"
	"errors"
	"fmt"
	"io"

	"yangguang/queries/clickhouse"
)

// filePart is how many bytes of a file one row holds.
const filePart = 1 << 20

// AddFile stores a file of a freeze that is not finished, in parts.
func AddFile(ctx context.Context, s *clickhouse.Store, freeze Freeze, name string, content io.Reader) error {
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous()))
	buffer := make([]byte, filePart)
	for part := uint32(0); ; part++ {
		size, err := io.ReadFull(content, buffer)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return fmt.Errorf("store %s of freeze %s: %w", name, freeze.Name, err)
		}
		if size == 0 {
			return nil
		}
		// Once, not again: a part that was stored twice would be read twice.
		err = s.InsertOnce(ctx, `INSERT INTO freeze_files (known_at, file, part, content)`, func(batch clickhouse.Batch) error {
			return batch.Append(freeze.KnownAt, name, part, string(buffer[:size]))
		})
		if err != nil {
			return fmt.Errorf("store %s of freeze %s: %w", name, freeze.Name, err)
		}
	}
}

// ReadFile writes a file of a freeze to w as it was stored; nothing when there is none.
func ReadFile(ctx context.Context, s *clickhouse.Store, freeze Freeze, name string, w io.Writer) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // before Close, which would read an abandoned answer to its end
	rows, err := s.Conn().Query(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"max_block_size": 4})),
		`SELECT content FROM freeze_files WHERE known_at = {known_at:DateTime64(3)} AND file = {file:String} ORDER BY part`,
		clickhouse.Named("known_at", clickhouse.Epoch(freeze.KnownAt)), clickhouse.Named("file", name))
	if err != nil {
		return fmt.Errorf("read %s of freeze %s: %w", name, freeze.Name, err)
	}
	defer func() {
		if err != nil {
			cancel()
		}
		if closeErr := rows.Close(); err == nil {
			err = closeErr
		}
	}()
	var content string
	for rows.Next() {
		if err := rows.Scan(&content); err != nil {
			return fmt.Errorf("read %s of freeze %s: %w", name, freeze.Name, err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read %s of freeze %s: %w", name, freeze.Name, err)
	}
	return nil
}
