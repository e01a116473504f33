package commands

import (
	"context"
	"errors"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/queries/registry"
)

// Accept puts the registry of the files in force though it was held back.
type Accept struct {
	Config string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
}

// Run is the command.
func (c Accept) Run(ctx context.Context, streams terminal.Streams) (err error) {
	config, err := config.Read(c.Config)
	if err != nil {
		return err
	}
	a := application.New(config, streams.Problems)
	a.Accepts = true
	defer func() { err = errors.Join(err, a.Close()) }()
	if a.Sources, err = config.OpenSources(a.Network); err != nil {
		return terminal.Mistake(err)
	}
	if err := a.OpenStore(ctx); err != nil {
		return err
	}
	held, _, err := registry.HeldNow(ctx, a.Store)
	if err != nil {
		return err
	}
	if err := a.LoadRegistry(ctx, streams.Problems); err != nil {
		return err
	}
	id := "registry_accepted"
	if held.Hash == "" {
		id = "registry_not_held"
	}
	terminal.WriteLine(streams.Out, config.Lines(), id, "Units", len(a.Registry.Units))
	return nil
}
