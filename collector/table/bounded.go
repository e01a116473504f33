package table

import (
	"context"
	"errors"
	"io"
)

// largestToken bounds the memory of one tag or one text of a workbook, in bytes of XML; Excel's longest text has 32,767 characters.
const largestToken = 4 << 20

var errToken = errors.New("a text in it is longer than any cell can be")

// boundedReader reads a part of a workbook until ctx ends, and no more than left bytes before the next call of next.
type boundedReader struct {
	ctx  context.Context //nolint:containedctx // lives for the reading of one part
	part io.Reader
	left int
}

func newBoundedReader(ctx context.Context, part io.Reader) *boundedReader {
	return &boundedReader{ctx: ctx, part: part, left: largestToken}
}

// next says that a token has been read.
func (b *boundedReader) next() { b.left = largestToken }

func (b *boundedReader) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	if b.left <= 0 {
		return 0, errToken
	}
	n, err := b.part.Read(p)
	b.left -= n
	return n, err
}
