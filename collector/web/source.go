package web

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/andybalholm/cascadia"
	"github.com/cespare/xxhash/v2"

	"yangguang/collector"
	"yangguang/collector/online"
	"yangguang/collector/title"
	"yangguang/queries"
)

// Source is a web source.
type Source struct {
	config  Config
	network online.Network
	hash    string
	titles  *title.Rules
	uploads []*regexp.Regexp
	rows    cascadia.Selector
	only    cascadia.Selector
	without cascadia.Selector
}

var (
	_ collector.Source     = (*Source)(nil)
	_ collector.Configured = (*Source)(nil)
)

// New makes the source that config describes. The error lists everything that is wrong with config.
func New(config Config, network online.Network) (*Source, error) {
	s := &Source{config: config, network: network}
	if err := s.prepare(); err != nil {
		return nil, err
	}
	return s, nil
}

// Name is unique among the sources.
func (s *Source) Name() string { return s.config.Name }

// Kind is "web".
func (s *Source) Kind() string { return Kind }

// Online is true: that a record was not yet there is evidence (SPEC §3).
func (s *Source) Online() bool { return true }

// Steps is false: pages do not tell the four steps.
func (s *Source) Steps() bool { return false }

// Complete says that a record gone from the list is withdrawn.
func (s *Source) Complete() bool { return s.config.Complete }

// Covers lists what the source reports.
func (s *Source) Covers(registry queries.Registry) ([]queries.Cover, error) {
	return s.config.Covered.Of(s.config.Name, registry)
}

// ConfigHash changes with what decides which rows are read and what is made of them.
func (s *Source) ConfigHash() string { return s.hash }

// Collect reads the pages from the first on, the newest rows first, until there is no further page, a page brings nothing
// that the pages before have not brought, or the cap is reached; with stop_at_known, also when a page brings nothing that
// earlier collections have not brought. The error names the page and the cause; what was read until then has been handed
// over, and the next collection of the day goes on there.
func (s *Source) Collect(ctx context.Context, sink collector.Sink) error {
	rules := sink.Rules()
	if s.config.Within != "" {
		if _, ok := rules.Resolver.UnitByID(s.config.Within); !ok {
			return fmt.Errorf("within: %q is not a unit_id of the registry", s.config.Within)
		}
	}
	rules.Within, rules.Scope, rules.Channel = s.config.Within, s.config.Scope, s.config.Channel
	rules.InferPeriod = s.config.InferPeriod == nil || *s.config.InferPeriod

	seen := map[uint64]bool{} // rows, by what they say
	visited := map[string]bool{}
	walk := sink.Walk()
	var problems []error // of detail pages; they do not keep the list from being read
	for at := (place{}); at.position < s.config.Paging.max(); {
		request, err := s.list(at.position, at.next)
		if err != nil {
			return errors.Join(append(problems, err)...)
		}
		read, bytes, err := s.readList(ctx, request)
		sink.Advance(bytes)
		if s.endsAt(ctx, at, err, sink) {
			return errors.Join(problems...)
		}
		if err != nil {
			return errors.Join(append(problems, fmt.Errorf("page %d, %s: %w", at.position+1, request.address, err))...)
		}
		if at.position == 0 && read.found == 0 && !s.config.MayBeEmpty {
			return fmt.Errorf("page 1, %s: no row matches rows: %s; correct the selector, or say may_be_empty: true", request.address, s.config.Rows)
		}
		entries := s.kept(read.entries, sink)
		if !addNew(seen, entries) && at.position > 0 {
			return errors.Join(problems...)
		}
		known := walk.Known(contents(entries))
		walk.Reached(uint64(at.position), at.next)
		entries, failed := s.complete(ctx, entries, sink)
		if problems = append(problems, failed...); len(failed) > 0 {
			walk.Lost()
		}
		if err := sink.Rows(ctx, len(entries), func(chunk *collector.Chunk) { s.adapt(chunk, entries, rules) }); err != nil {
			return err
		}
		sink.Page()
		visited[request.address] = true
		at.count = read.pages(at.count)
		following, more := s.onward(at, read, known, walk)
		if !more || visited[following.next] {
			return errors.Join(problems...)
		}
		at = following
	}
	if s.config.Complete {
		problems = append(problems, fmt.Errorf("the list goes on after %d pages, so that nothing can be said about what is gone; raise paging.max", s.config.Paging.max()))
	}
	return errors.Join(problems...)
}

// place is a page of the list: its position from 0 and, if a page named it, its address.
type place struct {
	position int
	next     string
	count    int // of pages, as the page before said; 0 if it did not
}

// endsAt tells whether a numbered page that could not be read is only behind the end of the list. How many pages a site says there are may be
// wrong either way: it is believed no more than what is found there.
func (s *Source) endsAt(ctx context.Context, at place, problem error, sink collector.Sink) bool {
	if _, answered := online.StatusOf(problem); !answered || at.position == 0 || at.next != "" {
		return false
	}
	if at.position >= at.count {
		return isGone(problem) || at.count > 0
	}
	if !isGone(problem) || s.config.Complete { // what is gone from a complete list is withdrawn: nothing is assumed
		return false
	}
	request, err := s.list(at.position+1, "")
	if err != nil {
		return false
	}
	_, bytes, err := s.readList(ctx, request)
	sink.Advance(bytes)
	return isGone(err)
}

// onward is the page to read after the one at a place, of which all rows may be known already.
func (s *Source) onward(at place, read *page, known bool, walk *collector.Walk) (place, bool) {
	if !s.follows(read) || known && s.config.Paging.StopAtKnown && walk.MayStop() {
		return at, false
	}
	if known {
		if left, ok := walk.Jump(uint64(at.position)); ok {
			return place{int(left.Position), left.Cursor, at.count}, true
		}
	}
	return place{at.position + 1, read.next, at.count}, true
}

// leftOut is a Sink that wants to know which rows of pages the configuration leaves out.
type leftOut interface {
	LeftOut(place, reason, content string)
}

// kept are the entries that are rows.
func (s *Source) kept(entries []entry, sink collector.Sink) (kept []entry) {
	for _, entry := range entries {
		if entry.dropped == "" {
			kept = append(kept, entry)
		} else if sink, ok := sink.(leftOut); ok {
			sink.LeftOut(entry.place, entry.dropped, entry.content)
		}
	}
	return kept
}

// contents are the rows as they stand in the page.
func contents(entries []entry) (texts []string) {
	for _, entry := range entries {
		texts = append(texts, entry.content)
	}
	return texts
}

// addNew notes entries and tells whether any of them has not been seen before. Only 8 bytes of each are kept.
func addNew(seen map[uint64]bool, entries []entry) (fresh bool) {
	for _, entry := range entries {
		digest := xxhash.New()
		for _, name := range fieldNames {
			fmt.Fprintf(digest, "%d:%s", len(entry.values[name]), entry.values[name])
		}
		if key := digest.Sum64(); !seen[key] {
			seen[key], fresh = true, true
		}
	}
	return fresh
}
