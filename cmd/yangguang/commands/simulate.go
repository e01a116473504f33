package commands

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"yangguang/cmd/yangguang/terminal"
	"yangguang/examples/country"
)

// Simulate writes a simulated country into a directory, from where it is collected and served like any other.
type Simulate struct {
	Dir            string  `required:"" placeholder:"DIR"`
	Units          int     `required:"" placeholder:"N"`
	From           string  `required:"" placeholder:"YYYY-MM-DD"`
	To             string  `required:"" placeholder:"YYYY-MM-DD"`
	Seed           uint64  `default:"1" placeholder:"S"`
	RecordsPerUnit float64 `placeholder:"R"`
	Organs         int     `default:"60" placeholder:"N"`
	Places         string  `placeholder:"DIR"`
	Direct         bool
	DSN            string `name:"dsn" placeholder:"ADDRESS"`
}

// Run is the command.
func (s Simulate) Run(ctx context.Context, streams terminal.Streams) error {
	parameters, err := s.parameters()
	if err != nil {
		return terminal.Mistake(err)
	}
	begun := time.Now()
	simulated, err := country.New(ctx, parameters)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return terminal.Mistake(err)
	}
	progress := terminal.NewRowProgress(streams.Problems, streams.Words)
	directory := country.Directory{
		Path: s.Dir, DSN: s.DSN, Direct: s.Direct, Workers: runtime.GOMAXPROCS(0), Rows: func(count int) { progress.Advance(0, count) },
	}
	err = simulated.Prepare(directory)
	if err == nil {
		terminal.WriteLine(streams.Out, streams.Words, "simulated", "Dir", s.Dir, "Units", simulated.Size(), "Seconds", terminal.Tenths(time.Since(begun)))
		err = simulated.WriteLedgers(ctx, directory)
	}
	progress.End()
	switch {
	case errors.Is(err, country.ErrOtherCountry):
		return terminal.Mistake(err)
	case err != nil:
		return err
	}
	config := filepath.Join(s.Dir, country.Config)
	if s.Direct {
		return simulateDirect(ctx, simulated, config, streams)
	}
	fmt.Fprintln(streams.Out, progress.Summary())
	terminal.WriteLine(streams.Out, streams.Words, "next_collect", "Path", config)
	return nil
}

func (s Simulate) parameters() (p country.Parameters, err error) {
	p = country.Parameters{Units: s.Units, Seed: s.Seed, RecordsPerUnit: s.RecordsPerUnit, Organs: s.Organs, Places: s.Places}
	for _, day := range []struct {
		flag, text string
		day        *time.Time
	}{{"--from", s.From, &p.From}, {"--to", s.To, &p.To}} {
		var problem error
		if *day.day, problem = time.Parse(time.DateOnly, day.text); problem != nil {
			err = errors.Join(err, fmt.Errorf("%s %q is not a date; expected one written 2026-01-01", day.flag, day.text))
		}
	}
	return p, err
}
