package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"yangguang/collector"
	"yangguang/collector/record"
	"yangguang/collector/table"
)

// rowsPerChunk is how many rows are adapted at a time.
const rowsPerChunk = 1000

// readFile hands the rows of one file to the sink.
func (l *Ledger) readFile(ctx context.Context, file ledgerFile, rules record.Rules, sink collector.Sink) error {
	if err := file.waitUntilWhole(ctx); err != nil {
		return err
	}
	opened, err := os.Open(file.path)
	if err != nil {
		return fmt.Errorf("open ledger: %w", withoutPath(err))
	}
	defer opened.Close()
	shown := l.shown(file.path)
	rows := make([]table.Row, 0, rowsPerChunk)
	reported := int64(0)
	flush := func() error {
		handed := rows
		rows = make([]table.Row, 0, rowsPerChunk)
		if position, err := opened.Seek(0, io.SeekCurrent); err == nil && position > reported {
			sink.Advance(position - reported)
			reported = position
		}
		return sink.Rows(ctx, len(handed), func(chunk *collector.Chunk) { adapt(chunk, shown, handed, rules, sink.Remark) })
	}
	header := l.header
	header.Noted = func(note table.Note) { sink.Remark(collector.RemarkOf(shown, note)) }
	err = table.Read(ctx, opened, header, func(row table.Row) error {
		if isPrefilled(row) {
			sink.Remark(collector.Remark{Place: shown + ":" + row.Place(), What: "rows without day, title and address are taken for a form to be filled in", Kind: collector.Ignored})
			return nil
		}
		if rows = append(rows, row); len(rows) == rowsPerChunk {
			return flush()
		}
		return nil
	})
	if len(rows) > 0 {
		err = errors.Join(err, flush())
	}
	sink.Advance(file.size - reported)
	return errors.Join(err, file.checkUnchanged())
}

// withoutPath leaves out the path that the caller says already.
func withoutPath(err error) error {
	var failed *os.PathError
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// adapt turns rows into records and rejected rows.
func adapt(chunk *collector.Chunk, file string, rows []table.Row, rules record.Rules, remark func(collector.Remark)) {
	places := placesOf(file, rows)
	for i, row := range rows {
		fields := record.FieldsOf(row)
		link(&fields, row, func(what, nearest string) {
			remark(collector.Remark{Place: places[i], What: what, Nearest: nearest, Kind: collector.NotUnderstood})
		})
		if row.Problem != "" {
			chunk.Reject(places[i], row.Problem, row.JSON(), fields)
			continue
		}
		resolved, problem := record.Adapt(fields, rules)
		if problem != nil {
			chunk.Reject(places[i], problem.Error(), row.JSON(), fields)
			continue
		}
		if resolved.Doubt != nil {
			remark(collector.Remark{Place: places[i], What: resolved.Doubt.Error(), Kind: collector.NotUnderstood})
		}
		chunk.Record(i, places[i], &resolved)
		if chunk.WantsContent() {
			chunk.Content(i, row.JSON())
		}
	}
}

// placesOf names where the rows are, file:row or file:sheet!row. All names of a chunk share one piece of memory: a million
// short strings would cost more than the rest of the row.
func placesOf(file string, rows []table.Row) []string {
	text := make([]byte, 0, len(rows)*(len(file)+12))
	ends := make([]int, len(rows))
	for i, row := range rows {
		text = append(append(text, file...), ':')
		if row.Sheet != "" {
			text = append(append(text, row.Sheet...), '!')
		}
		text = strconv.AppendInt(text, int64(row.Line), 10)
		ends[i] = len(text)
	}
	whole := string(text)
	places := make([]string, len(rows))
	start := 0
	for i, end := range ends {
		places[i], start = whole[start:end], end
	}
	return places
}
