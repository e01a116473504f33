// Package records writes what collections of sources have read: versions of records, rejected rows, and what a collection proves.
package records

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"yangguang/queries/civil"
	"yangguang/queries/clickhouse"
	"yangguang/queries/storage"
)

// Start says what is about to be collected.
type Start struct {
	Source     string
	Kind       string    // ledger, web, feed, api, wechat
	Started    time.Time // instant
	Day        civil.Day // of Started in the configured time zone
	ConfigHash string    // of what the source is configured to read; empty when it does not tell
	Online     bool      // SPEC §3 "Evidence": not a ledger
	Complete   bool      // what the source has no longer is withdrawn
}

// Counts is what a collection amounts to; Read = New + Changed + Unchanged + Rejected.
type Counts struct {
	Read, New, Changed, Unchanged, Rejected, Withdrawn uint64
	Pages, Bytes                                       uint64
	Reach                                              Reach
	Depth                                              uint64   // rows from the top of the list that have been looked at without a gap
	Bookmark                                           Bookmark // the last page of a list that was read
}

// Collection is one collection of a source on its way into the database (SPEC §3). Rows are staged, in any order and from
// several goroutines, and become versions of records only when Publish is called. A collection that is not finished leaves
// nothing that counts: its staging is removed by Abandon or by the next collection of the source.
type Collection struct {
	// FirstVersion + n is the version of the n-th row. It is greater than every earlier version of the source, whatever the clock says.
	FirstVersion uint64

	store       *clickhouse.Store
	id          uint64
	start       Start
	looks       []look
	measures    []Measure
	slot        uint8 // of looked_rows, where its rows are; 0: nowhere
	lists       []listed
	lastVersion atomic.Uint64
	staged      atomic.Uint64 // records
	rejected    atomic.Uint64
	batches     atomic.Uint64
	contents    atomic.Uint64
	known       map[uint64]struct{} // hashes of raw rows that the source had before; of an online source
	preparing   sync.Mutex          // guards the following: that the tables are there for what many collections have none of
	// rejected rows, raw contents
	rejectsReady, contentsReady, resolutionsReady bool
	settling
}

// Begin clears what an interrupted collection of the source has left, announces a new one as running and makes
// room for its rows. There must not be two collections of one source at a time: the later one takes over.
func Begin(ctx context.Context, s *clickhouse.Store, start Start) (*Collection, error) {
	if err := clearUnfinished(ctx, s, start); err != nil {
		return nil, fmt.Errorf("clear interrupted collection of %s: %w", start.Source, err)
	}
	c := &Collection{store: s, start: start}
	if err := c.number(ctx); err != nil {
		return nil, fmt.Errorf("number collection of %s: %w", start.Source, err)
	}
	if err := c.write(ctx, Counts{}, start.Started, Ending{Outcome: "running"}); err != nil {
		return nil, fmt.Errorf("announce collection of %s: %w", start.Source, err)
	}
	for _, statement := range []string{"stage_records", "stage_records_defaults"} {
		if err := c.exec(ctx, statement); err != nil {
			return nil, fmt.Errorf("stage collection of %s: %w", start.Source, err)
		}
	}
	return c, nil
}

// number gives the collection its id, microseconds since 1970 unless the clock has gone back, and its versions.
func (c *Collection) number(ctx context.Context) error {
	var greatestID, greatestVersion uint64
	if err := c.scan(ctx, "greatest_collection", &greatestID); err != nil {
		return err
	}
	if err := c.scan(ctx, "greatest_version", &greatestVersion); err != nil {
		return err
	}
	c.id = max(uint64(max(0, c.start.Started.UnixMicro())), greatestID+1)
	c.FirstVersion = max(c.id, greatestVersion+1)
	c.lastVersion.Store(c.FirstVersion)
	if c.start.Online {
		if err := c.readKnown(ctx); err != nil {
			return err
		}
	}
	if err := c.readMeasures(ctx); err != nil {
		return err
	}
	return c.readLooks(ctx)
}

// listed is one of several lists of a source.
type listed struct {
	name  string // its address, as configured
	first uint64 // version of its first row
}

// List says that the rows from this version on are of that list of the source, until another one begins. A source of one list says nothing.
func (c *Collection) List(name string, version uint64) {
	c.lists = append(c.lists, listed{name, version})
}

