package ask

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/ClickHouse/ch-go/proto"
	"golang.org/x/sync/errgroup"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// StreamBlocks is Stream in blocks of rows, where the answer comes in blocks. Reports with measures or for society do not, nor does any over the
// native protocol: of these it gives row by row.
func (s *Asker) StreamBlocks(ctx context.Context, report model.Report, question model.Question, eachBlock func(Block) error, eachRow func(row []any) error) error {
	columns := report.Answered()
	if s.society != nil || report.Name == "rejects" || slices.ContainsFunc(columns, func(c model.Column) bool { return c.Kind.IsMeasure() }) {
		return s.Stream(ctx, report, question, eachRow)
	}
	asked, err := s.plan(ctx, "reports/"+report.Name, question)
	if err != nil {
		return err
	}
	if err := s.Explained(ctx, streamBlocks(ctx, s.Conn(), columns, asked.text, asked.arguments, eachBlock, eachRow)); err != nil {
		return fmt.Errorf("ask reports/%s: %w", report.Name, err)
	}
	return nil
}

func streamBlocks(
	asked context.Context, conn querier, columns []model.Column, text string, arguments []any, eachBlock func(Block) error, eachRow func([]any) error,
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
