package attachment

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// mostParts bounds the parts of an archive.
const mostParts = 10_000

// openArchive opens a document of 2007 and later after it has been unpacked once, to nowhere: within limits, and with the sums that it has of itself.
func openArchive(ctx context.Context, body []byte, limits Limits) (*zip.Reader, error) {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	switch {
	case err != nil:
		return nil, fmt.Errorf("open the archive: %w", err)
	case len(archive.File) > mostParts:
		return nil, errTooLarge
	}
	left := &bounded{ctx: ctx, left: limits.Unpacked}
	for _, part := range archive.File {
		if part.Flags&1 != 0 {
			return nil, errEncrypted
		}
		if err := left.read(part, io.Discard); err != nil {
			return nil, fmt.Errorf("unpack %s: %w", part.Name, err)
		}
	}
	return archive, nil
}

// bounded reads parts until the context ends or so many bytes have been read of all of them.
type bounded struct {
	ctx  context.Context //nolint:containedctx // lives for the reading of one archive
	left int64
}

func (b *bounded) read(part *zip.File, to io.Writer) error {
	from, err := part.Open()
	if err != nil {
		return err
	}
	_, err = io.Copy(to, b.of(from))
	return errors.Join(err, from.Close())
}

// of is a part that ends with an error at the limit.
func (b *bounded) of(part io.Reader) io.Reader { return &boundedPart{b, part} }

type boundedPart struct {
	*bounded
	part io.Reader
}

func (b *boundedPart) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	if b.left <= 0 {
		return 0, errTooLarge
	}
	n, err := b.part.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}
