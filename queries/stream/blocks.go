package stream

import (
	"bufio"
	"context"
	"errors"
	"io"

	"github.com/ClickHouse/ch-go/proto"
	"golang.org/x/sync/errgroup"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// Blocks is Rows in blocks of rows, where ClickHouse gives the answer so: over the native protocol it gives row by row.
func Blocks(
	asked context.Context, conn Querier, columns []model.Column, text string, arguments []any, eachBlock func(Block) error, eachRow func([]any) error,
) error {
	ctx, cancel := context.WithCancel(asked)
	defer cancel()
	group, ctx := errgroup.WithContext(ctx)
	body := &clickhouse.RawBody{Statement: text}
	rows, err := conn.Query(clickhouse.WithRawBody(ctx, body), text, arguments...)
	if err != nil {
		return err
	}
	if body.ReadCloser == nil {
		return readRows(rows, cancel, columns, eachRow)
	}
	defer body.Close()
	if err := rows.Close(); err != nil {
		return err
	}
	// One block is read while the one before is used.
	unread, read := make(chan *readBlock, 2), make(chan *readBlock)
	unread <- newReadBlock(columns)
	unread <- newReadBlock(columns)
	group.Go(func() error {
		defer close(read)
		return clickhouse.Interrupted(readBlocks(ctx, body, unread, read))
	})
	group.Go(func() error {
		for block := range read {
			if err := eachBlock(block.Block); err != nil {
				return err
			}
			unread <- block
		}
		return nil
	})
	err = group.Wait()
	if asked.Err() != nil { // then the connection is cut, and what was read of it may fail in many ways
		return asked.Err()
	}
	return err
}

// bodyBuffer is how much of a taken body is read at a time.
const bodyBuffer = 1 << 18

// readBlocks reads an answer in Native format to its end.
func readBlocks(ctx context.Context, body io.Reader, unread <-chan *readBlock, read chan<- *readBlock) error {
	raw := &clickhouse.LastRead{Reader: body}
	buffered := bufio.NewReaderSize(raw, bodyBuffer)
	reader := proto.NewReader(buffered)
	for {
		if _, err := buffered.Peek(1); errors.Is(err, io.EOF) {
			return nil
		}
		block := <-unread
		if err := block.decode(reader); err != nil {
			return raw.Explain(err)
		}
		select {
		case read <- block:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
