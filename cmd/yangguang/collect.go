package main

import (
	"context"
	"errors"
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
func (c collect) Run(ctx context.Context, streams streams) (err error) {
	if c.Accept && len(c.Sources) == 0 {
		return userMistake(errors.New("--accept: name the sources whose collections are to be accepted"))
	}
	config, err := readConfig(c.Config)
	if err != nil {
		return err
	}
	if c.DryRun {
		return sayChanges(ctx, config, streams)
	}
	a, err := openApplication(ctx, config, streams.problems)
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
	if err == nil && c.Strict && notUnderstood(a.remarks) > 0 {
		return errReported
	}
	return err
}

// sayChanges says what the files of the registry would change, and neither puts them in force nor collects.
func sayChanges(ctx context.Context, config *config, streams streams) (err error) {
	a := newApplication(config, streams.problems)
	defer func() { err = errors.Join(err, a.Close()) }()
	if a.sources, err = config.openSources(a.network); err != nil {
		return userMistake(err)
	}
	load, err := a.readRegistry(ctx)
	writeRemarks(streams.problems, config.printer(), words(config.lines(), "registry_prefix"), a.remarks)
	if err != nil {
		return userMistake(err)
	}
	if err := a.openStore(ctx); err != nil {
		return err
	}
	return a.sayChanges(ctx, load, streams)
}
