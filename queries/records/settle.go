package records

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"

	"yangguang/queries/civil"
	"yangguang/queries/clickhouse"
)

// IdentityRow is what reports whether rows are one disclosure (SPEC §3): of a staged row, or of a record of the source as it is in force.
type IdentityRow struct {
	Staged   bool   `ch:"staged"`
	Version  uint64 `ch:"version"`
	RecordID string `ch:"record_id"` // of a staged row that brought none: the one that it would have if it were new
	Derived  bool   `ch:"derived"`
	UnitID   string `ch:"unit_id"`
	ItemID   string `ch:"item_id"`
	// Slot is what the row is for: the period (p2026-04-01/2026-06-30), the day of the event or when it occurred (o2026-04-01), else the day of
	// publication (d2026-07-03), or s where that is only the day of seeing it.
	Slot        string    `ch:"slot"`
	PublishedOn civil.Day `ch:"published_on"`
	EventID     string    `ch:"event_id"`
	Title       string    `ch:"title"`
	URL         string    `ch:"url"`
	Channel     string    `ch:"channel"`
	Place       string    `ch:"place"`
	Hash        uint64    `ch:"hash"`
	Rest        uint64    `ch:"rest"`      // of all that the source said but the channel
	UnseenOn    civil.Day `ch:"unseen_on"` // last look without it
	Looked      bool      `ch:"looked"`    // of a record in force: the source's last look had it, where something may stand in its place now
}

// Resolution is what becomes of a staged row, other than being taken as it is.
type Resolution struct {
	Version  uint64
	RecordID string
	Channel  string
	Hash     uint64
	Unseen   bool      // UnseenOn replaces the row's
	UnseenOn civil.Day // none: nothing says that it was not there
	Merged   bool      // the row is left out: a later one says all that it says
	Reason   string    // the row is rejected; an English sentence. Empty: it is not
	Disputed bool      // two files claim the id, so what is known of the row's unit is not certain
}

// Teller tells disclosures apart.
type Teller interface {
	// Begin announces that Derived is going to be given all rows, perhaps once more after an interruption.
	Begin()
	// Derived is given the staged rows without an id, and all rows of an online source, of one unit and item in order, and the records in
	// force of this unit and item. It says what is not to be taken as it is.
	Derived(rows []IdentityRow) []Resolution
	// Changed may ask how many records the last look had when Derived has been given all rows. Where it says true the site has changed, and
	// Derived is given all rows again.
	Changed(before func() (uint64, error)) (bool, error)
	// Repeated is given the staged rows that bring the same id, in order, and the record in force.
	Repeated(rows []IdentityRow) []Resolution
}

// settling is what became of the identities of a collection's rows.
type settling struct {
	events  []string // items
	first   *bool    // the staged rows are the first of the source and all different; nil: not asked yet
	settled bool     // settled_N stands for collecting_N
	derived atomic.Bool
	written atomic.Bool
}

// Settle gives the staged rows the records that they are versions of, and rejects those whose ids belong to others. events are the item_ids
// that are due for each event. It is called once, when all rows are staged, before Publish.
func (c *Collection) Settle(ctx context.Context, events []string, teller Teller) error {
	c.events = events
	if first, err := c.isFirst(ctx); err != nil || first {
		return err
	}
	resolved := false
	if c.derived.Load() || c.start.Online {
		if err := c.execAll(ctx, []string{"stage_groups", "find_groups"}); err != nil {
			return fmt.Errorf("find what %s shows anew: %w", c.start.Source, err)
		}
		found, err := c.resolve(ctx, "identities", sameDuty, teller.Begin, teller.Derived)
		if err != nil {
			return fmt.Errorf("tell the disclosures of %s apart: %w", c.start.Source, err)
		}
		changed, err := teller.Changed(func() (before uint64, err error) {
			err = c.scanWith(ctx, "records_before", c.lookedBefore(), &before)
			return before, err
		})
		if err != nil {
			return fmt.Errorf("count what the last look at %s had: %w", c.start.Source, err)
		}
		if changed {
			if err := c.execAll(ctx, []string{"stage_resolutions", "clear_resolutions"}); err != nil {
				return fmt.Errorf("begin telling the disclosures of %s apart again: %w", c.start.Source, err)
			}
			if found, err = c.resolve(ctx, "identities", sameDuty, teller.Begin, teller.Derived); err != nil {
				return fmt.Errorf("tell the disclosures of %s apart: %w", c.start.Source, err)
			}
		}
		resolved = resolved || found
	}
	if c.written.Load() {
		found, err := c.resolve(ctx, "repeated_ids", sameID, func() {}, teller.Repeated)
		if err != nil {
			return fmt.Errorf("compare rows of %s with one id: %w", c.start.Source, err)
		}
		resolved = resolved || found
	}
	if !resolved {
		return nil
	}
	if err := c.rejectCollisions(ctx); err != nil {
		return fmt.Errorf("reject ids of %s that belong to others: %w", c.start.Source, err)
	}
	if err := c.execAll(ctx, []string{"stage_settled", "settle", "note_disputes"}); err != nil {
		return fmt.Errorf("settle the rows of %s: %w", c.start.Source, err)
	}
	c.settled = true
	return nil
}

func sameDuty(a, b *IdentityRow) bool { return a.UnitID == b.UnitID && a.ItemID == b.ItemID }

func sameID(a, b *IdentityRow) bool { return a.RecordID == b.RecordID }