// ID names the collection; it rises with time.
func (c *Collection) ID() uint64 {
	return c.id
}

// Ending is how a collection ended.
type Ending struct {
	Outcome       string // Look, Suspicious or Failed
	Error         string // why it is no look
	NotUnderstood uint64 // parts of the source that were not understood or not read
	Accepted      string // what a look lacked, had it not been accepted; empty: nothing
	AcceptedBy    string // who accepted it; Agreement
	AgreeingDays  uint64 // of a suspicious one: on how many days collections agreed with each other, up to this one
	ToEnd         bool   // the source was read to its end
	Remarks       []Remark
}

// Agreement is who accepted a look that lacked what the collections of seven days agree in.
const Agreement = "agreement"

// Finish writes down how the collection ended and removes its staging.
func (c *Collection) Finish(ctx context.Context, ended time.Time, counts Counts, ending Ending) error {
	if err := c.dropStage(ctx); err != nil { // before the end is written: what is not ended is cleared later
		return err
	}
	return c.end(ctx, counts, ended, ending)
}

// rows is a condition for what the collection has written.
func (c *Collection) rows() string {
	return "source = " + clickhouse.SqlText(c.start.Source) + " AND collection_id = " + strconv.FormatUint(c.id, 10)
}

// end writes how the collection ended, after how many rows it has written and before that its end was.
func (c *Collection) end(ctx context.Context, counts Counts, ended time.Time, ending Ending) error {
	condition := c.rows()
	err := storage.NoteHoldings(ctx, c.store, c.id, condition, "record_versions", "rejected_rows", "contents", "touches", "looked_rows", "disputed_units")
	if err == nil {
		err = c.write(ctx, counts, ended, ending)
	}
	if err == nil {
		err = storage.NoteHoldings(ctx, c.store, c.id, condition, "collections")
	}
	if err != nil {
		return fmt.Errorf("write end of collection of %s: %w", c.start.Source, err)
	}
	return nil
}

// Abandon notes that the collection was interrupted and removes its staging. Of what it may have published already the next collection
// completes the rest.
func (c *Collection) Abandon(ctx context.Context, ended time.Time, problem string) error {
	return errors.Join(c.exec(ctx, "touch"), c.dropStage(ctx), c.forgetRejects(ctx), c.end(ctx, Counts{}, ended, Ending{Outcome: "interrupted", Error: problem}))
}

// forgetRejects removes rejected rows that were published although the collection did not end.
func (c *Collection) forgetRejects(ctx context.Context) error {
	var rejects uint64
	if err := c.scan(ctx, "has_rejects", &rejects); err != nil || rejects == 0 {
		return err
	}
	if err := storage.ReleaseHoldings(ctx, c.store, "rejected_rows", c.rows()); err != nil {
		return err
	}
	return c.exec(ctx, "forget_rejects")
}

func (c *Collection) dropStage(ctx context.Context) error {
	for _, statement := range []string{"drop_stage", "drop_rejects_stage", "drop_contents_stage", "drop_comparison", "drop_groups", "drop_resolutions", "drop_settled"} {
		if err := c.exec(ctx, statement); err != nil {
			return fmt.Errorf("remove staging of %s: %w", c.start.Source, err)
		}
	}
	return nil
}

// clearUnfinished removes what collections that never ended have left and marks them interrupted: ended when that was noticed.
func clearUnfinished(ctx context.Context, s *clickhouse.Store, next Start) error {
	var unfinished []struct {
		ID      uint64    `ch:"collection_id"`
		Kind    string    `ch:"kind"`
		Started time.Time `ch:"started_at"`
		Day     civil.Day `ch:"day"`
		Config  string    `ch:"config_hash"`
	}
	probe := &Collection{store: s, start: Start{Source: next.Source}}
	if err := probe.collect(ctx, "unfinished_collections", &unfinished); err != nil {
		return err
	}
	for _, row := range unfinished {
		old := &Collection{store: s, id: row.ID, start: Start{Source: next.Source, Kind: row.Kind, Started: row.Started, Day: row.Day, ConfigHash: row.Config}}
		if err := old.Abandon(ctx, next.Started, "interrupted before it was complete"); err != nil {
			return err
		}
	}
	return nil
}
