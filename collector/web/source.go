package web

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"github.com/cespare/xxhash/v2"

	"yangguang/collector"
	"yangguang/collector/online"
	"yangguang/collector/record"
	"yangguang/collector/title"
	"yangguang/queries/model"
	"yangguang/queries/records"
)

// Source is a web source.
type Source struct {
	config  Config
	network online.Network
	began   online.Instant // of the collection under way
	hash    string
	titles  *title.Rules
	uploads []*regexp.Regexp
	rows    cascadia.Selector
	matches *regexp.Regexp // of rows, where format is text
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

// IgnoredParameters are those of addresses that do not say what is shown.
func (s *Source) IgnoredParameters() []string { return s.config.IgnoreParameters }

// Kind is "web".
func (s *Source) Kind() string { return Kind }

// Online is true: that a record was not yet there is evidence (SPEC §3).
func (s *Source) Online() bool { return true }

// Steps is false: pages do not tell the four steps.
func (s *Source) Steps() bool { return false }

// Complete says that a record gone from the list is withdrawn.
func (s *Source) Complete() bool { return s.config.Complete }

// Covers lists what the source reports.
func (s *Source) Covers(registry model.Registry) ([]model.Cover, error) {
	return s.config.Covered.Of(s.config.Name, registry)
}

// MayBeEmpty says that the list may have no rows.
func (s *Source) MayBeEmpty() bool { return s.config.MayBeEmpty }

// WhenEmpty names what finds the rows.
func (s *Source) WhenEmpty(lists []string) string {
	if len(lists) == 0 {
		lists = s.config.URL
	}
	return fmt.Sprintf("no row matches rows: %s at %s; correct the selector", s.config.Rows, strings.Join(lists, ", "))
}

// Lists are the addresses of several lists.
func (s *Source) Lists() []string { return online.Several(s.config.URL) }

// Gone asks a record's own address whether it is gone.
func (s *Source) Gone(ctx context.Context, address string) (bool, error) {
	return online.Gone(ctx, s.network, address, s.config.URL...)
}

// ConfigHash changes with what decides which rows are read and what is made of them.
func (s *Source) ConfigHash() string { return s.hash }

// Collect reads the lists one after the other, and the pages of each from the first on, the newest rows first, until there is
// no further page, a page brings nothing that the pages before have not brought, or the cap is reached; with stop_at_known,
// also when a page brings nothing that earlier collections have not brought. The error names the page and the cause; what was
// read until then has been handed over, and the next collection of the day goes on there.
func (s *Source) Collect(ctx context.Context, sink collector.Sink) error {
	rules := sink.Rules()
	if s.config.Within != "" {
		if _, ok := rules.Resolver.UnitByID(s.config.Within); !ok {
			return fmt.Errorf("within: %q is not a unit_id of the registry", s.config.Within)
		}
	}
	rules.Within, rules.Scope, rules.Channel = s.config.Within, s.config.Scope, s.config.Channel
	rules.InferPeriod = s.config.InferPeriod == nil || *s.config.InferPeriod
	reading := &reading{
		Source: *s, sink: sink, rules: rules, walk: sink.Walk(), seen: map[uint64]bool{}, visited: map[string]bool{},
	}
	reading.network = online.Session(s.network)
	reading.began = online.InstantOf(sink)
	if err := reading.enter(ctx); err != nil {
		return err
	}
	err := reading.through(ctx)
	if err == nil && s.config.Complete && reading.deeper && reading.walk.Missed() {
		// A row may have slipped to a page before, while the pages were read; the page asked for last may then have shown nothing new, or be gone.
		reading.handed, reading.seen, reading.visited = reading.seen, map[uint64]bool{}, map[string]bool{}
		err = reading.through(ctx)
	}
	return errors.Join(append(reading.problems, err)...)
}

// through reads all lists.
func (r *reading) through(ctx context.Context) error {
	for at, more := (place{}), true; more; {
		following, onward, err := r.page(ctx, at)
		if err != nil {
			return err
		}
		if !onward {
			following, onward = place{list: following.list + 1}, following.list+1 < len(r.lists)
		}
		at, more = following, onward
	}
	return nil
}

// reading is a collection under way.
type reading struct {
	Source   // with a network of its own
	sink     collector.Sink
	rules    record.Rules
	walk     *collector.Walk
	lists    []string          // addresses of the first pages
	seen     map[uint64]bool   // rows, by what they say
	handed   map[uint64]bool   // likewise, of a reading before this one; nil: there was none
	visited  map[string]bool   // addresses of pages
	given    map[string]string // by name: what the entrance, or the list page before, gives to ask with
	deeper   bool              // more than one page has been asked for
	problems []error           // of detail pages; they do not keep the list from being read
}

// page reads the page at a place and says which one follows it in its list, if any.
func (r *reading) page(ctx context.Context, at place) (following place, more bool, err error) {
	if at.position >= r.config.Paging.max() {
		r.walk.Cut()
		if r.config.Complete || len(r.lists) > 1 { // how far down several lists were read cannot be told by one number
			err = fmt.Errorf("the list goes on after %d pages, so that nothing can be said about what is gone; raise paging.max", r.config.Paging.max())
		}
		return at, false, err
	}
	if lists := r.Lists(); len(lists) > 0 {
		r.walk.List(lists[at.list])
	}
	request, err := r.list(at)
	if err != nil {
		return at, false, err
	}
	r.deeper = r.deeper || at.number() > 0
	read, bytes, err := r.readList(ctx, request)
	r.sink.Advance(bytes)
	if r.endsAt(ctx, at, err) {
		return at, false, nil
	}
	if err != nil {
		return at, false, fmt.Errorf("page %d, %s: %w", at.position+1, request.address, err)
	}
	maps.Copy(r.given, read.given)
	if at.position == 0 && read.found == 0 && !r.config.MayBeEmpty { // that proves nothing: collector.Emptiable
		if len(r.lists) > 1 {
			r.sink.Remark(collector.Remark{Place: request.address, What: "no row matches rows: " + r.config.Rows, Kind: collector.NotUnderstood})
		}
		return at, false, nil
	}
	entries := r.kept(read.entries)
	if !addNew(r.seen, entries) && at.position > 0 {
		return at, false, nil
	}
	entries = slices.DeleteFunc(entries, func(e entry) bool { return r.handed[e.key()] })
	known := r.walk.Known(r.seenOn(read.entries))
	r.walk.Reached(at.number(), at.next)
	entries, failed := r.complete(ctx, entries, r.sink)
	if r.problems = append(r.problems, failed...); len(failed) > 0 {
		r.walk.Lost()
	}
	if err := r.sink.Rows(ctx, len(entries), func(chunk *collector.Chunk) { r.adapt(chunk, entries, r.rules) }); err != nil {
		return at, false, err
	}
	r.sink.Page()
	r.visited[request.address] = true
	at.count = read.pages(at.count)
	following, more = r.onward(at, read, known)
	return following, more && !r.visited[following.next], nil
}

// place is a page of a list: the list, from 0, its position there from 0 and, if a page named it, its address.
type place struct {
	list     int
	position int
	next     string
	count    int // of pages, as the page before said; 0 if it did not
}

// pagesBits is how many bits of a page's number tell its position in its list.
const pagesBits = 32

// number is the number of a page among those of all lists, in the order in which they are read.
func (p place) number() uint64 { return uint64(p.list)<<pagesBits | uint64(p.position) }

// placeOf is where a collection before has been.
func placeOf(left records.Bookmark) place {
	return place{list: int(left.Position >> pagesBits), position: int(left.Position & (1<<pagesBits - 1)), next: left.Cursor}
}

// endsAt reports whether a numbered page that could not be read is only behind the end of the list. How many pages a site says there are may be
// wrong either way: it is believed no more than what is found there.
func (r *reading) endsAt(ctx context.Context, at place, problem error) bool {
	if _, answered := online.StatusOf(problem); !answered || at.position == 0 || at.next != "" {
		return false
	}
	if at.position >= at.count {
		return isGone(problem) || at.count > 0
	}
	if !isGone(problem) || r.config.Complete { // what is gone from a complete list is withdrawn: nothing is assumed
		return false
	}
	request, err := r.list(place{list: at.list, position: at.position + 1})
	if err != nil {
		return false
	}
	_, bytes, err := r.readList(ctx, request)
	r.sink.Advance(bytes)
	return isGone(err)
}

// onward is the page to read after the one at a place, of which all rows may be known already.
func (r *reading) onward(at place, read *page, known bool) (place, bool) {
	follows := r.follows(read)
	if known && follows && r.config.Paging.StopAtKnown && r.walk.MayStop() {
		return at, false
	}
	if known && (follows || at.list+1 < len(r.lists)) {
		if left, ok := r.walk.Jump(at.number()); ok {
			to := placeOf(left)
			to.count = at.count
			return to, to.list < len(r.lists)
		}
	}
	return place{at.list, at.position + 1, read.next, at.count}, follows
}

// leftOut is a Sink that wants to know which rows of pages the configuration leaves out.
type leftOut interface {
	LeftOut(place, reason, content string)
}

// kept are the entries that are rows.
func (r *reading) kept(entries []entry) (kept []entry) {
	for _, entry := range entries {
		if entry.dropped == "" {
			kept = append(kept, entry)
		} else if sink, ok := r.sink.(leftOut); ok && r.handed == nil {
			sink.LeftOut(entry.place, entry.dropped, entry.content)
		}
	}
	return kept
}

// seenOn are the rows as they stand in the page, those that the configuration leaves out among them.
func (s *Source) seenOn(entries []entry) (rows []collector.Seen) {
	for _, entry := range entries {
		rows = append(rows, collector.Seen{Content: entry.content, ShownOn: s.fieldsOf(entry).PublishedOn})
	}
	return rows
}

// addNew notes entries and reports whether any of them has not been seen before. Only 8 bytes of each are kept.
func addNew(seen map[uint64]bool, entries []entry) (fresh bool) {
	for _, entry := range entries {
		if key := entry.key(); !seen[key] {
			seen[key], fresh = true, true
		}
	}
	return fresh
}

// key is of what a row says.
func (e entry) key() uint64 {
	digest := xxhash.New()
	for _, name := range fieldNames {
		fmt.Fprintf(digest, "%d:%s", len(e.values[name]), e.values[name])
	}
	return digest.Sum64()
}
