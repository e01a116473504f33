// Package commands are the commands that have no room of their own, a file each.
package commands

import (
	"context"
	"errors"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
)

// Collect pulls from the sources now, once, and writes one summary line a source.
type Collect struct {
	Config  string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	Strict  bool
	Accept  bool
	DryRun  bool
	Sources []string `arg:"" optional:"" name:"source"`
}

// Run is the command.
func (c Collect) Run(ctx context.Context, streams terminal.Streams) (err error) {
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
	a, err := application.Open(ctx, config, streams.Problems)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	sources, err := application.Chosen(a.Sources, c.Sources)
	if err != nil {
		return err
	}
	if c.Accept {
		if a.AcceptedBy, err = Operator(); err != nil {
			return err
		}
	}
	err = application.Collect(ctx, a, sources, c.Strict, streams)
	if err == nil && c.Strict && terminal.NotUnderstood(a.Remarks) > 0 {
		return terminal.ErrReported
	}
	return err
}

// SayChanges says what the files of the registry would change, and neither puts them in force nor collects.
func sayChanges(ctx context.Context, config *config.Config, streams terminal.Streams) (err error) {
	a := application.New(config, streams.Problems)
	defer func() { err = errors.Join(err, a.Close()) }()
	if a.Sources, err = config.OpenSources(a.Network); err != nil {
		return terminal.Mistake(err)
	}
	load, err := a.ReadRegistry(ctx)
	terminal.WriteRemarks(streams.Problems, config.Printer(), terminal.Line(config.Lines(), "registry_prefix"), a.Remarks)
	if err != nil {
		return terminal.Mistake(err)
	}
	if err := a.OpenStore(ctx); err != nil {
		return err
	}
	return a.SayChanges(ctx, load, streams)
}
