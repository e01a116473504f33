package records

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
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
	for _, fate := range []string{model.FateUnread, model.FateNotUnderstood, model.FateIgnored} {
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
func NoteRegistryReading(ctx context.Context, s *clickhouse.Store, read time.Time, remarks []Remark) error {
	text, err := remarksText(remarks)
	if err != nil {
		return err
	}
	var last string
	if err := s.Conn().QueryRow(ctx, "SELECT argMax(remarks, read_at) FROM registry_readings").Scan(&last); err != nil {
		return fmt.Errorf("ask what of the registry was not read: %w", err)
	}
	if last == text {
		return nil
	}
	if err := s.Insert(ctx, "INSERT INTO registry_readings (read_at, remarks)", func(batch clickhouse.Batch) error { return batch.Append(read.UTC(), text) }); err != nil {
		return fmt.Errorf("store what of the registry was not read: %w", err)
	}
	return nil
}
