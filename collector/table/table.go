// Package table turns the bytes of a table file into rows: CSV (UTF-8 with or without BOM, UTF-16 with BOM, GB18030;
// separated by comma, semicolon or tab) and XLSX. Files are streamed: memory does not grow with the number of rows.
// The header row is found by the names of its columns, so title rows above it do no harm (SPEC §2, §3).
package table

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// Error says what is wrong with a file as a whole. Line is 0 when no line is to blame.
type Error struct {
	Sheet string
	Line  int
	Text  string

	headerless bool // there is no header row
	recognised int  // columns found in the row that comes closest to one
}

func (e *Error) Error() string {
	switch {
	case e.Sheet != "" && e.Line > 0:
		return fmt.Sprintf("sheet %q, row %d: %s", e.Sheet, e.Line, e.Text)
	case e.Sheet != "":
		return fmt.Sprintf("sheet %q: %s", e.Sheet, e.Text)
	case e.Line > 0:
		return fmt.Sprintf("line %d: %s", e.Line, e.Text)
	}
	return e.Text
}

// Errors lists the mistakes of a file that err is made of: a workbook may have one in each sheet.
func Errors(err error) []*Error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Error
		for _, part := range joined.Unwrap() {
			all = append(all, Errors(part)...)
		}
		return all
	}
	if mistake, ok := err.(*Error); ok {
		return []*Error{mistake}
	}
	if inner := errors.Unwrap(err); inner != nil {
		return Errors(inner)
	}
	return nil
}

// ReadFile reads the table at path and calls each for every row that is not empty, in file order.
//
// Rows may be kept and handed to other goroutines. An error of each ends the reading and is returned as it is;
// a mistake in the file is an *Error, wrapped with the path.
func ReadFile(ctx context.Context, path string, header Header, each func(Row) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open table: %w", err)
	}
	defer file.Close()
	if err := Read(ctx, file, header, each); err != nil {
		var mistake *Error
		if errors.As(err, &mistake) {
			return fmt.Errorf("%s: %w", path, err)
		}
		return err
	}
	return nil
}

// Read is ReadFile for bytes that are not (only) a file. A workbook needs random access: one that does not come as an
// *os.File is copied to a temporary file first.
func Read(ctx context.Context, r io.Reader, header Header, each func(Row) error) error {
	buffered := bufio.NewReaderSize(r, detectionSize)
	start, err := buffered.Peek(startSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read table: %w", err)
	}
	if bytes.HasPrefix(start, []byte("PK\x03\x04")) {
		return readSpooled(ctx, r, buffered, header, each)
	}
	if what := foreign(start); what != "" {
		return &Error{Text: what}
	}
	return readCSV(ctx, buffered, header, each)
}

// readSpooled opens the workbook in place when it is a file, and by way of a temporary file otherwise.
func readSpooled(ctx context.Context, r io.Reader, buffered *bufio.Reader, header Header, each func(Row) error) error {
	if file, ok := r.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			return readWorkbook(ctx, file, info.Size(), header, each)
		}
	}
	spool, err := os.CreateTemp("", "yangguang-*.xlsx")
	if err != nil {
		return fmt.Errorf("make temporary workbook: %w", err)
	}
	defer os.Remove(spool.Name())
	defer spool.Close()
	size, err := io.Copy(spool, buffered)
	if err != nil {
		return fmt.Errorf("copy workbook to temporary file: %w", err)
	}
	return readWorkbook(ctx, spool, size, header, each)
}
