package fetch

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// packing is how many bytes a packed body may have more than it unpacks to.
const packing = 64 << 10

// readBody reads and unpacks a body to its end, but never more than limit bytes: what a small answer unpacks to may be large. received is what
// was sent. With errTooLarge come the first limit bytes.
func readBody(response *http.Response, limit int64) (body []byte, received int64, err error) {
	sent := &counter{from: response.Body, limit: limit + packing}
	var from io.Reader = sent
	switch encoding := strings.ToLower(strings.TrimSpace(response.Header.Get("Content-Encoding"))); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		unpacked, err := gzip.NewReader(sent)
		if errors.Is(err, io.EOF) && sent.bytes == 0 {
			return nil, 0, nil
		}
		if err != nil {
			return nil, sent.bytes, fmt.Errorf("unpack the page: %w", err)
		}
		from = unpacked
	default:
		return nil, 0, fmt.Errorf("the page is packed as %q, which was not asked for", encoding)
	}
	body, err = io.ReadAll(io.LimitReader(from, limit+1))
	if int64(len(body)) > limit {
		return body[:limit], sent.bytes, errTooLarge
	}
	if err != nil {
		return nil, sent.bytes, fmt.Errorf("the page has not come whole: %w", err)
	}
	return body, sent.bytes, nil
}

// counter counts what comes, and lets no more than limit bytes through: a packed body may be endless and unpack to nothing.
type counter struct {
	from         io.Reader
	bytes, limit int64
}

func (c *counter) Read(into []byte) (int, error) {
	read, err := c.from.Read(into)
	if c.bytes += int64(read); c.bytes > c.limit {
		return 0, errTooLarge
	}
	return read, err
}
