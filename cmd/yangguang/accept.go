package main

import (
	"context"
	"errors"

	"yangguang/queries/registry"
)

// accept puts the registry of the files in force though it was held back.
type accept struct {
	Config string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
}

// Run is the command.
func (c accept) Run(ctx context.Context, streams streams) (err error) {
	config, err := readConfig(c.Config)
	if err != nil {
		return err
	}
	a := newApplication(config, streams.problems)
	a.accepts = true
	defer func() { err = errors.Join(err, a.Close()) }()
	if a.sources, err = config.openSources(a.network); err != nil {
		return userMistake(err)
	}
	if err := a.openStore(ctx); err != nil {
		return err
	}
	held, _, err := registry.HeldNow(ctx, a.store)
	if err != nil {
		return err
	}
	if err := a.loadRegistry(ctx, streams.problems); err != nil {
		return err
	}
	id := "registry_accepted"
	if held.Hash == "" {
		id = "registry_not_held"
	}
	writeWords(streams.out, config.lines(), id, "Units", len(a.registry.Units))
	return nil
}
