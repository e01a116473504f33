package upkeep

import (
	"context"
	"errors"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/cmd/yangguang/timetable"
	"yangguang/queries/chain"
)

// Evidence verifies the chain of evidence, or adds to it the days that have ended.
type Evidence struct {
	What   string `arg:"" enum:"verify,chain"`
	Config string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
}

// Run is the command. What does not fit gives status 1.
func (e Evidence) Run(ctx context.Context, streams terminal.Streams) (err error) {
	config, err := config.Read(e.Config)
	if err != nil {
		return err
	}
	a := application.New(config, streams.Problems)
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := a.OpenStore(ctx); err != nil {
		return err
	}
	if e.What == "chain" {
		return chainNow(ctx, a, streams)
	}
	bar := terminal.NewProgress(streams.Problems, terminal.Line(config.Lines(), "evidence_days"))
	begun := 0
	verified, err := chain.Verify(ctx, a.Store, func(day, days int) {
		if day == 1 {
			bar.CountOf(days)
		}
		bar.Count(day - begun)
		begun = day
	})
	bar.End()
	switch {
	case err != nil:
		return err
	case verified.Days == 0:
		terminal.WriteLine(streams.Out, config.Lines(), "evidence_none")
	default:
		terminal.WriteLine(streams.Out, config.Lines(), "evidence_fits", "Days", verified.Days, "Leaves", verified.Leaves, "Removed", verified.Removed,
			"Day", verified.Last.Day.Format(time.DateOnly), "Root", verified.Last.String())
	}
	return nil
}

// chainNow adds the days that have ended, a line each.
func chainNow(ctx context.Context, a *application.Application, streams terminal.Streams) error {
	added, err := chain.Extend(ctx, a.Store, time.Now(), a.Config.Location)
	for _, link := range added {
		terminal.WriteLine(streams.Out, a.Config.Lines(), "evidence_chained", "Day", link.Day.Format(time.DateOnly), "Leaves", link.Leaves, "Root", link.String())
	}
	if err != nil || len(added) > 0 {
		return err
	}
	last, _, err := chain.Last(ctx, a.Store)
	if err == nil {
		terminal.WriteLine(streams.Out, a.Config.Lines(), "evidence_current", "Day", last.Day.Format(time.DateOnly), "Root", last.String())
	}
	return err
}

// chainFirst is when serve looks first whether days have ended that are not chained, and chainLook how often.
const (
	chainFirst = 15 * time.Minute
	chainLook  = time.Hour
)

// ChainNightly chains each day after it has ended, also those of nights without the program, until ctx ends.
func ChainNightly(ctx context.Context, a *application.Application) {
	timetable.Repeatedly(ctx, chainFirst, func() time.Duration {
		added, err := chain.Extend(ctx, a.Store, time.Now(), a.Config.Location)
		for _, link := range added {
			a.Logger.InfoContext(ctx, "the evidence of a day is chained", "day", link.Day.Format(time.DateOnly), "hashes", link.Leaves, "root", link.String())
		}
		if err != nil && ctx.Err() == nil {
			a.Logger.ErrorContext(ctx, "the evidence of a day could not be chained; it is tried again in an hour", "error", err)
		}
		return chainLook
	})
}
