// Package application is what commands stand on: the database, the registry in force and the sources; collecting by hand and on schedule, and the
// state of the program itself.
package application

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/door"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/cmd/yangguang/timetable"
	"yangguang/collector"
	"yangguang/collector/fetch"
	"yangguang/collector/record"
	"yangguang/queries/ask"
	"yangguang/queries/clickhouse"
	"yangguang/queries/clickhouse/engine"
	"yangguang/queries/facts"
	"yangguang/queries/model"
	"yangguang/queries/storage"
)

// Application is what every command but check stands on: the database, the registry in force and the sources. Close it.
type Application struct {
	Config   *config.Config
	Logger   *slog.Logger
	problems io.Writer
	engine   *engine.Engine    // nil with clickhouse.dsn
	Store    *clickhouse.Store // nil until it is opened
	Asker    *ask.Asker        // of the same
	pages    keptPages
	Network  *fetch.Fetcher // of the online sources
	Sources  []collector.Source
	Registry model.Registry
	Remarks  []collector.Remark // what of the registry files was not read
	Doors    []*door.Keeper     // of the private address and of the one for everyone; none while nothing is served

	keeps      bool   // a wrong assessment ends nothing: the last good one stays in force
	Accepts    bool   // a registry that is held back takes force
	AcceptedBy string // who takes collections for looks that lack something; empty: nobody

	Condition  *Condition                          // of the program itself
	Assessment atomic.Pointer[model.Assessment]    // in force; pages read it while the schedule loads another
	round      atomic.Pointer[round]               // which loads the registry again; nil while nothing is collected on schedule
	table      atomic.Pointer[timetable.Timetable] // by which sources are collected; nil while nothing is collected on schedule
}

// New has a configuration and the network, but no database.
func New(c *config.Config, problems io.Writer) *Application {
	a := &Application{Config: c, Logger: c.Log.Logger(problems, c.Location), problems: problems, Condition: &Condition{}}
	a.Network = fetch.New(fetch.Options{Memory: &a.pages, Logger: a.Logger})
	return a
}

// Open opens the database, migrates it and loads the registry. What is wrong with a registry is reported to problems; the last good
// one then stays in force (SPEC §2).
func Open(ctx context.Context, c *config.Config, problems io.Writer) (a *Application, err error) {
	if a, err = OpenIncomplete(ctx, c, problems); err != nil {
		return nil, err
	}
	if err := a.Store.Complete(); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// OpenIncomplete is Open, also of a database that does not hold all that was written to it (clickhouse.Store.Complete): that is reported to
// problems, and everything else is refused until it is whole.
func OpenIncomplete(ctx context.Context, c *config.Config, problems io.Writer) (a *Application, err error) {
	a = New(c, problems)
	opened := a
	defer func() {
		if err != nil {
			err = errors.Join(err, opened.Close())
		}
	}()
	if a.Sources, err = c.OpenSources(a.Network); err != nil {
		return nil, terminal.Mistake(err)
	}
	if err := a.Connect(ctx); err != nil {
		return nil, err
	}
	return a, a.Begin(ctx, problems)
}

// Begin brings the database that is connected to up to this program and loads the registry, unless the database is incomplete.
func (a *Application) Begin(ctx context.Context, problems io.Writer) error {
	err := a.prepareStore(ctx)
	if err == nil {
		err = a.LoadRegistry(ctx, problems)
	}
	var incomplete *clickhouse.IncompleteError
	if errors.As(err, &incomplete) {
		assessment := model.DefaultAssessment()
		a.Assessment.Store(&assessment) // what is asked is refused; pages say so
		return nil
	}
	return err
}

// OpenStore connects to the database and brings it up to this program. One that does not hold all that was written to it is a
// *clickhouse.IncompleteError.
func (a *Application) OpenStore(ctx context.Context) error {
	if err := a.Connect(ctx); err != nil {
		return err
	}
	return a.prepareStore(ctx)
}

// prepareStore brings the database that is connected to up to this program, unless it is incomplete.
func (a *Application) prepareStore(ctx context.Context) error {
	if err := a.SettleRestore(ctx); err != nil {
		return err
	}
	if err := storage.CheckTables(ctx, a.Store); err != nil {
		return err
	}
	if err := storage.Migrate(ctx, a.Store); err != nil {
		return err
	}
	if err := a.FinishRestore(ctx); err != nil {
		return err
	}
	a.pages.store.Store(a.Store)
	if err := storage.Check(ctx, a.Store, storage.CheckedBytes); err != nil {
		return err
	}
	return a.clearInterrupted(ctx)
}

// Connect starts the embedded database, if it is that, and connects to it.
func (a *Application) Connect(ctx context.Context) error {
	dsn, err := a.Config.ClickHouse.Address()
	if err != nil {
		return err
	}
	options := clickhouse.Options{DSN: dsn, Cluster: a.Config.ClickHouse.AsCluster(), Logger: a.Logger}
	if dsn == "" {
		a.engine, err = engine.Start(ctx, engine.Options{
			DataDir: a.Config.ClickHouse.DataDir, MemoryLimit: a.Config.ClickHouse.MemoryLimit, TimeZone: a.Config.Timezone, Logger: a.Logger,
		})
		if err != nil {
			return err
		}
		options.Engine = a.engine
	}
	if a.Store, err = clickhouse.Open(ctx, options); err != nil {
		return err
	}
	a.Asker = ask.New(facts.New(a.Store))
	return nil
}

// Close ends what Open began, in reverse.
func (a *Application) Close() error {
	var problems []error
	a.Network.Close()
	if a.Store != nil {
		problems = append(problems, a.Store.Close())
	}
	if a.engine != nil {
		problems = append(problems, a.engine.Close())
	}
	return errors.Join(problems...)
}

// Collector collects with the registry in force.
func (a *Application) Collector() *collector.Collector {
	return collector.New(collector.Options{
		Store: a.Store, Resolver: record.NewResolver(a.Registry), Zone: a.Config.Location, Clock: time.Now, Logger: a.Logger,
		AcceptedBy: a.AcceptedBy,
	})
}
