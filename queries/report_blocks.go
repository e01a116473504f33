package queries

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ClickHouse/ch-go/proto"
	"github.com/ClickHouse/clickhouse-go/v2"
	"golang.org/x/sync/errgroup"
)

// StreamBlocks is Stream in blocks of rows, where the answer comes in blocks. Reports with measures or for society do not, nor does any over the
// native protocol: of these it gives row by row.
func (s *Store) StreamBlocks(ctx context.Context, report Report, question Question, eachBlock func(Block) error, eachRow func(row []any) error) error {
	columns := report.answered()
	if s.society || report.Name == "rejects" || slices.ContainsFunc(columns, func(c Column) bool { return c.Kind.isMeasure() }) {
		return s.Stream(ctx, report, question, eachRow)
	}
	text, arguments, err := s.formulated(ctx, "reports/"+report.Name, question)
	if err != nil {
		return err
	}
	err = streamBlocks(ctx, s.conn, columns, text, arguments, eachBlock, eachRow)
	if joined, ok := s.conn.(*clusterConn); ok {
		err = joined.told(ctx, err)
	}
	if err != nil {
		return fmt.Errorf("ask reports/%s: %w", report.Name, err)
	}
	return nil
}

func streamBlocks(ctx context.Context, conn querier, columns []Column, text string, arguments []any, eachBlock func(Block) error, eachRow func([]any) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	group, ctx := errgroup.WithContext(ctx)
	body := &takenBody{statement: text}
	rows, err := conn.Query(taking(ctx, body), text, arguments...)
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
		return interrupted(readBlocks(ctx, body, unread, read))
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
	return group.Wait()
}

// bodyBuffer is how much of a taken body is read at a time.
const bodyBuffer = 1 << 18

// readBlock is a Block with what its Values read.
type readBlock struct {
	Block
	results proto.Results
}

func newReadBlock(columns []Column) *readBlock {
	b := &readBlock{Block: Block{Columns: make([]Values, len(columns))}}
	for i, column := range columns {
		b.results = append(b.results, proto.ResultColumn{Name: column.Key, Data: &readColumn{kind: column.Kind, values: &b.Columns[i]}})
	}
	return b
}

// readBlocks reads an answer in Native format to its end.
func readBlocks(ctx context.Context, body io.Reader, unread <-chan *readBlock, read chan<- *readBlock) error {
	raw := &lastRead{Reader: body}
	buffered := bufio.NewReaderSize(raw, bodyBuffer)
	reader := proto.NewReader(buffered)
	for {
		if _, err := buffered.Peek(1); errors.Is(err, io.EOF) {
			return nil
		}
		block := <-unread
		if err := block.decode(reader); err != nil {
			return raw.explain(err)
		}
		select {
		case read <- block:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (b *readBlock) decode(reader *proto.Reader) error {
	var told proto.Block
	err := told.DecodeBlock(reader, takenRevision, b.results)
	b.Rows = told.Rows
	return err
}

// readColumn is a column of the type that ClickHouse says, with the Values that read it.
type readColumn struct {
	proto.ColResult
	kind   Kind
	values *Values
}

// Infer is told the type before each block.
func (c *readColumn) Infer(column proto.ColumnType) (err error) {
	if c.ColResult != nil {
		return nil
	}
	var known proto.ColAuto
	if column == "LowCardinality(String)" {
		known.Data = &proto.ColLowCardinalityRaw{Index: new(proto.ColStr)} // ch-go's own makes a text for each row
	} else if err := known.Infer(column); err != nil {
		return err
	}
	c.ColResult = known.Data
	*c.values, err = valuesOf(c.kind, c.ColResult)
	return err
}

// DecodeState reads what comes before the rows.
func (c *readColumn) DecodeState(reader *proto.Reader) error {
	if stateful, ok := c.ColResult.(proto.StateDecoder); ok {
		return stateful.DecodeState(reader)
	}
	return nil
}

// lastRead remembers what was read last, where ClickHouse writes an error that occurs in the midst of an answer.
type lastRead struct {
	io.Reader
	last []byte
}

func (r *lastRead) Read(to []byte) (int, error) {
	n, err := r.Reader.Read(to)
	if n > 0 {
		r.last = to[:n]
	}
	return n, err
}

// longestError bounds what is read of an error; ClickHouse writes at most 16 KiB.
const longestError = 1 << 16

// explain makes of an error of decoding the error that ClickHouse wrote instead of a block, if there is one
// (https://clickhouse.com/docs/interfaces/http#http_response_codes_caveats).
func (r *lastRead) explain(decoding error) error {
	rest, err := io.ReadAll(io.LimitReader(r.Reader, longestError))
	if err != nil {
		decoding = errors.Join(decoding, err)
	}
	_, message, found := bytes.Cut(slices.Concat(r.last, rest), []byte("__exception__"))
	_, message, coded := bytes.Cut(message, []byte("Code: "))
	if !found || !coded {
		return fmt.Errorf("read the answer: %w", decoding)
	}
	text, _, _ := strings.Cut(string(message), "__exception__")
	exception := &clickhouse.Exception{Message: strings.TrimSpace(text)}
	_, _ = fmt.Sscanf(text, "%d.", &exception.Code) // without a code the message says all
	return fmt.Errorf("in the midst of the answer: %w", exception)
}
