// Package fetch is the network of the online sources: polite to hosts, safe for the machine it runs on, and patient with what passes.
package fetch

import (
	"context"
	"log/slog"
	"time"

	"yangguang/collector/online"
	"yangguang/queries"
)

// Options say how pages are fetched; the zero value of each has a default.
type Options struct {
	UserAgent     string                                                  // who asks; also the name that robots.txt may mention
	RatePerSecond float64                                                 // requests a second to one host; default 2
	Concurrency   int                                                     // requests to one host at a time; default 2
	Timeout       time.Duration                                           // of one request with its body; default 30 s
	MaxBody       int64                                                   // bytes of one body, decompressed; default 20 MB
	Retries       int                                                     // how often what passes is tried again; default 3, below 0: never
	IgnoreRobots  bool                                                    // do not ask robots.txt
	AllowPrivate  bool                                                    // private, loopback and link-local addresses may be asked
	AllowHosts    []string                                                // hosts that a page may redirect to, beside its own
	Memory        Memory                                                  // of pages with an ETag or Last-Modified; nil: none
	Logger        *slog.Logger                                            // nil: silent
	Sleep         func(ctx context.Context, duration time.Duration) error // nil: real time
}

// Memory keeps pages, so that one that has not changed need not be sent again; *queries.Store is one.
type Memory interface {
	Page(ctx context.Context, address string) (page queries.Page, found bool, err error)
	KeepPage(ctx context.Context, page queries.Page) error
}

func (o Options) withDefaults() Options {
	if o.UserAgent == "" {
		o.UserAgent = "Yangguang/1.0 (disclosure statistics)"
	}
	if o.RatePerSecond == 0 {
		o.RatePerSecond = 2
	}
	if o.Concurrency == 0 {
		o.Concurrency = 2
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	if o.MaxBody == 0 {
		o.MaxBody = 20 << 20
	}
	if o.Retries == 0 {
		o.Retries = 3
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Sleep == nil {
		o.Sleep = online.Pause
	}
	return o
}
