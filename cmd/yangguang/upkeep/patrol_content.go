package upkeep

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/cmd/yangguang/timetable"
	"yangguang/collector/content/texts"
	"yangguang/queries/patrol"
)

// patrolContent looks at what texts say that are new or have changed, and notes the round.
func patrolContent(ctx context.Context, a *application.Application, bar *terminal.Progress) (result texts.Result, err error) {
	end, err := patrol.Begin(ctx, a.Store, patrol.Content)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, end()) }()
	begun := time.Now()
	result, err = texts.Run(ctx, texts.Options{Store: a.Store, Zone: a.Config.Location, Now: begun, Total: bar.CountOf, Advance: bar.Count})
	noted := patrol.Round{BegunAt: begun, EndedAt: time.Now(), Part: patrol.Content, Outcome: patrol.RoundDone, Looked: uint64(result.Looked)}
	if err != nil {
		noted.Problem, noted.Outcome = err.Error(), patrol.RoundFailed
		if ctx.Err() != nil {
			noted.Outcome = patrol.RoundInterrupted
		}
		err = fmt.Errorf("patrol: %w", err)
	}
	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), timetable.Drain)
	defer cancel()
	return result, errors.Join(err, patrol.NoteRound(noting, a.Store, noted))
}

// contentEvery is how often serve looks at texts.
const contentEvery = 20 * time.Hour

// contentRound looks at texts where that was not done lately: a round of links leaves new ones.
func contentRound(ctx context.Context, a *application.Application) error {
	last, found, err := patrol.LastRound(ctx, a.Store, patrol.Content)
	if err != nil || found && last.Outcome == patrol.RoundDone && time.Since(last.BegunAt) < contentEvery {
		return err
	}
	result, err := patrolContent(ctx, a, &terminal.Progress{})
	a.Logger.InfoContext(ctx, "patrol of texts", "read", result.Read, "looked", result.Looked, "findings", result.Found)
	return err
}
