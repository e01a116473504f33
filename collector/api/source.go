package api

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"

	"yangguang/collector"
	"yangguang/collector/online"
)

// Source is an api source.
type Source struct {
	online.Source
	config      Config
	base        string
	expressions expressions
	zone        *time.Location
	network     online.Network
	began       online.Instant // of the collection under way
}

var _ collector.Source = (*Source)(nil)

// New makes the source that config describes; base is the directory of the configuration file, for the files of secrets. The
// error lists everything that is wrong with config.
func New(config Config, base string, network online.Network) (*Source, error) {
	whole := config
	whole.Schedule, whole.Covers = "", collector.Coverage{}
	ready, problem := compile(config)
	shared, err := online.New(config.Config, Kind, config.Complete, whole, config.problems(), problem)
	if err != nil {
		return nil, err
	}
	zone, err := online.Location(config.Zone)
	if err != nil {
		return nil, err
	}
	return &Source{Source: shared, config: config, base: base, expressions: ready, zone: zone, network: network}, nil
}

// Collect reads the list page by page until a page has no rows or none that an earlier page did not have; with
// stop_at_known, also when a page has no row that earlier collections did not have. When a page fails, what was read before
// it has been handed over, and the next collection of the day goes on there.
func (s *Source) Collect(ctx context.Context, sink collector.Sink) error {
	if err := s.Begin(sink); err != nil {
		return err
	}
	reading := *s
	reading.network, reading.began = online.Session(s.network), online.InstantOf(sink)
	return reading.collect(ctx, sink)
}

func (s *Source) collect(ctx context.Context, sink collector.Sink) error {
	secrets, err := s.secrets()
	if err != nil {
		return err
	}
	where := newPlace(s.config.Paging)
	if s.config.Complete {
		where.read = map[uint64]bool{}
	}
	err = s.through(ctx, sink, where, secrets)
	if err == nil && s.config.Complete && where.deeper && sink.Walk().Missed() {
		// A row may have slipped to a page before, while the pages were read; the page asked for last may then have shown nothing new.
		again := newPlace(s.config.Paging)
		again.read, again.handed = map[uint64]bool{}, where.read
		return s.through(ctx, sink, again, secrets)
	}
	return err
}

// through reads the list from a place on.
func (s *Source) through(ctx context.Context, sink collector.Sink, where *place, secrets secrets) error {
	most := s.config.Paging.Max
	if most == 0 {
		most = defaultMaxPages
	}
	for where.position < most {
		number := where.position + 1
		more, err := s.page(ctx, sink, where, secrets)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return online.Discreet(fmt.Errorf("page %d: %w", number, err), secrets.values()...)
		}
		if !more {
			return nil
		}
	}
	if s.config.Paging.Max > 0 && !s.config.Complete {
		sink.Walk().Cut()
		return nil
	}
	return fmt.Errorf("the list has not ended after %d pages; set paging.max to what is to be read (complete: true needs all of it)", most)
}

// page reads one page and hands its rows over.
func (s *Source) page(ctx context.Context, sink collector.Sink, where *place, secrets secrets) (more bool, err error) {
	first := where.position == 0
	where.deeper = where.deeper || !first
	request, err := s.request(where, secrets)
	if err != nil {
		return false, err
	}
	answer, err := s.network.Fetch(ctx, request)
	if status, is := online.StatusOf(err); is && !first && slices.Contains(s.config.Paging.EndStatus, status) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	sink.Advance(answer.Bytes)
	sink.Page()
	read, err := s.expressions.parse(ctx, answer.Body)
	if errors.Is(err, errNoRows) && (!first || s.config.MayBeEmpty) {
		err = nil // behind the last page
	}
	if err != nil {
		return false, fmt.Errorf("%s: %w", request.URL, err)
	}
	if first && len(read.rows) == 0 && !s.config.MayBeEmpty {
		return false, nil // that proves nothing: collector.Emptiable
	}
	if repeated := where.repeats(read.rows); repeated && where.numbered() {
		return false, nil
	} else if repeated && len(read.rows) > 0 {
		return false, errLoop
	}
	entries, seen := s.wanted(ctx, sink, request.URL, where.anew(read.rows))
	known := sink.Walk().Known(seen)
	where.mark(sink.Walk(), secrets)
	if err := s.Hand(ctx, sink, entries); err != nil {
		return false, err
	}
	if more, err := where.next(read, answer.Header, answer.URL); !more || err != nil {
		return false, err
	}
	if known && s.config.Paging.StopAtKnown && sink.Walk().MayStop() {
		return false, nil
	}
	return true, where.resume(sink.Walk(), known)
}

// Gone asks a record's own address whether it is gone.
func (s *Source) Gone(ctx context.Context, address string) (bool, error) {
	return online.Gone(ctx, s.network, address, s.config.URL)
}

// MayBeEmpty says that the list may have no rows.
func (s *Source) MayBeEmpty() bool { return s.config.MayBeEmpty }

// WhenEmpty names what finds the rows.
func (s *Source) WhenEmpty([]string) string {
	return fmt.Sprintf("the first page has no rows at rows: %s, %s; correct rows", s.config.Rows, s.config.URL)
}

// wanted makes entries of the rows that the configuration wants; seen are all of them.
func (s *Source) wanted(ctx context.Context, sink collector.Sink, address string, rows []any) (entries []online.Entry, seen []collector.Seen) {
	entries = make([]online.Entry, 0, len(rows))
	for i, row := range rows {
		place := address + "#" + strconv.Itoa(i+1)
		if s.expressions.only != nil {
			wanted, err := first(ctx, s.expressions.only, row)
			if err != nil {
				entries = append(entries, online.Entry{Place: place, Content: shown(row), Problem: fmt.Sprintf("only: %v", err)})
				continue
			}
			if wanted == nil {
				online.LeaveOut(sink, place, "only: "+s.config.Only+" is not so", shown(row))
				seen = append(seen, collector.Seen{Content: shown(row)})
				continue
			}
		}
		entry := s.entry(ctx, place, row)
		entries, seen = append(entries, entry), append(seen, collector.Seen{Content: entry.Content, ShownOn: entry.Fields.PublishedOn})
	}
	return entries, seen
}

// absolute is a link of a row as an address of its own.
func (s *Source) absolute(link string) string {
	base, err := url.Parse(s.began.Fill(s.config.URL))
	target, problem := url.Parse(link)
	if link == "" || err != nil || problem != nil {
		return link
	}
	return base.ResolveReference(target).String()
}
