package commands

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/collector"
	"yangguang/examples/country"
	"yangguang/queries/records"
	"yangguang/queries/registry"
)

// simulateDirect loads a country's registry and collects its records without ledgers in between. A source that has been collected is
// left out, so that the same command goes on where an earlier one was interrupted.
func simulateDirect(ctx context.Context, simulated *country.Country, path string, streams terminal.Streams) (err error) {
	config, err := config.Read(path)
	if err != nil {
		return err
	}
	config.Spoken = terminal.LanguageWith("") // the command's own, whatever the simulated district reads
	sources, err := simulated.Sources()
	if err != nil {
		return err
	}
	a := application.New(config, streams.Problems)
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := a.OpenStore(ctx); err != nil {
		return err
	}
	if err := loadSimulated(ctx, a, simulated, streams); err != nil {
		return err
	}
	pull := a.Collector()
	defer application.BoundMemory()()
	progress := terminal.NewRowProgress(streams.Problems, streams.Words)
	defer progress.End()
	for n, source := range sources {
		progress.Name(fmt.Sprintf("%s %d/%d", source.Name(), n+1, len(sources)))
		if err := collectSimulated(ctx, a, pull, source, progress, streams); err != nil {
			return err
		}
	}
	progress.End()
	fmt.Fprintln(streams.Out, progress.Summary())
	terminal.WriteLine(streams.Out, streams.Words, "next_serve", "Path", path)
	return nil
}

func collectSimulated(ctx context.Context, a *application.Application, pull *collector.Collector, source collector.Source, progress *terminal.RowProgress, streams terminal.Streams) error {
	done, err := records.Collected(ctx, a.Store, source.Name(), source.(collector.Configured).ConfigHash())
	if err != nil {
		return err
	}
	if done {
		terminal.WriteLine(streams.Out, streams.Words, "collected_before", "Source", source.Name())
		return nil
	}
	summary, err := pull.Collect(ctx, source, progress)
	progress.Clear()
	application.WriteSummary(streams.Out, a.Config, summary)
	if ctx.Err() != nil {
		return fmt.Errorf("interrupted; the same command goes on with this source: %w", ctx.Err())
	}
	if err != nil {
		return terminal.ErrReported
	}
	return nil
}

// loadSimulated puts the country's registry in force, the same as its files would, and gives back the memory that this took.
func loadSimulated(ctx context.Context, a *application.Application, simulated *country.Country, streams terminal.Streams) error {
	begun := time.Now()
	saved, err := saveSimulated(ctx, a, simulated)
	debug.FreeOSMemory()
	if err == nil && saved {
		terminal.WriteLine(streams.Out, streams.Words, "simulated_registry", "Seconds", terminal.Tenths(time.Since(begun)))
	}
	return err
}

// saveSimulated loads the registry. That of a nation takes hundreds of megabytes, which garbage must not double.
func saveSimulated(ctx context.Context, a *application.Application, simulated *country.Country) (saved bool, err error) {
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	load, err := a.LoadOf(simulated.Registry())
	if err != nil {
		return false, err
	}
	load.Covers = simulated.Covers()
	_, saved, err = registry.Save(ctx, a.Store, load)
	return saved, err
}
