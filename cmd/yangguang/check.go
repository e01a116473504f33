package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"yangguang/collector/registry"
	"yangguang/queries/clickhouse"
	"yangguang/queries/storage"
)

// check tells everything that is wrong with configuration, registry, sources and ClickHouse at once.
type check struct {
	Config string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE" help:"Configuration, yangguang.yaml."`
	Strict bool   `help:"Rejected rows and parts that were not understood are a failure."`
}

// Run is the command. Mistakes of the user give status 2, a ClickHouse that does not answer status 1.
func (c check) Run(ctx context.Context, streams streams) error {
	config, mistakes := readWhole(c.Config)
	if config == nil {
		return userMistake(errors.Join(mistakes...))
	}
	misread := len(mistakes) > 0
	a := newApplication(config, streams.problems)
	if err := cmp.Or(config.WebConfig.check(), config.checkAsks(), config.checkClerks()); err != nil {
		mistakes = append(mistakes, err)
	}
	var err error
	if a.sources, err = config.openSources(a.network); err != nil {
		mistakes = append(mistakes, err)
	}
	load, err := a.readRegistry(ctx)
	writeRemarks(streams.problems, config.printer(), config.lines().T("said.line.registry_prefix"), a.remarks)
	doubts := notUnderstood(a.remarks)
	var problems registry.Problems
	switch {
	case misread && (config.Registry.Units == "" || config.Registry.Catalogue == ""): // said already
	case errors.As(err, &problems):
		mistakes = append(mistakes, problems)
	case err != nil:
		mistakes = append(mistakes, err)
	default:
		fmt.Fprintln(streams.out, config.lines().T("said.line.registry", plainly("Units", len(load.Registry.Units), "Items", len(load.Registry.Items))))
		mistakes = append(mistakes, config.Digest.checkAreas(config.file, load.Registry.Units)...)
		unreadable, parts := a.checkLedgers(ctx, load.Registry, streams)
		mistakes, doubts = append(mistakes, unreadable...), doubts+parts
	}
	var fault error
	if !misread { // a database at a place that was not meant would be made
		if fault = a.openStore(ctx); fault == nil {
			fault = a.checkShards(ctx, streams.out)
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
			fmt.Fprintln(streams.problems, "storage:", one)
		}
	}
	version := ""
	if fault == nil && !misread {
		version, fault = a.store.Version(ctx)
	}
	fault = errors.Join(fault, a.Close())
	report(streams, config, len(a.sources), mistakes)
	switch {
	case fault != nil:
		fmt.Fprintln(streams.problems, config.lines().T("said.line.fault", plainly("Error", fault)))
	case misread:
		fmt.Fprintln(streams.out, config.lines().T("said.line.not_asked"))
	default:
		fmt.Fprintln(streams.out, config.lines().T("said.line.answers", plainly("Version", version, "Minimum", clickhouse.MinimumClickHouse)))
	}
	switch {
	case len(mistakes) > 0:
		return userMistake(errReported)
	case fault != nil, c.Strict && doubts > 0:
		return errReported
	}
	return nil
}

// checkShards tells the shards of a cluster and which of them cannot be reached.
func (a *application) checkShards(ctx context.Context, out io.Writer) error {
	shards, err := a.store.Shards(ctx)
	if err != nil {
		return err
	}
	for _, shard := range shards {
		answers := "answers"
		if !shard.Reachable {
			answers = "cannot be reached"
		}
		fmt.Fprintf(out, "%s: %s\n", shard, answers)
	}
	return a.store.Whole(ctx)
}

func report(streams streams, config *config, sources int, mistakes []error) {
	for _, mistake := range mistakes {
		fmt.Fprintln(streams.problems, config.lines().SaidOfFile(mistake.Error()))
	}
	if len(mistakes) == 0 {
		fmt.Fprintln(streams.out, config.lines().T("said.line.sources", plainly("N", sources)))
	}
}
