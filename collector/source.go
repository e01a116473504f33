// Package collector pulls what sources disclose into the database (SPEC §3): rows become records or rejected rows, records
// become versions. Each kind of source is a package that knows how to read it; how rows are staged, compared and counted
// is the same for all.
package collector

import (
	"context"

	"yangguang/collector/record"
	"yangguang/queries/model"
)

// Source is one configured source.
type Source interface {
	Name() string   // unique among the sources
	Kind() string   // ledger, web, feed, api, wechat
	Online() bool   // SPEC §3 "Evidence": not a ledger
	Steps() bool    // it reports the four steps
	Complete() bool // a record gone from it is withdrawn

	// Covers lists what the source reports (SPEC §4).
	Covers(registry model.Registry) ([]model.Cover, error)

	// Collect reads the source from its beginning to its end and hands its rows to sink in order. An error says that it was not
	// read whole, and names the place and what would be right. It returns soon after ctx is cancelled.
	Collect(ctx context.Context, sink Sink) error
}

// Configured is a source that says what it is configured to read. An online record's absence from an earlier collection is evidence
// only if that one read under the same configuration (SPEC §3 "Evidence").
type Configured interface {
	// ConfigHash changes when the configuration might make other rows be read, or other records be made of them.
	ConfigHash() string
}

// Ignoring is a source that names parameters of addresses which do not say what is shown (SPEC §3), besides the usual ones of sessions.
type Ignoring interface {
	IgnoredParameters() []string
}

// Readdressed is a source whose rows brought ids once that were addresses, and bring none now: such ids count as none.
type Readdressed interface {
	IDsWereAddresses() bool
}

// Listing is a source that may have several lists, each of which is judged for itself (SPEC §3 "What a collection proves"). Before it hands the rows of
// one over it says so by Walk.List.
type Listing interface {
	// Lists are the addresses of the lists as they are configured, the same on every day; none of a source of one list.
	Lists() []string
}

// Watched is a source of files, of which changes are noticed without reading them.
type Watched interface {
	// State changes when the source's files do.
	State() string
}

// Sink takes what a source reads. It is called by one goroutine.
type Sink interface {
	// Rules are what all records of the collection obey; the source adds what its configuration says.
	Rules() record.Rules

	// Rows hands over the next count rows. adapt is called once, on another goroutine and maybe at the same time as others,
	// and puts each of them (0 to count-1) into the chunk, as a record or as a rejected row. Rows waits while there is enough
	// to do, so that memory stays bounded.
	Rows(ctx context.Context, count int, adapt func(*Chunk)) error

	// Remark notes what became of a part of the source that does not become rows; it may be called by any goroutine.
	Remark(Remark)

	// Walk is the way through a list of several pages; nil in a trial.
	Walk() *Walk

	// Total announces how many bytes are going to be read, Advance that some have been, Page that a page or file has been.
	Total(bytes int64)
	Advance(bytes int64)
	Page()
}

// Progress is told how far a collection has come, by one goroutine.
type Progress interface {
	Total(bytes int64)
	Advance(bytes int64, rows int)
}

// Covers lists what all sources report, for the registry's load (SPEC §4).
func Covers(sources []Source, registry model.Registry) ([]model.Cover, error) {
	var covers []model.Cover
	for _, source := range sources {
		of, err := source.Covers(registry)
		if err != nil {
			return nil, err
		}
		covers = append(covers, of...)
	}
	return covers, nil
}
