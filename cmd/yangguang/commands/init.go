package commands

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/starter"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/collector/registry"
	"yangguang/queries/model"
)

// Init writes what a district begins with.
type Init struct {
	Dir string `arg:"" placeholder:"DIR"`
}

// Run is the command. A ledger that it writes beside a registry offers that registry's units and items.
func (i Init) Run(ctx context.Context, streams terminal.Streams) error {
	today, district, err := i.district(ctx)
	if err != nil {
		return err
	}
	result, err := starter.Write(i.Dir, today, district)
	for _, name := range result.Written {
		terminal.WriteLine(streams.Out, streams.Words, "init_written", "Path", filepath.Join(i.Dir, filepath.FromSlash(name)))
	}
	for _, name := range result.Kept {
		terminal.WriteLine(streams.Out, streams.Words, "init_left", "Path", filepath.Join(i.Dir, filepath.FromSlash(name)))
	}
	if err != nil {
		return err
	}
	terminal.WriteLine(streams.Out, streams.Words, "init_next", "Path", filepath.Join(i.Dir, starter.Config))
	return nil
}

// district is the registry that is in the folder already, nil where none is, and today.
func (i Init) district(ctx context.Context) (time.Time, *model.Registry, error) {
	path := filepath.Join(i.Dir, starter.Config)
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		return time.Time{}, nil, fmt.Errorf("know the time zone: %w", err)
	}
	if !exists(path) {
		return model.Today(time.Now().In(zone)), nil, nil
	}
	config, err := config.Read(path)
	if err != nil {
		return time.Time{}, nil, err
	}
	today := model.Today(time.Now().In(config.Location))
	if !exists(config.Registry.Units) || !exists(config.Registry.Catalogue) {
		return today, nil, nil
	}
	district, err := registry.Load(ctx, registry.Files(config.Registry.RegistryFiles), config.Location)
	var problems registry.Problems
	if errors.As(err, &problems) {
		return today, nil, terminal.Mistake(fmt.Errorf("the registry must be right before a ledger is made for it:\n%w", problems))
	}
	return today, &district, err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
