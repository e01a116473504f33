package application

import (
	"cmp"
	"context"
	"strings"
	"sync"
	"time"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/cmd/yangguang/timetable"
	"yangguang/collector"
)

// round collects single sources with the configuration and the registry that are in force then.
type round struct {
	streams terminal.Streams
	ledgers chan struct{} // ledgers keep the processor busy and take turns; sources that wait for a network do not
	told    sync.Mutex    // one line at a time is written; guards runs
	runs    map[string]time.Time
	pages   *Application // keeps the configuration it was begun with

	lock        sync.Mutex // guards the following; one loads the registry at a time
	application *Application
}

func newRound(a *Application, streams terminal.Streams) *round {
	return &round{
		streams: streams, ledgers: make(chan struct{}, 1), pages: a, runs: map[string]time.Time{},
		application: &Application{Config: a.Config, Logger: a.Logger, Store: a.Store, Asker: a.Asker, Network: a.Network, Sources: a.Sources, Registry: a.Registry, Condition: a.Condition, keeps: true},
	}
}

// Current has the configuration that is in force now, and its sources: it may have been read again since the start.
func (a *Application) Current() *Application {
	round := a.round.Load()
	if round == nil {
		return a
	}
	round.lock.Lock()
	defer round.lock.Unlock()
	return &Application{Config: round.application.Config, Sources: round.application.Sources}
}

// load loads the registry and the assessment of the configuration in force; the caller holds the lock.
func (r *round) load(ctx context.Context) error {
	if err := r.application.LoadRegistry(ctx, r.streams.Problems); err != nil {
		return err
	}
	r.pages.Assessment.Store(r.application.Assessment.Load())
	return nil
}

// collect collects a source and says how it went; ok is false when it failed. When ctx ends, a collection under way may take as long as a request to come to its end.
func (r *round) collect(ctx context.Context, name string) (ok bool) {
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() {
		patience := time.NewTimer(timetable.Drain)
		defer patience.Stop()
		select {
		case <-patience.C:
			cancel()
		case <-running.Done():
		}
	})()
	source := r.source(name)
	if source == nil {
		return true // the configuration has been changed meanwhile
	}
	if !source.Online() {
		select {
		case r.ledgers <- struct{}{}:
			defer func() { <-r.ledgers }()
		case <-ctx.Done():
			return true
		}
	}
	if ctx.Err() != nil {
		return true
	}
	pull, err := r.collector(running)
	if err != nil {
		r.application.Logger.ErrorContext(ctx, "the registry cannot be loaded; nothing is collected", "source", name, "error", err)
		return false
	}
	summary, err := pull.Collect(running, source, nil)
	if running.Err() != nil {
		return true // interrupted; the next collection starts over
	}
	r.told.Lock()
	defer r.told.Unlock()
	WriteSummary(r.streams.Out, r.application.Config, summary)
	return err == nil
}

// sources are those of the configuration in force.
func (r *round) sources() []collector.Source {
	r.lock.Lock()
	defer r.lock.Unlock()
	return r.application.Sources
}

func (r *round) source(name string) collector.Source {
	for _, source := range r.sources() {
		if source.Name() == name {
			return source
		}
	}
	return nil
}

// collector loads the registry again, so that a mended file counts without a restart.
func (r *round) collector(ctx context.Context) (*collector.Collector, error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if err := r.load(ctx); err != nil {
		return nil, err
	}
	return r.application.Collector(), nil
}

// reload reads the configuration again. One that is wrong is reported and changes nothing.
func (r *round) reload(ctx context.Context) (plans []timetable.Plan, ok bool) {
	logger := r.application.Logger
	changed, err := config.Read(r.application.Config.File)
	if err == nil {
		plans, err = plansOf(changed, nil)
	}
	var sources []collector.Source
	if err == nil {
		sources, err = changed.OpenSources(r.application.Network)
	}
	r.application.Condition.change(func(c *Condition) { c.config = err })
	if err != nil {
		logger.ErrorContext(ctx, "the changed configuration is refused; the one before stays in force", "error", err)
		return nil, false
	}
	r.lock.Lock()
	defer r.lock.Unlock()
	before := r.application.Config
	restart := config.RestartKeys(cmp.Or(r.pages.Config.Written, r.pages.Config), changed)
	r.application.Condition.change(func(c *Condition) { c.restart = restart })
	if len(restart) > 0 {
		logger.WarnContext(ctx, "of the changed configuration this needs a restart: "+strings.Join(restart, ", "))
	}
	changed.Timezone, changed.Location = before.Timezone, before.Location // pages and collections must agree on what a day is
	for i := range plans {
		plans[i].Zone = before.Location
	}
	r.application.Config, r.application.Sources = changed, sources
	if err := r.load(ctx); err != nil {
		logger.ErrorContext(ctx, "the registry of the changed configuration cannot be loaded", "error", err)
	}
	r.say("reloaded", "N", len(sources))
	return plans, true
}

// Next says when a source is collected next, once.
func (r *round) Next(source string, at time.Time) {
	r.told.Lock()
	known := r.runs[source].Equal(at)
	r.runs[source] = at
	r.told.Unlock()
	if known {
		return
	}
	r.say("next_run", "Source", source, "At", at.Format(terminal.InstantLayout))
}

// Missed says which runs of a source were not done when they were due.
func (r *round) Missed(source string, runs int, since time.Time, madeUp bool) {
	id := "missed_left_out"
	if madeUp {
		id = "missed_made_up"
	}
	r.say(id, "Source", source, "N", runs, "Since", since.In(r.pages.Config.Location).Format(terminal.InstantLayout))
}

func (r *round) say(id string, pairs ...any) {
	r.told.Lock()
	defer r.told.Unlock()
	terminal.WriteLine(r.streams.Out, r.pages.Config.Lines(), id, pairs...)
}
