package main

import (
	"context"
	"errors"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
)

// collect pulls from the sources now, once, and writes one summary line a source.
type collect struct {
	Config  string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	Strict  bool
	Accept  bool
	DryRun  bool
	Sources []string `arg:"" optional:"" name:"source"`
}

// Run is the command.
func (c collect) Run(ctx context.Context, streams terminal.Streams) (err error) {
	if c.Accept && len(c.Sources) == 0 {
		return terminal.Mistake(errors.New("--accept: name the sources whose collections are to be accepted"))
	}
	config, err := config.Read(c.Config)
	if err != nil {
		return err
	}
	if c.DryRun {
		return sayChanges(ctx, config, streams)
	}
	a, err := openApplication(ctx, config, streams.Problems)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	sources, err := chosen(a.sources, c.Sources)
	if err != nil {
		return err
	}
	if c.Accept {
		if a.acceptedBy, err = operator(); err != nil {
			return err
		}
	}
	err = collectOnce(ctx, a, sources, c.Strict, streams)
	if err == nil && c.Strict && terminal.NotUnderstood(a.remarks) > 0 {
		return terminal.ErrReported
	}
	return err
}

// sayChanges says what the files of the registry would change, and neither puts them in force nor collects.
func sayChanges(ctx context.Context, config *config.Config, streams terminal.Streams) (err error) {
	a := newApplication(config, streams.Problems)
	defer func() { err = errors.Join(err, a.Close()) }()
	if a.sources, err = config.OpenSources(a.network); err != nil {
		return terminal.Mistake(err)
	}
	load, err := a.readRegistry(ctx)
	terminal.WriteRemarks(streams.Problems, config.Printer(), terminal.Line(config.Lines(), "registry_prefix"), a.remarks)
	if err != nil {
		return terminal.Mistake(err)
	}
	if err := a.openStore(ctx); err != nil {
		return err
	}
	return a.sayChanges(ctx, load, streams)
}
