package main

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

// application is what every command but check stands on: the database, the registry in force and the sources. Close it.
type application struct {
	config      *config.Config
	logger      *slog.Logger
	problems    io.Writer
	engine      *engine.Engine    // nil with clickhouse.dsn
	store       *clickhouse.Store // nil until it is opened
	asker       *ask.Asker        // of the same
	pages       keptPages
	network     *fetch.Fetcher // of the online sources
	sources     []collector.Source
	registry    model.Registry
	remarks     []collector.Remark // what of the registry files was not read
	doorkeepers []*door.Keeper     // of the private address and of the one for everyone; none while nothing is served

	keeps      bool   // a wrong assessment ends nothing: the last good one stays in force
	accepts    bool   // a registry that is held back takes force
	acceptedBy string // who takes collections for looks that lack something; empty: nobody

	condition  *condition                          // of the program itself
	assessment atomic.Pointer[model.Assessment]    // in force; pages read it while the schedule loads another
	round      atomic.Pointer[round]               // which loads the registry again; nil while nothing is collected on schedule
	table      atomic.Pointer[timetable.Timetable] // by which sources are collected; nil while nothing is collected on schedule
}

// newApplication has a configuration and the network, but no database.
func newApplication(c *config.Config, problems io.Writer) *application {
	a := &application{config: c, logger: c.Log.Logger(problems, c.Location), problems: problems, condition: &condition{}}
	a.network = fetch.New(fetch.Options{Memory: &a.pages, Logger: a.logger})
	return a
}

// openApplication opens the database, migrates it and loads the registry. What is wrong with a registry is reported to problems; the last good
// one then stays in force (SPEC §2).
func openApplication(ctx context.Context, c *config.Config, problems io.Writer) (a *application, err error) {
	if a, err = openIncomplete(ctx, c, problems); err != nil {
		return nil, err
	}
	if err := a.store.Complete(); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// openIncomplete is openApplication, also of a database that does not hold all that was written to it (clickhouse.Store.Complete): that is reported to
// problems, and everything else is refused until it is whole.
func openIncomplete(ctx context.Context, c *config.Config, problems io.Writer) (a *application, err error) {
	a = newApplication(c, problems)
	opened := a
	defer func() {
		if err != nil {
			err = errors.Join(err, opened.Close())
		}
	}()
	if a.sources, err = c.OpenSources(a.network); err != nil {
		return nil, terminal.Mistake(err)
	}
	if err := a.connect(ctx); err != nil {
		return nil, err
	}
	return a, a.begin(ctx, problems)
}

// begin brings the database that is connected to up to this program and loads the registry, unless the database is incomplete.
func (a *application) begin(ctx context.Context, problems io.Writer) error {
	err := a.prepareStore(ctx)
	if err == nil {
		err = a.loadRegistry(ctx, problems)
	}
	var incomplete *clickhouse.IncompleteError
	if errors.As(err, &incomplete) {
		assessment := model.DefaultAssessment()
		a.assessment.Store(&assessment) // what is asked is refused; pages say so
		return nil
	}
	return err
}

// openStore connects to the database and brings it up to this program. One that does not hold all that was written to it is a
// *clickhouse.IncompleteError.
func (a *application) openStore(ctx context.Context) error {
	if err := a.connect(ctx); err != nil {
		return err
	}
	return a.prepareStore(ctx)
}

// prepareStore brings the database that is connected to up to this program, unless it is incomplete.
func (a *application) prepareStore(ctx context.Context) error {
	if err := a.settleRestore(ctx); err != nil {
		return err
	}
	if err := storage.CheckTables(ctx, a.store); err != nil {
		return err
	}
	if err := storage.Migrate(ctx, a.store); err != nil {
		return err
	}
	if err := a.finishRestore(ctx); err != nil {
		return err
	}
	a.pages.store.Store(a.store)
	if err := storage.Check(ctx, a.store, storage.CheckedBytes); err != nil {
		return err
	}
	return a.clearInterrupted(ctx)
}

// connect starts the embedded database, if it is that, and connects to it.
func (a *application) connect(ctx context.Context) error {
	dsn, err := a.config.ClickHouse.Address()
	if err != nil {
		return err
	}
	options := clickhouse.Options{DSN: dsn, Cluster: a.config.ClickHouse.AsCluster(), Logger: a.logger}
	if dsn == "" {
		a.engine, err = engine.Start(ctx, engine.Options{
			DataDir: a.config.ClickHouse.DataDir, MemoryLimit: a.config.ClickHouse.MemoryLimit, TimeZone: a.config.Timezone, Logger: a.logger,
		})
		if err != nil {
			return err
		}
		options.Engine = a.engine
	}
	if a.store, err = clickhouse.Open(ctx, options); err != nil {
		return err
	}
	a.asker = ask.New(facts.New(a.store))
	return nil
}

// Close ends what openApplication began, in reverse.
func (a *application) Close() error {
	var problems []error
	a.network.Close()
	if a.store != nil {
		problems = append(problems, a.store.Close())
	}
	if a.engine != nil {
		problems = append(problems, a.engine.Close())
	}
	return errors.Join(problems...)
}

// collector collects with the registry in force.
func (a *application) collector() *collector.Collector {
	return collector.New(collector.Options{
		Store: a.store, Resolver: record.NewResolver(a.registry), Zone: a.config.Location, Clock: time.Now, Logger: a.logger,
		AcceptedBy: a.acceptedBy,
	})
}
