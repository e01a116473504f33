// Package fetch is the network of the online sources: polite to hosts, safe for the machine it runs on, and patient with what passes.
package fetch

import (
	"context"
	"log/slog"
	"time"

	"yangguang/collector/online"
	"yangguang/queries/records"
)

// Options are what all sources of the program share; the zero value of each has a default.
type Options struct {
	Memory Memory                                                  // of pages with an ETag or Last-Modified; nil: none
	Logger *slog.Logger                                            // nil: silent
	Now    func() time.Time                                        // nil: the machine's clock
	Sleep  func(ctx context.Context, duration time.Duration) error // by the clock of Now; nil: real time
}

// Memory keeps pages, so that one that has not changed need not be sent again; records.Pages is one.
type Memory interface {
	Page(ctx context.Context, address string) (page records.Page, found bool, err error)
	KeepPage(ctx context.Context, page records.Page) error
}

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = online.Pause
	}
	return o
}
