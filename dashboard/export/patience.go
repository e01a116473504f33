package export

import (
	"context"
	"errors"
	"time"

	"yangguang/queries/model"
	"yangguang/queries/stream"
)

// ErrNoAnswer says that the database gave nothing of an answer for longer than it is waited for.
var ErrNoAnswer = errors.New("the database gave no answer in time")

// Watch ends a context with ErrNoAnswer when nothing comes for so long: an answer may take its time while it comes, but not for ever while it
// does not. The time in which it is handed over, which a slow reader prolongs, does not count.
type Watch struct {
	patience time.Duration
	timer    *time.Timer
	cancel   context.CancelCauseFunc
}

// NewWatch begins a watch, which Stop must end.
func NewWatch(ctx context.Context, patience time.Duration) (context.Context, *Watch) {
	ctx, cancel := context.WithCancelCause(ctx)
	return ctx, &Watch{patience, time.AfterFunc(patience, func() { cancel(ErrNoAnswer) }), cancel}
}

// HandOver runs do, with the watch at rest meanwhile.
func (w *Watch) HandOver(do func() error) error {
	w.timer.Stop()
	defer w.timer.Reset(w.patience)
	return do()
}

// Stop ends the watch and its context.
func (w *Watch) Stop() {
	w.timer.Stop()
	w.cancel(nil)
}

// errBegun says that the first row of an export is there, which is all that HEAD asks.
var errBegun = errors.New("the first row is there")

// watched is a Streamer whose every row is waited for only so long.
type watched struct {
	Streamer
	watch *Watch
	head  bool // ends with errBegun at the first row
}

// Stream is Streamer's.
func (s watched) Stream(ctx context.Context, report model.Report, question model.Question, each func(row []any) error) error {
	return s.Streamer.Stream(ctx, report, question, handedOver(s, each))
}

// StreamBlocks is the Streamer's if it knows blocks, else Stream.
func (s watched) StreamBlocks(
	ctx context.Context, report model.Report, question model.Question, eachBlock func(stream.Block) error, eachRow func(row []any) error,
) error {
	if streamer, knows := s.Streamer.(inBlocks); knows {
		return streamer.StreamBlocks(ctx, report, question, handedOver(s, eachBlock), handedOver(s, eachRow))
	}
	return s.Stream(ctx, report, question, eachRow)
}

func handedOver[Rows any](s watched, each func(Rows) error) func(Rows) error {
	return func(rows Rows) error {
		if s.head {
			return errBegun
		}
		return s.watch.HandOver(func() error { return each(rows) })
	}
}
