// Package serve is the command serve: the addresses that are served, and what goes on behind them.
package serve

import (
	"context"
	"errors"
	"fmt"
	"net"

	"golang.org/x/sync/errgroup"

	"yangguang/cmd/yangguang/application"
	"yangguang/cmd/yangguang/config"
	"yangguang/cmd/yangguang/door"
	"yangguang/cmd/yangguang/terminal"
	"yangguang/queries/acts"
)

// Command collects on schedule and serves pages, /metrics and exports until it is interrupted.
type Command struct {
	Config  string `required:"" env:"YANGGUANG_CONFIG" placeholder:"FILE"`
	Listen  string `placeholder:"HOST:PORT"`
	Guarded bool
}

// Run is the command.
func (s Command) Run(ctx context.Context, streams terminal.Streams) (err error) {
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

func (s Command) serve(ctx context.Context, c *config.Config, streams terminal.Streams) (err error) {
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
	group.Go(func() error { return On(ctx, a, listener, public) })
	group.Go(func() error { return a.CollectOnSchedule(ctx, streams) })
	return group.Wait()
}
