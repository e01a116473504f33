package verdicts

import (
	"context"
	"fmt"
	"strings"
	"time"

	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
	"yangguang/queries/storage"
)

// LargestSample is how many records a sample has at most.
const LargestSample = 500

// longestSeed is how many characters a seed has at most.
const longestSeed = 40

// Draw draws a sample of the records that a question's window published and stores it: the same seed, question and records give the same records in the same
// order. Its number is the next of the year: CJ2026-001. What cannot be drawn is a *model.UserError.
func (p *People) Draw(ctx context.Context, at time.Time, question model.Question, seed string, size int, by string) (sampleID string, err error) {
	seed = strings.TrimSpace(seed)
	switch {
	case seed == "" || len([]rune(seed)) > longestSeed:
		return "", &model.UserError{Parameter: "seed", Value: seed, Expected: fmt.Sprintf("1 to %d characters", longestSeed)}
	case size < 1 || size > LargestSample:
		return "", &model.UserError{Parameter: "size", Value: fmt.Sprint(size), Expected: fmt.Sprintf("1 to %d records", LargestSample)}
	}
	p.noting.Lock()
	defer p.noting.Unlock()
	drawn, err := ask.Run(ctx, p.Asker, ask.Draw(seed, size), question)
	if err != nil {
		return "", err
	}
	if len(drawn) == 0 {
		return "", &model.UserError{Parameter: "from", Value: question.From.Format(model.DayLayout), Expected: "a window in which something was published by the units that are asked"}
	}
	fail := func(err error) (string, error) { return "", fmt.Errorf("store a sample: %w", err) }
	ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Synchronous()))
	event, err := nextEvent(ctx, p.Store, "samples", at)
	if err != nil {
		return fail(err)
	}
	prefix := fmt.Sprintf("CJ%04d-", question.AsOf.Year())
	var last uint64
	row := p.Conn().QueryRow(ctx, "SELECT max(toUInt64OrZero(substring(sample_id, 8))) FROM samples WHERE startsWith(sample_id, {prefix:String})", clickhouse.Named("prefix", prefix))
	if err := row.Scan(&last); err != nil {
		return fail(err)
	}
	sampleID = fmt.Sprintf("%s%03d", prefix, last+1)
	err = p.Insert(ctx, "INSERT INTO sampled_records", func(batch clickhouse.Batch) error {
		for i, r := range drawn {
			if err := batch.Append(event, uint32(i+1), r.Source, r.RecordID, r.Version, r.UnitID, r.ItemID, r.Period, r.Title, r.PublishedOn, r.URL); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fail(err)
	}
	err = p.Insert(ctx, "INSERT INTO samples", func(batch clickhouse.Batch) error {
		return batch.Append(event, sampleID, at.UTC().Truncate(time.Millisecond), by, seed, uint32(size), drawn[0].Among, question.From, question.To, question.AsOf, question.Group, question.Within)
	})
	if err != nil {
		return fail(err)
	}
	return sampleID, storage.NoteHoldings(ctx, p.Store, event, fmt.Sprintf("event_id = %d", event), "samples", "sampled_records")
}

// Entry is what an inspector found of a record of a sample.
type Entry struct {
	SampleID string `json:"-"`
	Number   uint64 `json:"-"`       // of the record, from 1
	Verdict  string `json:"verdict"` // fault or clear; empty takes back what was entered
	Remark   string `json:"remark"`
}

// Enter notes what inspectors found, all at once, with says how it came (page, file); what says nothing new is left out. It returns how many were noted. A
// sample or number that there is not is a *model.UserError.
func (p *People) Enter(ctx context.Context, at time.Time, by, with string, entries []Entry) (noted int, err error) {
	if by == "" {
		return 0, fmt.Errorf("enter verdicts: nobody is named who enters them")
	}
	p.noting.Lock()
	defer p.noting.Unlock()
	samples := map[string][]model.SampledRow{}
	type event struct {
		Entry
		before string
	}
	var events []event
	for _, entry := range entries {
		rows, known := samples[entry.SampleID]
		if !known {
			if rows, err = ask.Run(ctx, p.Asker, ask.Sampled(entry.SampleID), model.Question{}.WithDefaults(farDay)); err != nil {
				return 0, err
			}
			samples[entry.SampleID] = rows
		}
		switch {
		case len(rows) == 0:
			return 0, &model.UserError{Parameter: "sample_id", Value: entry.SampleID, Expected: "a sample that was drawn"}
		case entry.Number < 1 || entry.Number > uint64(len(rows)):
			return 0, &model.UserError{Parameter: "number", Value: fmt.Sprint(entry.Number), Expected: fmt.Sprintf("1 to %d", len(rows))}
		case entry.Verdict != "" && entry.Verdict != "fault" && entry.Verdict != "clear":
			return 0, &model.UserError{Parameter: "verdict", Value: entry.Verdict, Expected: "fault, clear or nothing"}
		case len([]rune(entry.Remark)) > longestReason:
			return 0, &model.UserError{Parameter: "remark", Value: "", Expected: fmt.Sprintf("at most %d characters", longestReason)}
		}
		was := &rows[entry.Number-1]
		if entry.Verdict == "" && entry.Remark != "" && entry.Remark != was.Remark {
			return 0, &model.UserError{Parameter: "verdict", Value: "", Expected: fmt.Sprintf("a verdict of record %d, beside what is remarked of it", entry.Number)}
		}
		if was.Verdict == entry.Verdict && was.Remark == entry.Remark || was.Verdict == "" && entry.Verdict == "" {
			continue
		}
		one := event{Entry: entry}
		if was.Verdict != "" {
			if one.before, err = asJSON(Entry{Verdict: was.Verdict, Remark: was.Remark}); err != nil {
				return 0, err
			}
		}
		was.Verdict, was.Remark = entry.Verdict, entry.Remark
		events = append(events, one)
	}
	return len(events), note(ctx, p.Store, at, "sample_verdicts", events, func(e event, id uint64, noted time.Time) []any {
		return []any{id, noted, by, with, e.SampleID, uint32(e.Number), e.Verdict, e.Remark, e.before}
	})
}
