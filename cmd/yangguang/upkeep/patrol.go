package upkeep

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/cmd/yangguang/timetable"
	"yangguang/collector/content/texts"
	"yangguang/collector/online"
	links "yangguang/collector/patrol"
	"yangguang/queries/ask"
	"yangguang/queries/model"
	"yangguang/queries/patrol"
	"yangguang/queries/works"
)

// Patrol visits now what is due of published addresses, and then looks at what texts say; or does one of both.
type Patrol struct {
	Part   string `arg:"" optional:"" enum:",links,content" default:""`
	Config string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
}

// Run is the command. A round that was given up gives status 1; what fails of others does not.
func (p Patrol) Run(ctx context.Context, streams terminal.Streams) (err error) {
	config, err := config.Read(p.Config)
	if err != nil {
		return err
	}
	if config.Patrol == nil && p.Part != "content" { // what is stored can be looked at without asking anybody
		return terminal.Mistake(fmt.Errorf("%s: patrol: missing; expected the key patrol, which may be empty; see docs/patrol-addresses.md", config.File))
	}
	a, err := application.Open(ctx, config, streams.Problems)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	defer application.BoundMemory()()
	if p.Part != "content" {
		if err := p.links(ctx, a, streams); err != nil {
			return err
		}
	}
	if p.Part == "links" {
		return nil
	}
	bar := terminal.NewProgress(streams.Problems, terminal.Line(config.Lines(), "patrol_content"))
	result, err := patrolContent(ctx, a, bar)
	bar.End()
	if err != nil {
		return err
	}
	open, err := toBeChecked(ctx, a, slices.Concat(model.PrivateFindings(), model.TextFindings()))
	if err == nil {
		terminal.WriteLine(streams.Out, config.Lines(), "patrolled_content", "Read", result.Read, "Looked", result.Looked, "Findings", open)
	}
	return err
}

// links visits what is due, and says what it came to.
func (Patrol) links(ctx context.Context, a *application.Application, streams terminal.Streams) error {
	bar := terminal.NewProgress(streams.Problems, terminal.Line(a.Config.Lines(), "patrol_links"))
	result, err := patrolLinks(ctx, a, 1, bar)
	bar.End()
	if err != nil {
		return err
	}
	open, err := toBeChecked(ctx, a, model.LinkFindings())
	if err != nil {
		return err
	}
	terminal.WriteLine(streams.Out, a.Config.Lines(), "patrolled_links", counts(result, open)...)
	return nil
}

// toBeChecked is how many findings of some kinds nobody has said anything of.
func toBeChecked(ctx context.Context, a *application.Application, kinds []string) (open uint64, err error) {
	question := model.Question{}.WithDefaults(model.Today(time.Now().In(a.Config.Location)))
	counted, err := ask.Run(ctx, a.Asker, ask.FindingsCounted("finding", "", ""), question)
	for _, one := range counted {
		if slices.Contains(kinds, one.Key) {
			open += one.Open
		}
	}
	return open, err
}

// counts are what a round came to, as lines say it.
func counts(result links.Result, open uint64) []any {
	good, bad := 0, 0
	for outcome, count := range result.Of {
		switch {
		case outcome.Good():
			good += count
		case outcome.Bad():
			bad += count
		}
	}
	return []any{"Looked", result.Looked, "Good", good, "Bad", bad, "Unknown", result.Looked - good - bad, "Left", result.Left, "Findings", open}
}

