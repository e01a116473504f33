package application

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/cmd/yangguang/timetable"
	"yangguang/dashboard/page"
	"yangguang/queries/ask"
	"yangguang/queries/model"

	"github.com/robfig/cron/v3"
)

// CollectOnSchedule collects every source once and then by its schedule, until ctx ends; it returns when no collection runs any more.
// New and changed ledgers are collected when they are noticed. SIGHUP or a changed configuration file makes it read the configuration again.
func (a *Application) CollectOnSchedule(ctx context.Context, streams terminal.Streams) error {
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	round := newRound(a, streams)
	a.round.Store(round)
	last, err := a.LastSuccesses(ctx)
	if err != nil {
		a.Logger.WarnContext(ctx, "it is not known when sources were last collected; missed runs are not reported", "error", err)
	}
	plans, err := plansOf(a.Config, last)
	if err != nil {
		return terminal.Mistake(err)
	}
	table := timetable.New(round.collect, round)
	a.table.Store(table)
	ledgers := timetable.Ledgers{}
	ledgers.Changed(round.sources()) // as they are before they are read
	table.Set(ctx, plans)
	defer table.Wait()
	file := timetable.File{Path: a.Config.File}
	file.Changed() // as it is now
	looks := time.NewTicker(timetable.Look)
	defer looks.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-hangups:
		case <-looks.C:
			for _, source := range ledgers.Changed(round.sources()) {
				table.Hurry(source)
			}
			if !file.Changed() {
				continue
			}
		}
		if plans, ok := round.reload(ctx); ok {
			changed := ledgers.Changed(round.sources())
			table.Set(ctx, plans)
			for _, source := range changed {
				table.Hurry(source)
			}
		}
	}
}

// plansOf are the plans of the configuration's sources.
func plansOf(c *config.Config, last map[string]time.Time) ([]timetable.Plan, error) {
	var plans []timetable.Plan
	for _, source := range c.Sources {
		p := timetable.Plan{Name: source.Name, Written: source.Schedule, Zone: c.Location, Content: source.Content, Last: last[source.Name]}
		if source.Schedule != "" {
			var err error
			if p.Schedule, err = cron.ParseStandard(source.Schedule); err != nil {
				return nil, fmt.Errorf("%s:%d: sources: schedule: %w", c.File, source.Line, err)
			}
		}
		plans = append(plans, p)
	}
	return plans, nil
}

// LastSuccesses are when the sources were last collected successfully.
func (a *Application) LastSuccesses(ctx context.Context) (map[string]time.Time, error) {
	rows, err := ask.Run(ctx, a.Asker, ask.Sources, model.Question{}.WithDefaults(model.Today(time.Now().In(a.Config.Location))))
	if err != nil {
		return nil, err
	}
	last := map[string]time.Time{}
	for _, row := range rows {
		if row.LastSuccess != nil {
			last[row.Source] = *row.LastSuccess
		}
	}
	return last, nil
}

// Schedule says when each source is collected next.
func (a *Application) Schedule() map[string]page.Run {
	if table := a.table.Load(); table != nil {
		return table.Runs()
	}
	return nil
}
