package feed

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"yangguang/collector"
	"yangguang/collector/online"
)

// Source is a feed source.
type Source struct {
	online.Source
	config  Config
	zone    *time.Location
	network online.Network
}

var _ collector.Source = (*Source)(nil)

// New makes the source that config describes. The error lists everything that is wrong with config.
func New(config Config, network online.Network) (*Source, error) {
	whole := config
	whole.Schedule, whole.Covers = "", collector.Coverage{}
	base, err := online.New(config.Config, Kind, config.Complete, whole, config.problems())
	if err != nil {
		return nil, err
	}
	zone, err := online.Location(config.Zone)
	if err != nil {
		return nil, err
	}
	return &Source{Source: base, config: config, zone: zone, network: network}, nil
}

// Gone asks a record's own address whether it is gone.
func (s *Source) Gone(ctx context.Context, address string) (bool, error) {
	return online.Gone(ctx, s.network, address, s.config.URL...)
}

// MayBeEmpty says that the feeds may have no items.
func (s *Source) MayBeEmpty() bool { return s.config.MayBeEmpty }

// WhenEmpty names the feeds.
func (s *Source) WhenEmpty(lists []string) string {
	if len(lists) == 0 {
		lists = s.config.URL
	}
	return "no item in " + strings.Join(lists, ", ") + "; see whether the address is still that of the feed"
}

// Lists are the addresses of several feeds.
func (s *Source) Lists() []string { return online.Several(s.config.URL) }

// Collect reads the feeds in the order of the configuration. One that cannot be read does not keep the others from being
// read; all such are named in the error.
func (s *Source) Collect(ctx context.Context, sink collector.Sink) error {
	if err := s.Begin(sink); err != nil {
		return err
	}
	var problems []error
	began := online.InstantOf(sink)
	network := online.Session(s.network)
	for _, address := range s.config.URL {
		if len(s.config.URL) > 1 {
			sink.Walk().List(address)
		}
		err := s.read(ctx, network, began.Fill(address), began, sink)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, collector.ErrStorage) {
			return err
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", address, err))
		}
	}
	return errors.Join(problems...)
}

func (s *Source) read(ctx context.Context, network online.Network, address string, began online.Instant, sink collector.Sink) error {
	answer, err := network.Fetch(ctx, online.Request{Method: "GET", URL: address, Keep: true})
	if err != nil {
		return err
	}
	sink.Advance(answer.Bytes)
	sink.Page()
	items, err := parse(answer.Body, answer.URL)
	if err != nil {
		return err
	}
	if len(items) == 0 && len(s.config.URL) > 1 && !s.config.MayBeEmpty { // a single one proves nothing: collector.Emptiable
		sink.Remark(collector.Remark{Place: address, What: "the feed has no item", Kind: collector.NotUnderstood})
	}
	entries := make([]online.Entry, 0, len(items))
	for number, item := range items {
		entries = append(entries, s.entry(address, number, item, began))
	}
	return s.Hand(ctx, sink, entries)
}
