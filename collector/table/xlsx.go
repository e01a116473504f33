package table

import (
	"context"
	"errors"
	"io"
)

func readWorkbook(ctx context.Context, file io.ReaderAt, size int64, header Header, each func(Row) error) error {
	return errors.New("workbooks are not read yet")
}
