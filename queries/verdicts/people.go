// Package verdicts notes what people say of what patrol has found, and draws samples of what was published for inspectors.
package verdicts

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/storage"
)

// People notes what people say of what patrol has found, and draws samples for them. Its methods may be called from many goroutines.
type People struct {
	*ask.Asker
	noting sync.Mutex // of two that note at once the second sees the first
}

// NewPeople is for a database.
func NewPeople(asker *ask.Asker) *People { return &People{Asker: asker} }

// Verdict is what somebody said of a finding.
type Verdict struct {
	ID        uint64    `ch:"event_id" json:"event_id"`
	NotedAt   time.Time `ch:"noted_at" json:"noted_at"` // instant
	NotedBy   string    `ch:"noted_by" json:"noted_by"`
	FindingID uint64    `ch:"finding_id" json:"-"`
	What      string    `ch:"what" json:"what"` // confirmed, dismissed, reopened, mended
	Reason    string    `ch:"reason" json:"reason"`
	Before    string    `ch:"before" json:"-"` // JSON of what was said before; empty: nothing
}

// follows says what may be said of a finding that is in a state.
var follows = map[string][]string{
	model.FindingOpen:      {model.FindingConfirmed, model.FindingDismissed, model.FindingMended},
	model.FindingConfirmed: {model.FindingMended, model.FindingDismissed, model.FindingReopened},
	model.FindingDismissed: {model.FindingReopened},
	model.FindingMended:    {model.FindingReopened},
}

// Follows says what may be said of a finding that is in a state.
func Follows(state string) []string { return slices.Clone(follows[state]) }

// longestReason is how many characters of a reason or remark are taken.
const longestReason = 400

// Say notes what somebody says of findings, all at once. Nobody says the same twice: what does not follow what a finding is, a finding that there is not and a
// dismissal without a reason are *model.UserError.
func (p *People) Say(ctx context.Context, at time.Time, by, what, reason string, ids ...uint64) error {
	reason = strings.TrimSpace(reason)
	switch {
	case what == model.FindingDismissed && reason == "":
		return &model.UserError{Parameter: "reason", Value: "", Expected: "why it is dismissed"}
	case len([]rune(reason)) > longestReason:
		return &model.UserError{Parameter: "reason", Value: "", Expected: fmt.Sprintf("at most %d characters", longestReason)}
	case by == "":
		return fmt.Errorf("note what is said of findings: nobody is named who says it")
	}
	p.noting.Lock()
	defer p.noting.Unlock()
	verdicts := make([]Verdict, 0, len(ids))
	for _, id := range ids {
		text := strconv.FormatUint(id, 10)
		found, err := ask.Run(ctx, p.Asker, ask.FindingsPart(ask.FindingsAsked{IDs: []string{text}, Private: true, Limit: 1}), model.Question{KnownAt: at}.WithDefaults(farDay))
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return &model.UserError{Parameter: "finding", Value: text, Expected: "a finding that there is"}
		}
		if !slices.Contains(follows[found[0].State], what) {
			return &model.UserError{Parameter: "what", Value: what, Expected: "one of " + strings.Join(follows[found[0].State], ", ")}
		}
		history, err := p.History(ctx, id)
		if err != nil {
			return err
		}
		verdict := Verdict{NotedBy: by, FindingID: id, What: what, Reason: reason}
		if len(history) > 0 {
			if verdict.Before, err = asJSON(history[len(history)-1]); err != nil {
				return err
			}
		}
		verdicts = append(verdicts, verdict)
	}
	return note(ctx, p.Store, at, "finding_verdicts", verdicts, func(v Verdict, id uint64, noted time.Time) []any {
		return []any{id, noted, v.NotedBy, v.FindingID, v.What, v.Reason, v.Before}
	})
}

// farDay is an as-of day by which everything has been found.
var farDay = time.Date(2299, time.January, 1, 0, 0, 0, 0, time.UTC)

// History is what was said of a finding, the earliest first.
func (p *People) History(ctx context.Context, finding uint64) (said []Verdict, err error) {
	err = p.Conn().Select(ctx, &said, `SELECT * FROM finding_verdicts FINAL WHERE finding_id = {finding:UInt64} ORDER BY event_id`, clickhouse.NamedNumber("finding", finding))
	if err != nil {
		return nil, fmt.Errorf("read what was said of finding %d: %w", finding, err)
	}
	return said, nil
}

func asJSON(value any) (string, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("note what was said before: %w", err)
	}
	return string(text), nil
}

// note adds rows to a table whose rows are numbered by event_id, all of them as of the present, and counts them as held.
func note[Row any](ctx context.Context, s *clickhouse.Store, at time.Time, table string, rows []Row, columns func(row Row, id uint64, noted time.Time) []any) error {
	if len(rows) == 0 {
		return nil
	}
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous()))
	first, err := nextEvent(ctx, s, table, at)
	if err != nil {
		return err
	}
	noted := at.UTC().Truncate(time.Millisecond)
	err = s.Insert(ctx, "INSERT INTO "+table, func(batch clickhouse.Batch) error {
		for i, row := range rows {
			if err := batch.Append(columns(row, first+uint64(i), noted)...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("add to %s: %w", table, err)
	}
	for i := range rows {
		if err := storage.NoteHoldings(ctx, s, first+uint64(i), fmt.Sprintf("event_id = %d", first+uint64(i)), table); err != nil {
			return err
		}
	}
	return nil
}

// nextEvent is the number of the next row of a table whose rows are numbered in time.
func nextEvent(ctx context.Context, s *clickhouse.Store, table string, at time.Time) (uint64, error) {
	var last uint64
	if err := s.Conn().QueryRow(ctx, "SELECT max(event_id) FROM "+table).Scan(&last); err != nil {
		return 0, fmt.Errorf("find the last row of %s: %w", table, err)
	}
	return max(last+1, uint64(at.UnixMicro())), nil
}
