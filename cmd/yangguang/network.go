package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"yangguang/collector/fetch"
	"yangguang/queries"
)

// networkConfig is the key network of the configuration: how online sources ask for pages. What is missing has the defaults of package fetch.
type networkConfig struct {
	UserAgent     string   `yaml:"user_agent"`
	RatePerSecond float64  `yaml:"rate_per_second"` // to one host
	Concurrency   int      `yaml:"concurrency"`     // to one host
	Timeout       string   `yaml:"timeout"`         // of one page, such as 30s
	MaxBody       int64    `yaml:"max_body"`        // bytes of one page
	Retries       int      `yaml:"retries"`         // of what passes; -1: none
	Robots        *bool    `yaml:"robots"`          // honour robots.txt; default true
	AllowPrivate  bool     `yaml:"allow_private"`   // private and loopback addresses may be asked
	AllowHosts    []string `yaml:"allow_hosts"`     // hosts that pages may redirect to

	timeout time.Duration
}

func (n *networkConfig) complete() (problems []error) {
	if n.RatePerSecond < 0 || n.Concurrency < 0 || n.MaxBody < 0 {
		problems = append(problems, fmt.Errorf("network: rate_per_second, concurrency and max_body must not be below 0"))
	}
	if n.Timeout == "" {
		return problems
	}
	var err error
	if n.timeout, err = time.ParseDuration(n.Timeout); err != nil || n.timeout <= 0 {
		problems = append(problems, fmt.Errorf("network.timeout: %q is not a time; expected one such as 30s", n.Timeout))
	}
	return problems
}

// fetcher makes the network of the online sources, which all share.
func (n networkConfig) fetcher(memory fetch.Memory, logger *slog.Logger) *fetch.Fetcher {
	return fetch.New(fetch.Options{
		UserAgent: n.UserAgent, RatePerSecond: n.RatePerSecond, Concurrency: n.Concurrency, Timeout: n.timeout, MaxBody: n.MaxBody, Retries: n.Retries,
		IgnoreRobots: n.Robots != nil && !*n.Robots, AllowPrivate: n.AllowPrivate, AllowHosts: n.AllowHosts, Memory: memory, Logger: logger,
	})
}

// keptPages is the memory of pages in the database, once that is open; before, and in a trial, nothing is kept.
type keptPages struct {
	store atomic.Pointer[queries.Store]
}

// Page is fetch.Memory.
func (k *keptPages) Page(ctx context.Context, address string) (queries.Page, bool, error) {
	if store := k.store.Load(); store != nil {
		return store.Page(ctx, address)
	}
	return queries.Page{}, false, nil
}

// KeepPage is fetch.Memory.
func (k *keptPages) KeepPage(ctx context.Context, page queries.Page) error {
	if store := k.store.Load(); store != nil {
		return store.KeepPage(ctx, page)
	}
	return nil
}
