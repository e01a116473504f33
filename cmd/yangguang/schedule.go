package main

import (
	"context"
	"sync"

	"github.com/robfig/cron/v3"

	"yangguang/collector"
)

// collectOnSchedule collects every source once and then by its schedule, until ctx ends; it returns when no collection runs any more.
// Collections of different sources may overlap, those of one source do not.
func (a *application) collectOnSchedule(ctx context.Context, streams streams) error {
	schedule := cron.New(cron.WithLocation(a.config.location), cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger)))
	round := &round{application: a, streams: streams}
	for i, source := range a.sources {
		if line := a.config.Sources[i].Schedule; line != "" {
			if _, err := schedule.AddFunc(line, func() { round.collect(ctx, source) }); err != nil {
				return userMistake(err)
			}
		}
	}
	for _, source := range a.sources {
		if ctx.Err() != nil {
			return nil
		}
		round.collect(ctx, source)
	}
	schedule.Start()
	<-ctx.Done()
	<-schedule.Stop().Done()
	return nil
}

// round collects single sources with the registry that is in force then.
type round struct {
	application *application
	streams     streams
	registry    sync.Mutex // one loads the registry at a time
}

func (r *round) collect(ctx context.Context, source collector.Source) {
	if ctx.Err() != nil {
		return
	}
	pull, err := r.collector(ctx)
	if err != nil {
		r.application.logger.ErrorContext(ctx, "the registry cannot be loaded; nothing is collected", "source", source.Name(), "error", err)
		return
	}
	summary, err := pull.Collect(ctx, source, nil)
	if ctx.Err() != nil {
		return
	}
	writeSummary(r.streams.out, summary)
	if err != nil {
		r.application.logger.ErrorContext(ctx, "collection failed", "source", source.Name(), "error", err)
	}
}

// collector loads the registry anew, so that a mended file counts without a restart.
func (r *round) collector(ctx context.Context) (*collector.Collector, error) {
	r.registry.Lock()
	defer r.registry.Unlock()
	if err := r.application.loadRegistry(ctx, r.streams.problems); err != nil {
		return nil, err
	}
	return r.application.collector(), nil
}
