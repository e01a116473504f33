package queries

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// Fates of a part of a source that did not become rows (SPEC §3 "What a collection proves").
const (
	FateUnread        = "unread"         // it should have been read: the collection is not a look
	FateNotUnderstood = "not_understood" // the collection proves what it would without it
	FateIgnored       = "ignored"        // left out on purpose
)

// Remark says what became of a part of a source that did not become rows.
type Remark struct {
	Fate    string
	Place   string
	Text    string // English
	Nearest string // the nearest thing that would be read; may be empty
	Parts   uint64
}

// mostRemarkBytes bounds what a collection stores of its remarks: they travel in the address of a request.
const mostRemarkBytes = 24 << 10

// remarksText is how remarks are stored, the gravest first and as many as there is room for; empty: there are none.
func remarksText(remarks []Remark) (string, error) {
	if len(remarks) == 0 {
		return "", nil
	}
	text := []byte{'['}
	left := uint64(0)
	for _, fate := range []string{FateUnread, FateNotUnderstood, FateIgnored} {
		for _, remark := range remarks {
			if remark.Fate != fate {
				continue
			}
			one, err := json.Marshal([]any{remark.Fate, remark.Place, remark.Text, remark.Nearest, remark.Parts})
			if err != nil {
				return "", fmt.Errorf("write down what was not understood: %w", err)
			}
			if len(text)+len(one) > mostRemarkBytes {
				left += remark.Parts
				continue
			}
			text = append(append(text, one...), ',')
		}
	}
	if left > 0 {
		text = append(text, `["ignored","","more parts","",`+strconv.FormatUint(left, 10)+`],`...)
	}
	text[len(text)-1] = ']'
	return string(text), nil
}

// NoteRegistryReading stores what a reading of the registry's files did not understand or read, where that is not what is stored already.
func (s *Store) NoteRegistryReading(ctx context.Context, read time.Time, remarks []Remark) error {
	text, err := remarksText(remarks)
	if err != nil {
		return err
	}
	var last string
	if err := s.conn.QueryRow(ctx, "SELECT argMax(remarks, read_at) FROM registry_readings").Scan(&last); err != nil {
		return fmt.Errorf("ask what of the registry was not read: %w", err)
	}
	if last == text {
		return nil
	}
	if err := s.Insert(ctx, "INSERT INTO registry_readings (read_at, remarks)", func(batch Batch) error { return batch.Append(read.UTC(), text) }); err != nil {
		return fmt.Errorf("store what of the registry was not read: %w", err)
	}
	return nil
}

// RemarkRow is what a source's last collection, or the last reading of the registry's files, did not understand or read.
type RemarkRow struct {
	Source  string    `ch:"source"` // empty: the registry
	Place   string    `ch:"place"`
	Fate    string    `ch:"fate"`
	Remark  string    `ch:"remark"` // English
	Nearest string    `ch:"nearest"`
	Parts   uint64    `ch:"parts"`
	Seen    time.Time `ch:"seen"`
}

// Remarks lists what the last collections of all sources and the last reading of the registry, or the last collection of one source, did not
// understand or read, at most so many; none for society.
func (s *Store) Remarks(ctx context.Context, question Question, source string, limit int) (rows []RemarkRow, err error) {
	if s.society != nil {
		return nil, nil
	}
	err = s.selectQuestion(ctx, "sources/remarks", &rows, question, 0,
		clickhouse.Named("source", source), clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}
