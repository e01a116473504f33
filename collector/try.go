package collector

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yangguang/collector/identity"
	"yangguang/collector/record"
	"yangguang/queries/civil"
)

// Tried is what one row of a source would become.
type Tried struct {
	Place   string         // file, sheet and row, or address
	Record  *record.Record // nil when the row is dropped
	Reason  string         // why it is dropped: field, what is wrong, what would be right
	Fields  record.Fields  // of a dropped row: what the source understood of it
	Content string         // the raw row, where the source tells it
	LeftOut bool           // the configuration leaves the row out: it is neither read nor rejected
}

// ErrEnough ends a trial without an error when it is what each returns.
var ErrEnough = errors.New("enough rows")

// Try reads a source like Collect and stores nothing; options.Store is not used. each gets every row in order, on the goroutine that calls
// Try. In the summary New counts the records that were made, repeated ones too.
//
// The error is what each returned, or says why the source could not be read whole.
func Try(ctx context.Context, options Options, source Source, each func(Tried) error) (Summary, error) {
	options = New(options).options
	begun := time.Now()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	t := &trial{stop: cancel, each: each, ids: identity.NewIds(options.Resolver.Events()), summary: Summary{Source: source.Name(), Kind: source.Kind(), Started: options.Clock()}}
	t.rules = record.Rules{
		Resolver: options.Resolver, Zone: options.Zone, Steps: source.Steps(), Online: source.Online(),
		Today: civil.From(t.summary.Started, options.Zone).Start(time.UTC), Began: t.summary.Started,
	}
	err := source.Collect(ctx, t)
	t.summary.Remarks = t.remarks.all()
	if t.ended != nil {
		err = t.ended
	}
	t.summary.Seconds = time.Since(begun).Seconds()
	if empty := whenEmpty(source); err == nil && source.Online() && empty != nil && t.summary.Read == 0 && !t.leftOut {
		err = errors.New(empty(nil) + emptyAdvice)
	}
	if err == nil || errors.Is(err, ErrEnough) {
		return t.summary, nil
	}
	err = fmt.Errorf("try %s: %w", source.Name(), err)
	t.summary.Error = err.Error()
	return t.summary, err
}

// trial is the Sink of Try: it adapts rows at once and hands them on.
type trial struct {
	rules   record.Rules
	each    func(Tried) error
	stop    context.CancelFunc
	summary Summary
	ended   error // what each returned
	leftOut bool  // a row was left out
	remarks remarks
	ids     *identity.Ids

	rows     []Tried        // of the call under way
	numbers  map[int]int    // row number to its place in rows
	contents map[int]string // of rows by number
}

func (t *trial) Rules() record.Rules {
	return t.rules
}

func (t *trial) Rows(ctx context.Context, _ int, adapt func(*Chunk)) error {
	if t.ended != nil {
		return ErrStorage
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	t.rows, t.numbers, t.contents = t.rows[:0], map[int]int{}, map[int]string{}
	adapt(&Chunk{tried: t})
	for number, text := range t.contents {
		if at, ok := t.numbers[number]; ok {
			t.rows[at].Content = text
		}
	}
	for _, row := range t.rows {
		t.summary.Read++
		if row.Record != nil {
			t.summary.New++
		} else {
			t.summary.Rejected++
		}
		if t.ended = t.each(row); t.ended != nil {
			t.stop() // a source may be about to read more
			return ErrStorage
		}
	}
	return nil
}

func (t *trial) record(number int, place string, r *record.Record) {
	t.numbers[number] = len(t.rows)
	if reason := t.ids.Collision(place, r); reason != "" {
		t.rows = append(t.rows, Tried{Place: place, Reason: reason, Fields: record.Fields{RecordID: r.RecordID, Title: r.Title}})
		return
	}
	made := *r
	t.rows = append(t.rows, Tried{Place: place, Record: &made})
}

func (t *trial) reject(place, reason, content string, fields record.Fields) {
	t.rows = append(t.rows, Tried{Place: place, Reason: reason, Content: content, Fields: fields})
}

// LeftOut shows a row that the source's configuration leaves out; it counts neither as read nor as rejected.
func (t *trial) LeftOut(place, reason, content string) {
	if t.ended != nil {
		return
	}
	t.leftOut = true
	if t.ended = t.each(Tried{Place: place, Reason: reason, Content: content, LeftOut: true}); t.ended != nil {
		t.stop()
	}
}

func (t *trial) content(number int, text string) {
	t.contents[number] = text
}

func (t *trial) Remark(remark Remark) {
	t.remarks.add(remark)
}

func (t *trial) Walk() *Walk {
	return nil
}

func (t *trial) Total(int64) {}

func (t *trial) Advance(bytes int64) {
	t.summary.Bytes += uint64(bytes)
}

func (t *trial) Page() {
	t.summary.Pages++
}
