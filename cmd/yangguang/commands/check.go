package commands

import (
	"context"
	"errors"
	"fmt"
	"io"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/door"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/collector/registry"
	"yangguang/queries/clickhouse"
	"yangguang/queries/storage"
)

// Check tells everything that is wrong with configuration, registry, sources and ClickHouse at once.
type Check struct {
	Config string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	Strict bool
}

// Run is the command. Mistakes of the user give status 2, a ClickHouse that does not answer status 1.
func (c Check) Run(ctx context.Context, streams terminal.Streams) error {
	config, mistakes := config.ReadWhole(c.Config)
	if config == nil {
		return terminal.Mistake(errors.Join(mistakes...))
	}
	misread := len(mistakes) > 0
	a := application.New(config, streams.Problems)
	if err := door.Check(config); err != nil {
		mistakes = append(mistakes, err)
	}
	var err error
	if a.Sources, err = config.OpenSources(a.Network); err != nil {
		mistakes = append(mistakes, err)
	}
	load, err := a.ReadRegistry(ctx)
	terminal.WriteRemarks(streams.Problems, config.Printer(), terminal.Line(config.Lines(), "registry_prefix"), a.Remarks)
	doubts := terminal.NotUnderstood(a.Remarks)
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
		if fault = a.OpenStore(ctx); fault == nil {
			fault = checkShards(ctx, a, streams.Out)
		}
	}
	if a.Store != nil && (fault == nil || a.Store.Complete() != nil) {
		if deep := storage.Check(ctx, a.Store, -1); deep != nil {
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
		version, fault = a.Store.Version(ctx)
	}
	if fault == nil && len(mistakes) == 0 {
		fault = a.SayChanges(ctx, load, streams)
	}
	fault = errors.Join(fault, a.Close())
	report(streams, config, len(a.Sources), mistakes)
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
func checkShards(ctx context.Context, a *application.Application, out io.Writer) error {
	shards, err := a.Store.Shards(ctx)
	if err != nil {
		return err
	}
	for _, shard := range shards {
		id := "shard_answers"
		if !shard.Reachable {
			id = "shard_away"
		}
		terminal.WriteLine(out, a.Config.Lines(), id, "Shard", shard)
	}
	return a.Store.Whole(ctx)
}

func report(streams terminal.Streams, config *config.Config, sources int, mistakes []error) {
	for _, mistake := range mistakes {
		fmt.Fprintln(streams.Problems, config.Lines().SaidOfFile(mistake.Error()))
	}
	if len(mistakes) == 0 {
		terminal.WriteLine(streams.Out, config.Lines(), "sources", "N", sources)
	}
}
