package clickhouse

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// LastRead remembers what was read last, where ClickHouse writes an error that occurs in the midst of an answer.
type LastRead struct {
	io.Reader
	last []byte
}

func (r *LastRead) Read(to []byte) (int, error) {
	n, err := r.Reader.Read(to)
	if n > 0 {
		r.last = to[:n]
	}
	return n, err
}

// longestError bounds what is read of an error; ClickHouse writes at most 16 KiB.
const longestError = 1 << 16

// Explain makes of an error of decoding the error that ClickHouse wrote instead of a block, if there is one
// (https://clickhouse.com/docs/interfaces/http#http_response_codes_caveats).
func (r *LastRead) Explain(decoding error) error {
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
