package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"yangguang/queries/records"
	"yangguang/queries/registry"

	"yangguang/collector"
	"yangguang/examples/country"
)

// simulateDirect loads a country's registry and collects its records without ledgers in between. A source that has been collected is
// left out, so that the same command goes on where an earlier one was interrupted.
func simulateDirect(ctx context.Context, simulated *country.Country, path string, streams streams) (err error) {
	config, err := readConfig(path)
	if err != nil {
		return err
	}
	config.spoken = spokenWith("") // the command's own, whatever the simulated district reads
	sources, err := simulated.Sources()
	if err != nil {
		return err
	}
	a := newApplication(config, streams.problems)
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := a.openStore(ctx); err != nil {
		return err
	}
	if err := a.loadSimulated(ctx, simulated, streams); err != nil {
		return err
	}
	pull := a.collector()
	defer boundMemory()()
	progress := newRowProgress(streams.problems, streams.words)
	defer progress.end()
	for n, source := range sources {
		progress.name(fmt.Sprintf("%s %d/%d", source.Name(), n+1, len(sources)))
		if err := a.collectSimulated(ctx, pull, source, progress, streams); err != nil {
			return err
		}
	}
	progress.end()
	fmt.Fprintln(streams.out, progress.summary())
	writeWords(streams.out, streams.words, "next_serve", "Path", path)
	return nil
}

func (a *application) collectSimulated(ctx context.Context, pull *collector.Collector, source collector.Source, progress *rowProgress, streams streams) error {
	done, err := records.Collected(ctx, a.store, source.Name(), source.(collector.Configured).ConfigHash())
	if err != nil {
		return err
	}
	if done {
		writeWords(streams.out, streams.words, "collected_before", "Source", source.Name())
		return nil
	}
	summary, err := pull.Collect(ctx, source, progress)
	progress.clear()
	writeSummary(streams.out, a.config, summary)
	if ctx.Err() != nil {
		return fmt.Errorf("interrupted; the same command goes on with this source: %w", ctx.Err())
	}
	if err != nil {
		return errReported
	}
	return nil
}

// loadSimulated puts the country's registry in force, the same as its files would, and gives back the memory that this took.
func (a *application) loadSimulated(ctx context.Context, simulated *country.Country, streams streams) error {
	begun := time.Now()
	saved, err := a.saveSimulated(ctx, simulated)
	debug.FreeOSMemory()
	if err == nil && saved {
		writeWords(streams.out, streams.words, "simulated_registry", "Seconds", tenths(time.Since(begun)))
	}
	return err
}

// saveSimulated loads the registry. That of a nation takes hundreds of megabytes, which garbage must not double.
func (a *application) saveSimulated(ctx context.Context, simulated *country.Country) (saved bool, err error) {
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	load, err := a.loadOf(simulated.Registry())
	if err != nil {
		return false, err
	}
	load.Covers = simulated.Covers()
	_, saved, err = registry.Save(ctx, a.store, load)
	return saved, err
}
