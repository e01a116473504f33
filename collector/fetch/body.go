package fetch

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

const (
	packing = 64 << 10 // how many bytes a packed body may have more than it unpacks to
	layers  = 3        // how often a body may be packed
	tasted  = 4 << 10  // bytes that are looked at to tell how a body is packed
)

// readBody reads and unpacks a body to its end, but never more than limit bytes: what a small answer unpacks to may be large. received is what
// was sent. With errTooLarge come the first limit bytes.
func readBody(from io.Reader, header http.Header, limit int64) (body []byte, received int64, err error) {
	sent := &counter{from: from, limit: limit + packing}
	unpacked, err := unpackAll(sent, encodingsOf(header))
	if err != nil {
		return nil, sent.bytes, err
	}
	body, err = io.ReadAll(io.LimitReader(unpacked, limit+1))
	switch {
	case int64(len(body)) > limit:
		return body[:limit], sent.bytes, errTooLarge
	case errors.Is(err, errTooLarge):
		return body, sent.bytes, errTooLarge
	}
	if err != nil {
		return nil, sent.bytes, fmt.Errorf("the page has not come whole: %w", err)
	}
	return body, sent.bytes, nil
}

// encodingsOf are the ways in which a body says that it is packed, in the order in which that was done.
func encodingsOf(header http.Header) (encodings []string) {
	for encoding := range strings.SplitSeq(strings.ToLower(strings.Join(header.Values("Content-Encoding"), ",")), ",") {
		if encoding = strings.TrimSpace(encoding); encoding != "" && encoding != "identity" {
			encodings = append(encodings, encoding)
		}
	}
	return encodings
}

// unpackAll unpacks what says to be packed, the last way first. What is gzip and does not say so is unpacked too: a page is text.
func unpackAll(from io.Reader, encodings []string) (io.Reader, error) {
	if len(encodings) > layers {
		return nil, fmt.Errorf("the page is packed in %d ways: %s", len(encodings), strings.Join(encodings, ", "))
	}
	for _, encoding := range slices.Backward(encodings) {
		unpacked, err := unpack(bufio.NewReaderSize(from, tasted), encoding)
		if err != nil {
			return nil, err
		}
		from = unpacked
	}
	buffered := bufio.NewReaderSize(from, tasted)
	if isGzip(buffered) {
		return newMembers(buffered)
	}
	return buffered, nil
}

// unpack goes by what a body is and not by what it is called, as browsers do: deflate may be zlib's form, bare or gzip, gzip may be plain text,
// and what nobody has heard of (utf-8) is none.
func unpack(from *bufio.Reader, encoding string) (io.Reader, error) {
	switch encoding {
	case "gzip", "x-gzip", "deflate":
	case "br", "zstd", "compress", "x-compress", "dcb", "dcz":
		return nil, fmt.Errorf("the page is packed as %q, which was not asked for", encoding)
	default:
		return from, nil
	}
	if isGzip(from) {
		return newMembers(from)
	}
	head, err := from.Peek(tasted)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("the page has not come whole: %w", err)
	}
	if len(head) >= 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		if _, err := io.Copy(io.Discard, flate.NewReader(bytes.NewReader(head[2:]))); err == nil || errors.Is(err, io.ErrUnexpectedEOF) {
			return zlib.NewReader(from)
		}
	}
	if encoding == "deflate" && len(head) > 0 {
		if _, err := io.Copy(io.Discard, flate.NewReader(bytes.NewReader(head))); err == nil || errors.Is(err, io.ErrUnexpectedEOF) {
			return flate.NewReader(from), nil
		}
	}
	return from, nil
}

// isGzip reports whether gzip follows.
func isGzip(from *bufio.Reader) bool {
	head, _ := from.Peek(3) // an error comes again when it is read
	return bytes.Equal(head, []byte{0x1f, 0x8b, 8})
}

// members reads gzip, one member after the other, and leaves alone what is none.
type members struct {
	from   *bufio.Reader
	member *gzip.Reader
}

func newMembers(from *bufio.Reader) (*members, error) {
	member, err := gzip.NewReader(from)
	if err != nil {
		return nil, fmt.Errorf("unpack the page: %w", err)
	}
	member.Multistream(false)
	return &members{from, member}, nil
}

func (m *members) Read(into []byte) (int, error) {
	for {
		read, err := m.member.Read(into)
		if !errors.Is(err, io.EOF) {
			return read, err
		}
		if !isGzip(m.from) {
			if _, err := m.from.Peek(3); err != nil { // the end, or why there is none
				return read, err
			}
			return read, io.EOF
		}
		if err := m.member.Reset(m.from); err != nil {
			return read, fmt.Errorf("unpack the page: %w", err)
		}
		m.member.Multistream(false)
		if read > 0 {
			return read, nil
		}
	}
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
