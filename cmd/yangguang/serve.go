package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/exporter-toolkit/web"
	"golang.org/x/sync/errgroup"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/door"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/cmd/yangguang/timetable"
	"yangguang/dashboard/access"
	"yangguang/queries/acts"
	"yangguang/queries/facts"
)

// serve collects on schedule and serves pages, /metrics and exports until it is interrupted.
type serve struct {
	Config  string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	Listen  string `placeholder:"HOST:PORT"`
	Guarded bool
}

// Run is the command.
func (s serve) Run(ctx context.Context, streams terminal.Streams) (err error) {
	config, err := config.Read(s.Config)
	if err != nil {
		return err
	}
	written := *config
	config.Written = &written
	if s.Listen != "" {
		config.Listen = s.Listen
	}
	config.Guarded = config.Guarded || s.Guarded
	return s.serve(ctx, config, config.Log.Recorded(streams, config.Location))
}

func (s serve) serve(ctx context.Context, c *config.Config, streams terminal.Streams) (err error) {
	if _, are := streams.Problems.(*config.RecordedLines); are { // why it ended is a record too
		defer func() {
			if err != nil && !errors.Is(err, terminal.ErrReported) {
				terminal.WriteError(streams.Problems, streams.Words, err)
				err = errors.Join(err, terminal.ErrReported)
			}
		}()
	}
	ctx = acts.As(ctx, acts.Actor{With: acts.Serve}) // whoever changed a file is not known
	a, err := application.OpenIncomplete(ctx, c, streams.Problems)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	listener, err := door.Listen(c)
	if err != nil {
		return err
	}
	terminal.WriteLine(streams.Out, c.Lines(), "serves", "Address", fmt.Sprintf("%s://%s/", door.Scheme(c.WebConfig), listener.Addr()))
	group, ctx := errgroup.WithContext(ctx)
	var public net.Listener
	if c.Public.Listen != "" {
		if public, err = door.ListenPublic(c.Public); err != nil {
			return errors.Join(err, listener.Close())
		}
		terminal.WriteLine(streams.Out, c.Lines(), "serves_everyone", "Address", fmt.Sprintf("%s://%s/", door.Scheme(c.Public.WebConfig), public.Addr()))
	}
	group.Go(func() error { return serveOn(ctx, a, listener, public) })
	group.Go(func() error { return a.CollectOnSchedule(ctx, streams) })
	return group.Wait()
}

// serveOn answers requests on the listener, and on the one that is for everyone unless it is nil, until ctx ends; requests under way are
// finished first.
func serveOn(ctx context.Context, a *application.Application, listener, public net.Listener) (err error) {
	refresher := facts.NewRefresher(a.Asker.Facts, func() []time.Time { return facts.RefreshedDays(time.Now().In(a.Config.Location)) }, a.Logger)
	sites, err := openSites(a, public != nil)
	defer func() {
		for _, door := range a.Doors {
			err = errors.Join(err, door.Close())
		}
	}()
	if err != nil {
		if public != nil {
			err = errors.Join(err, public.Close())
		}
		return errors.Join(err, listener.Close())
	}
	defer sites.Close()
	ctx, stop := context.WithCancel(ctx)
	var background sync.WaitGroup
	background.Go(func() { refresher.Run(ctx) })
	background.Go(func() { beginFigures(ctx, a, sites.figures) })
	background.Go(func() { a.FollowOwnTimes(ctx) })
	background.Go(func() { keepWarm(ctx, a, sites.all) })
	background.Go(func() { expireNightly(ctx, a) })
	background.Go(func() { a.WatchStorage(ctx) })
	background.Go(func() { sendDigests(ctx, a) })
	background.Go(func() { patrolOnSchedule(ctx, a) })
	background.Go(func() { chainNightly(ctx, a) })
	defer func() { stop(); background.Wait() }()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return serveSite(ctx, a, listener, sites.all, a.Doors[0]) })
	if public != nil {
		group.Go(func() error { return serveSite(ctx, a, public, sites.society, a.Doors[1]) })
	}
	return group.Wait()
}

// openSites makes the pages, with a doorkeeper for each of the two addresses.
func openSites(a *application.Application, public bool) (*sites, error) {
	for _, file := range []config.WebConfigFile{a.Config.WebConfig, a.Config.Public.WebConfig} {
		door, err := door.New(file, a.Logger)
		if err != nil {
			return nil, err
		}
		a.Doors = append(a.Doors, door)
	}
	a.Doors[0].Roles = func(name string) access.User { return door.RoleOf(a.Config, name) }
	var err error
	if a.Doors[0].SignIn, err = door.NewSignIn(a.Config, a.Logger); err != nil {
		return nil, err
	}
	return newSites(a, public)
}

// serveSite answers requests on one listener.
func serveSite(ctx context.Context, a *application.Application, listener net.Listener, site http.Handler, door *door.Keeper) error {
	server := &http.Server{
		Handler: door.Guard(site), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), timetable.Drain)
		defer cancel()
		stopped <- errors.Join(server.Shutdown(patience), server.Close())
	}()
	if err := web.Serve(listener, server, door.Flags(), a.Logger); !errors.Is(err, http.ErrServerClosed) {
		stop()
		return errors.Join(fmt.Errorf("serve: %w", err), <-stopped)
	}
	return <-stopped
}