// isFirst reports whether the staged rows are the first of the source and all of different records.
func (c *Collection) isFirst(ctx context.Context) (bool, error) {
	if c.first != nil {
		return *c.first, nil
	}
	if c.staged.Load() == 0 {
		return false, nil
	}
	var answer uint8
	if err := c.scan(ctx, "is_first", &answer); err != nil {
		return false, err
	}
	first := answer == 1
	c.first = &first
	return first, nil
}

// resolutionsPerBatch bounds the memory of resolutions that wait to be staged.
const resolutionsPerBatch = 20_000

// resolve hands groups of rows to tell, in order, and stages what it says. It holds one group and one batch in memory.
func (c *Collection) resolve(ctx context.Context, statement string, same func(a, b *IdentityRow) bool, begin func(), tell func([]IdentityRow) []Resolution) (found bool, err error) {
	var waiting []Resolution
	var group []IdentityRow
	settle := func() {
		if len(group) > 0 {
			waiting = append(waiting, tell(group)...)
			group = group[:0]
		}
	}
	// What was staged before a connection broke is staged again and counts once.
	err = repeated(ctx, func() error {
		waiting, group = waiting[:0], group[:0]
		begin()
		return c.eachIdentity(ctx, statement, func(row *IdentityRow) error {
			if len(group) > 0 && !same(&group[0], row) {
				settle()
			}
			group = append(group, *row)
			if len(waiting) < resolutionsPerBatch {
				return nil
			}
			found = true
			err := c.stageResolutions(ctx, waiting)
			waiting = waiting[:0]
			return err
		})
	})
	if err != nil {
		return false, err
	}
	settle()
	return found || len(waiting) > 0, c.stageResolutions(ctx, waiting)
}

func (c *Collection) eachIdentity(ctx context.Context, statement string, each func(*IdentityRow) error) (err error) {
	text := c.statement(statement)
	rows, err := c.store.Conn().Query(ctx, text, c.arguments(text, c.lookedBefore())...)
	if err != nil {
		return err
	}
	defer func() {
		if closing := rows.Close(); err == nil {
			err = closing
		}
	}()
	for rows.Next() {
		var row IdentityRow
		if err := rows.Scan(&row.Staged, &row.Version, &row.RecordID, &row.Derived, &row.UnitID, &row.ItemID, &row.Slot, &row.PublishedOn, &row.EventID,
			&row.Title, &row.URL, &row.Channel, &row.Place, &row.Hash, &row.Rest, &row.UnseenOn, &row.Looked); err != nil {
			return err
		}
		if err := each(&row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// lookedBefore are the parameters that name the rows of the last look; without any, or where they were not stored, the slot is 0.
func (c *Collection) lookedBefore() []any {
	last, _ := c.LookBefore()
	return append(c.other(last), clickhouse.Named("complete", strconv.FormatBool(c.start.Complete)))
}

func (c *Collection) stageResolutions(ctx context.Context, resolutions []Resolution) error {
	if len(resolutions) == 0 {
		return nil
	}
	if err := c.prepare(ctx, "stage_resolutions", &c.resolutionsReady); err != nil {
		return err
	}
	var versions, hashes []uint64
	var ids, channels, reasons []string
	var unseen, merged, disputed []bool
	unseenOn := dayColumn{}
	for _, r := range resolutions {
		versions, hashes = append(versions, r.Version), append(hashes, r.Hash)
		ids, channels, reasons = append(ids, r.RecordID), append(channels, r.Channel), append(reasons, r.Reason)
		unseen, merged, disputed = append(unseen, r.Unseen), append(merged, r.Merged), append(disputed, r.Disputed)
		unseenOn.add(r.UnseenOn)
	}
	return c.send(ctx, "resolving", []clickhouse.ColumnNameAndType{
		{Name: "version", Type: "UInt64"},
		{Name: "record_id", Type: "String"},
		{Name: "channel", Type: "String"},
		{Name: "hash", Type: "UInt64"},
		{Name: "unseen", Type: "Bool"},
		{Name: "unseen_on", Type: "Nullable(Int32)"},
		{Name: "merged", Type: "Bool"},
		{Name: "reason", Type: "String"},
		{Name: "disputed", Type: "Bool"},
	}, []any{versions, ids, channels, hashes, unseen, &unseenOn, merged, reasons, disputed})
}

// rejectCollisions makes rejected rows of those whose ids belong to others.
func (c *Collection) rejectCollisions(ctx context.Context) error {
	var after, rejected uint64
	for {
		var rows []struct {
			Version  uint64 `ch:"version"`
			Place    string `ch:"place"`
			Reason   string `ch:"reason"`
			Content  string `ch:"content"`
			RecordID string `ch:"record_id"`
			Title    string `ch:"title"`
		}
		text := c.statement("collided")
		if err := repeated(ctx, func() error {
			return c.store.Conn().Select(ctx, &rows, text, c.arguments(text, []any{clickhouse.Named("after", strconv.FormatUint(after, 10))})...)
		}); err != nil {
			return err
		}
		var rejects []RejectedRow
		for _, row := range rows {
			after = row.Version
			rejects = append(rejects, RejectedRow{Number: row.Version, Place: row.Place, Reason: row.Reason, Content: row.Content, RecordID: row.RecordID, Title: row.Title})
		}
		if len(rejects) == 0 {
			c.staged.Add(-rejected)
			return nil
		}
		if err := c.StageRejects(ctx, rejects); err != nil {
			return err
		}
		rejected += uint64(len(rejects))
	}
}

func (c *Collection) execAll(ctx context.Context, statements []string) error {
	for _, statement := range statements {
		if err := c.exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
