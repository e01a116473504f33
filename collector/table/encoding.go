package table

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// detectionSize is how much text is weighed to tell UTF-8 from GB18030.
const detectionSize = 64 << 10

// textReader turns the bytes of a CSV file into UTF-8. The encoding is settled by a BOM or by the first bytes that are
// not ASCII, however far down they are; after that it no longer changes.
type textReader struct {
	raw     *bufio.Reader
	text    io.Reader // nil until the encoding is settled
	decoded bool      // text is the output of a decoder, where U+FFFD stands for what could not be decoded
}

func newTextReader(raw *bufio.Reader) (*textReader, error) {
	t := &textReader{raw: raw}
	start, err := raw.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(start, []byte("\xEF\xBB\xBF")):
		_, _ = raw.Discard(3) // just peeked
		t.text = raw
	case bytes.HasPrefix(start, []byte("\xFF\xFE")), bytes.HasPrefix(start, []byte("\xFE\xFF")):
		t.text = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(raw)
		t.decoded = true
	}
	return t, nil
}

// Read reads UTF-8. A rune may be cut at the end of p.
func (t *textReader) Read(p []byte) (int, error) {
	if t.text != nil {
		return t.text.Read(p)
	}
	sample, err := t.raw.Peek(detectionSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	if len(sample) == 0 {
		return 0, io.EOF
	}
	if ascii := asciiPrefix(sample); ascii > 0 {
		return t.raw.Read(p[:min(len(p), ascii)])
	}
	t.text = t.raw
	if looksLikeGB18030(sample) {
		t.text, t.decoded = simplifiedchinese.GB18030.NewDecoder().Reader(t.raw), true
	}
	return t.text.Read(p)
}

func asciiPrefix(b []byte) int {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return i
		}
	}
	return len(b)
}

// looksLikeGB18030 weighs a sample: text in GB18030 is hardly ever valid UTF-8, and UTF-8 with a few wrong bytes is still
// UTF-8 (refused later, at the line of the wrong byte).
func looksLikeGB18030(sample []byte) bool {
	valid, invalid := 0, 0
	for len(sample) > 0 {
		if sample[0] < utf8.RuneSelf {
			sample = sample[1:]
			continue
		}
		if !utf8.FullRune(sample) {
			break // cut by the end of the sample
		}
		r, size := utf8.DecodeRune(sample)
		if r == utf8.RuneError && size == 1 {
			invalid++
		} else {
			valid++
		}
		sample = sample[size:]
	}
	return invalid > 0 && invalid*4 > valid
}

// wrongBytes returns the offset of the first thing in b that is not text, or -1. final: nothing follows b.
func (t *textReader) wrongBytes(b []byte, final bool) int {
	if t.decoded {
		return bytes.Index(b, []byte("\uFFFD"))
	}
	if !final {
		b = b[:len(b)-cutRune(b)]
	}
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; ; {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
}

// cutRune is the number of bytes at the end of b that may be the start of a rune.
func cutRune(b []byte) int {
	for n := 1; n <= min(utf8.UTFMax-1, len(b)); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}

// encodingName names what the file was taken for in error messages.
func (t *textReader) encodingName() string {
	if t.decoded {
		return "GB18030 or UTF-16"
	}
	return "UTF-8"
}
