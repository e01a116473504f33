package export

import (
	"context"
	"errors"
	"time"

	"yangguang/queries"
)

// errNoAnswer says that the database gave nothing of an export for longer than it is waited for.
var errNoAnswer = errors.New("the database gave no answer in time")

// errBegun says that the first row of an export is there, which is all that HEAD asks.
var errBegun = errors.New("the first row is there")

// watched waits for each row of a Streamer only so long: an export may take its time while rows come, but not for ever while none does. The
// time in which rows are handed over, which a slow reader prolongs, does not count.
type watched struct {
	Streamer
	head     bool // ends with errBegun at the first row
	patience time.Duration
	timer    *time.Timer
}

// watch returns the streamer with a context that ends with errNoAnswer; stop ends the watch.
func watch(ctx context.Context, streamer Streamer, patience time.Duration, head bool) (context.Context, watched, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(patience, func() { cancel(errNoAnswer) })
	return ctx, watched{streamer, head, patience, timer}, func() { timer.Stop(); cancel(nil) }
}

// Stream is Streamer's.
func (s watched) Stream(ctx context.Context, report queries.Report, question queries.Question, each func(row []any) error) error {
	return s.Streamer.Stream(ctx, report, question, handedOver(s, each))
}

// StreamBlocks is the Streamer's if it knows blocks, else Stream.
func (s watched) StreamBlocks(
	ctx context.Context, report queries.Report, question queries.Question, eachBlock func(queries.Block) error, eachRow func(row []any) error,
) error {
	if streamer, knows := s.Streamer.(inBlocks); knows {
		return streamer.StreamBlocks(ctx, report, question, handedOver(s, eachBlock), handedOver(s, eachRow))
	}
	return s.Stream(ctx, report, question, eachRow)
}

// handedOver is each with the watch at rest meanwhile.
func handedOver[Rows any](s watched, each func(Rows) error) func(Rows) error {
	return func(rows Rows) error {
		if s.head {
			return errBegun
		}
		s.timer.Stop()
		defer s.timer.Reset(s.patience)
		return each(rows)
	}
}