// patrolLinks visits the published addresses of the default window that are due, as far as this share of the week's budget goes, and notes the round.
func patrolLinks(ctx context.Context, a *application.Application, share float64, bar *terminal.Progress) (result links.Result, err error) {
	end, err := patrol.Begin(ctx, a.Store, patrol.Links)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, end()) }()
	begun := time.Now()
	question := model.Question{}.WithDefaults(model.Today(begun.In(a.Config.Location)))
	if err := links.MendWithdrawn(ctx, a.Asker, question, begun); err != nil {
		return result, err
	}
	targets, due, err := a.Config.Patrol.Budget.Due(ctx, a.Asker, question, begun, share)
	if err != nil {
		return result, err
	}
	reachable := a.Config.Patrol.Reachable
	if len(reachable) == 0 {
		hosts, err := ask.Run(ctx, a.Asker, ask.PublishedHosts(mostReachable), question)
		if err != nil {
			return result, err
		}
		for _, host := range hosts {
			reachable = append(reachable, host.URL)
		}
	}
	bar.CountOf(len(targets))
	keeper, err := texts.NewKeeper(ctx, a.Store)
	if err != nil {
		return result, err
	}
	result, err = links.Visit(ctx, links.Options{
		Network: func(source string, file bool) online.Network {
			return a.Network.For("patrol of "+source, a.Config.PatrolPolicy(source, file))
		},
		Reachable: reachable, Logger: a.Logger, Advance: bar.Count, Sink: keeper.Seen,
		Note: func(ctx context.Context, checks []patrol.Check) error {
			rules := patrol.Rules{Again: a.Config.Patrol.Budget.Again, Zone: a.Config.Location}
			return patrol.NoteLooks(ctx, a.Store, time.Now(), rules, checks)
		},
	}, targets)
	keeping, stop := context.WithTimeout(context.WithoutCancel(ctx), timetable.Drain)
	defer stop()
	err = errors.Join(err, keeper.Close(keeping))
	result.Left += int(due) - len(targets)
	noted := patrol.Round{
		BegunAt: begun, EndedAt: time.Now(), Part: patrol.Links, Outcome: patrol.RoundDone, Looked: uint64(result.Looked), Left: uint64(result.Left),
	}
	if err != nil {
		noted.Problem, noted.Outcome = err.Error(), patrol.RoundFailed
		switch {
		case errors.Is(err, links.ErrOwnNetwork):
			noted.Outcome = patrol.RoundOwnNetwork
		case ctx.Err() != nil:
			noted.Outcome = patrol.RoundInterrupted
		}
		err = fmt.Errorf("patrol: %w", err)
	}
	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), timetable.Drain)
	defer cancel()
	return result, errors.Join(err, patrol.NoteRound(noting, a.Store, noted))
}

// mostReachable is how many hosts tell whether our own network is up where the configuration names none.
const mostReachable = 8

// patrolFirst is when serve begins the first round: the collections that it begins with come before. After one that was given up the next begins after
// patrolPause.
var (
	patrolFirst = 10 * time.Minute
	patrolPause = 10 * time.Minute
)

// PatrolOnSchedule makes rounds by the schedule until ctx ends. What rounds may spend of the week's budget is spread over the week.
func PatrolOnSchedule(ctx context.Context, a *application.Application) {
	if a.Config.Patrol == nil {
		return
	}
	timetable.Repeatedly(ctx, patrolFirst, func() time.Duration {
		wait := time.Until(a.Config.Patrol.Rounds.Next(time.Now().In(a.Config.Location)))
		err := patrolRound(ctx, a)
		switch other := (works.Other{}); {
		case err == nil || ctx.Err() != nil:
		case errors.As(err, &other):
			a.Logger.InfoContext(ctx, "another process patrols; the next round comes by the schedule", "other", other.Describe())
		default:
			a.Logger.ErrorContext(ctx, "a round of the patrol was given up", "error", err)
			wait = min(wait, patrolPause)
		}
		return max(wait, time.Second)
	})
}

// patrolRound is one round of the schedule.
func patrolRound(ctx context.Context, a *application.Application) error {
	now := time.Now()
	last, found, err := patrol.LastRound(ctx, a.Store, patrol.Links)
	if err != nil {
		return err
	}
	since := a.Config.Patrol.Rounds.Next(now).Sub(now)
	if found {
		since = max(since, now.Sub(last.BegunAt))
	}
	result, err := patrolLinks(ctx, a, links.Share(since), &terminal.Progress{})
	if other := (works.Other{}); errors.As(err, &other) {
		return err
	}
	a.Logger.InfoContext(ctx, "patrol", counts(result, 0)[:10]...)
	return errors.Join(err, contentRound(ctx, a))
}
