package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/collector"
	"yangguang/queries/acts"
	"yangguang/queries/storage"
)

// Repair drops what is broken of the database and collects again.
type Repair struct {
	Config string   `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	Accept []string `placeholder:"SOURCE"`
}

// Run is the command. Status 1 while the database is not whole, or a source has not given again what was lost of it.
func (r Repair) Run(ctx context.Context, streams terminal.Streams) (err error) {
	config, err := config.Read(r.Config)
	if err != nil {
		return err
	}
	a := application.New(config, streams.Problems)
	if a.Sources, err = config.OpenSources(a.Network); err != nil {
		return errors.Join(terminal.Mistake(err), a.Close())
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if _, err := application.Chosen(a.Sources, r.Accept); err != nil {
		return err
	}
	if err := a.Connect(ctx); err != nil {
		return err
	}
	if err := a.SettleRestore(ctx); err != nil {
		return err
	}
	done, err := storage.Repair(ctx, a.Store)
	for _, fault := range done.Faults {
		terminal.WriteLine(streams.Out, streams.Words, "dropped_part", "Fault", fault)
	}
	if done.Loads > 0 {
		terminal.WriteLine(streams.Out, streams.Words, "removed_loads", "N", done.Loads)
	}
	for _, name := range done.Freezes {
		terminal.WriteLine(streams.Out, streams.Words, "removed_pack", "Name", name)
	}
	if err != nil {
		return err
	}
	if len(done.Faults) == 0 {
		terminal.WriteLine(streams.Out, streams.Words, "whole")
	}
	if err := a.Begin(ctx, streams.Problems); err != nil {
		return err
	}
	if err := a.Store.Complete(); err != nil {
		return err
	}
	var dropped []string
	for _, fault := range done.Faults {
		dropped = append(dropped, fmt.Sprint(fault))
	}
	for _, name := range done.Freezes {
		dropped = append(dropped, "meeting pack "+name)
	}
	if len(dropped)+len(r.Accept) > 0 {
		if err := acts.Note(ctx, a.Store, acts.Act{What: acts.Repair, Subject: strings.Join(r.Accept, ", "), Before: strings.Join(dropped, "\n")}); err != nil {
			return err
		}
	}
	return regain(ctx, a, done.Sources, r.Accept, streams)
}

// regain collects the sources again that have lost records, and those that have not given again what they lost before.
func regain(ctx context.Context, a *application.Application, sources, accepted []string, streams terminal.Streams) error {
	left, err := storage.SettleLosses(ctx, a.Store, accepted...)
	if err != nil {
		return err
	}
	for _, loss := range left {
		if !slices.Contains(sources, loss.Source) {
			sources = append(sources, loss.Source)
		}
	}
	var again []collector.Source
	for _, source := range a.Sources {
		if slices.Contains(sources, source.Name()) && !slices.Contains(accepted, source.Name()) {
			again = append(again, source)
		}
	}
	if len(again) > 0 {
		if err := application.Collect(ctx, a, again, false, streams); err != nil {
			return err
		}
	}
	if left, err = storage.SettleLosses(ctx, a.Store); err != nil {
		return err
	}
	for _, loss := range left {
		terminal.WriteLine(streams.Problems, streams.Words, "regained", "Source", loss.Source, "Regained", loss.Regained, "Lost", loss.Lost)
	}
	if len(left) > 0 {
		return terminal.ErrReported
	}
	return nil
}
