package serve

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
	"yangguang/cmd/yangguang/timetable"
	"yangguang/cmd/yangguang/upkeep"
	"yangguang/dashboard/access"
	"yangguang/queries/facts"
)

// On answers requests on the listener, and on the one that is for everyone unless it is nil, until ctx ends; requests under way are
// finished first.
func On(ctx context.Context, a *application.Application, listener, public net.Listener) (err error) {
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
	background.Go(func() { keepWarm(ctx, a, sites.All) })
	background.Go(func() { upkeep.ExpireNightly(ctx, a) })
	background.Go(func() { a.WatchStorage(ctx) })
	background.Go(func() { upkeep.SendDigests(ctx, a) })
	background.Go(func() { upkeep.PatrolOnSchedule(ctx, a) })
	background.Go(func() { upkeep.ChainNightly(ctx, a) })
	defer func() { stop(); background.Wait() }()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return serveSite(ctx, a, listener, sites.All, a.Doors[0]) })
	if public != nil {
		group.Go(func() error { return serveSite(ctx, a, public, sites.society, a.Doors[1]) })
	}
	return group.Wait()
}

// openSites makes the pages, with a doorkeeper for each of the two addresses.
func openSites(a *application.Application, public bool) (*Sites, error) {
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
	return NewSites(a, public)
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
