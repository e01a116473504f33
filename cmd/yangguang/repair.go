package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"yangguang/queries/storage"

	"yangguang/collector"
)

// repair drops what is broken of the database and collects again.
type repair struct {
	Config string   `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE" help:"Configuration, yangguang.yaml."`
	Accept []string `placeholder:"SOURCE" help:"What this source has not given again since records of it were lost counts as never published."`
}

// Run is the command. Status 1 while the database is not whole, or a source has not given again what was lost of it.
func (r repair) Run(ctx context.Context, streams streams) (err error) {
	config, err := readConfig(r.Config)
	if err != nil {
		return err
	}
	a := newApplication(config, streams.problems)
	if a.sources, err = config.openSources(a.network); err != nil {
		return errors.Join(userMistake(err), a.Close())
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if _, err := chosen(a.sources, r.Accept); err != nil {
		return err
	}
	if err := a.connect(ctx); err != nil {
		return err
	}
	if err := a.settleRestore(ctx); err != nil {
		return err
	}
	done, err := storage.Repair(ctx, a.store)
	for _, fault := range done.Faults {
		fmt.Fprintln(streams.out, "dropped:", fault)
	}
	if done.Loads > 0 {
		fmt.Fprintf(streams.out, "removed: %d loads of the registry that had lost rows; it is loaded again\n", done.Loads)
	}
	for _, name := range done.Freezes {
		fmt.Fprintf(streams.out, "removed: the meeting pack %s, which had lost files\n", name)
	}
	if err != nil {
		return err
	}
	if len(done.Faults) == 0 {
		fmt.Fprintln(streams.out, "the database is whole")
	}
	if err := a.begin(ctx, streams.problems); err != nil {
		return err
	}
	if err := a.store.Complete(); err != nil {
		return err
	}
	return a.regain(ctx, done.Sources, r.Accept, streams)
}

// regain collects the sources again that have lost records, and those that have not given again what they lost before.
func (a *application) regain(ctx context.Context, sources, accepted []string, streams streams) error {
	left, err := storage.SettleLosses(ctx, a.store, accepted...)
	if err != nil {
		return err
	}
	for _, loss := range left {
		if !slices.Contains(sources, loss.Source) {
			sources = append(sources, loss.Source)
		}
	}
	var again []collector.Source
	for _, source := range a.sources {
		if slices.Contains(sources, source.Name()) && !slices.Contains(accepted, source.Name()) {
			again = append(again, source)
		}
	}
	if len(again) > 0 {
		if err := collectOnce(ctx, a, again, false, streams); err != nil {
			return err
		}
	}
	if left, err = storage.SettleLosses(ctx, a.store); err != nil {
		return err
	}
	for _, loss := range left {
		fmt.Fprintf(streams.problems, "%s has given %d of %d lost versions of records again: what it covers and is not met stays unverified. Restore a backup; or collect it whole "+
			"and run repair again; or, if it will not give more, take what is missing for never published: yangguang repair --accept %s\n",
			loss.Source, loss.Regained, loss.Lost, loss.Source)
	}
	if len(left) > 0 {
		return errReported
	}
	return nil
}
