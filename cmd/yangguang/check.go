package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/door"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/collector/registry"
	"yangguang/queries/clickhouse"
	"yangguang/queries/storage"
)

// check tells everything that is wrong with configuration, registry, sources and ClickHouse at once.
type check struct {
	Config string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	Strict bool
}

// Run is the command. Mistakes of the user give status 2, a ClickHouse that does not answer status 1.
func (c check) Run(ctx context.Context, streams terminal.Streams) error {
	config, mistakes := config.ReadWhole(c.Config)
	if config == nil {
		return terminal.Mistake(errors.Join(mistakes...))
	}
	misread := len(mistakes) > 0
	a := newApplication(config, streams.Problems)
	if err := door.Check(config); err != nil {
		mistakes = append(mistakes, err)
	}
	var err error
	if a.sources, err = config.OpenSources(a.network); err != nil {
		mistakes = append(mistakes, err)
	}
	load, err := a.readRegistry(ctx)
	terminal.WriteRemarks(streams.Problems, config.Printer(), terminal.Line(config.Lines(), "registry_prefix"), a.remarks)
	doubts := terminal.NotUnderstood(a.remarks)
	var problems registry.Problems
	switch {
	case misread && (config.Registry.Units == "" || config.Registry.Catalogue == ""): // said already
	case errors.As(err, &problems):
		mistakes = append(mistakes, problems)
	case err != nil:
		mistakes = append(mistakes, err)
	default:
		terminal.WriteLine(streams.Out, config.Lines(), "registry", "Units", len(load.Registry.Units), "Items", len(load.Registry.Items))
		mistakes = append(mistakes, config.Digest.CheckAreas(config.File, load.Registry.Units)...)
		unreadable, parts := checkLedgers(ctx, a, load.Registry, streams)
		mistakes, doubts = append(mistakes, unreadable...), doubts+parts
	}
	var fault error
	if !misread { // a database at a place that was not meant would be made
		if fault = a.openStore(ctx); fault == nil {
			fault = checkShards(ctx, a, streams.Out)
		}
	}
	if a.store != nil && (fault == nil || a.store.Complete() != nil) {
		if deep := storage.Check(ctx, a.store, -1); deep != nil {
			fault = deep
		}
	}
	var incomplete *clickhouse.IncompleteError
	if errors.As(fault, &incomplete) {
		for _, one := range incomplete.Faults {
			terminal.WriteLine(streams.Problems, config.Lines(), "storage", "Fault", one)
		}
	}
	version := ""
	if fault == nil && !misread {
		version, fault = a.store.Version(ctx)
	}
	if fault == nil && len(mistakes) == 0 {
		fault = a.sayChanges(ctx, load, streams)
	}
	fault = errors.Join(fault, a.Close())
	report(streams, config, len(a.sources), mistakes)
	switch {
	case fault != nil:
		terminal.WriteLine(streams.Problems, config.Lines(), "fault", "Error", fault)
	case misread:
		terminal.WriteLine(streams.Out, config.Lines(), "not_asked")
	default:
		terminal.WriteLine(streams.Out, config.Lines(), "answers", "Version", version, "Minimum", clickhouse.MinimumClickHouse)
	}
	switch {
	case len(mistakes) > 0:
		return terminal.Mistake(terminal.ErrReported)
	case fault != nil, c.Strict && doubts > 0:
		return terminal.ErrReported
	}
	return nil
}

// checkShards tells the shards of a cluster and which of them cannot be reached.
func checkShards(ctx context.Context, a *application, out io.Writer) error {
	shards, err := a.store.Shards(ctx)
	if err != nil {
		return err
	}
	for _, shard := range shards {
		id := "shard_answers"
		if !shard.Reachable {
			id = "shard_away"
		}
		terminal.WriteLine(out, a.config.Lines(), id, "Shard", shard)
	}
	return a.store.Whole(ctx)
}

func report(streams terminal.Streams, config *config.Config, sources int, mistakes []error) {
	for _, mistake := range mistakes {
		fmt.Fprintln(streams.Problems, config.Lines().SaidOfFile(mistake.Error()))
	}
	if len(mistakes) == 0 {
		terminal.WriteLine(streams.Out, config.Lines(), "sources", "N", sources)
	}
}
