package records

import (
	"context"
	"fmt"
	"strconv"

	"yangguang/queries/clickhouse"
	"yangguang/queries/model"
)

// RowsRead is what became of the rows of one part of a source that a collection read.
type RowsRead struct {
	Part     string `ch:"part"` // as of PartFound
	Rows     uint64 `ch:"rows"`
	Records  uint64 `ch:"records"`
	Rejected uint64 `ch:"rejected"`
	LeftOut  uint64 `ch:"left_out"`
	AsBefore uint64 `ch:"as_before"` // rejected or left out as at the last look
}

// PartFound says of one part of a source, of a ledger a file or sheet, what an earlier collection read and how much of it is there again.
type PartFound struct {
	Part            string `ch:"part"` // file: or file:sheet!, or the address of one of several lists; empty: all of an online source
	Rows            uint64 `ch:"rows"`
	Records         uint64 `ch:"records"`
	Moved           uint64 `ch:"moved"`    // rows that are there again in another list alone
	Expected        uint64 `ch:"expected"` // rows that ought to be there again
	Found           uint64 `ch:"found"`
	ExpectedRecords uint64 `ch:"expected_records"`
	FoundRecords    uint64 `ch:"found_records"`
}

// Reason is why most of the rows of a list are no records.
type Reason struct {
	Part    string `ch:"part"` // the list; empty: all of the source
	Text    string `ch:"reason"`
	Rows    uint64 `ch:"rows"`
	LeftOut bool   `ch:"left_out"`
}

// Passed says which part of a list was not read, and why.
type Passed struct {
	Stopped bool // the list was known from there on
	Jumped  bool // it had been read by the collection that failed earlier on the same day
}

// carried is the number from which on rows of looked_rows were not read again.
const carried = 1 << 40

// NoteRows stores what the staged rows are, for this collection and the next ones to be compared with each other. It may be repeated.
func (c *Collection) NoteRows(ctx context.Context, passed Passed) error {
	if err := c.releaseSlot(ctx); err != nil {
		return err
	}
	above := uint64(0)
	if passed.Jumped {
		above = carried / 2
	}
	for _, of := range []struct {
		statement string
		rows      bool
	}{{"note_records", c.staged.Load() > 0}, {noteMerged, c.settled && len(c.lists) > 0}, {"note_rejects", c.rejectsReady}} {
		if !of.rows {
			continue
		}
		if err := c.exec(ctx, of.statement, clickhouse.Named("above", strconv.FormatUint(above, 10))); err != nil {
			return fmt.Errorf("store what rows %s has: %w", c.start.Source, err)
		}
	}
	failed, found := c.measure(model.Failed)
	if passed.Jumped && found {
		if err := c.exec(ctx, "note_failed", c.other(failed)...); err != nil {
			return fmt.Errorf("store what rows %s has, with those read before: %w", c.start.Source, err)
		}
	}
	last, found := c.LookBefore()
	if passed.Stopped && found {
		if err := c.exec(ctx, "note_below", c.other(last)...); err != nil {
			return fmt.Errorf("store what rows %s has, with those below: %w", c.start.Source, err)
		}
	}
	return nil
}

// Read counts the rows that were read, part by part, beside those of an earlier collection.
func (c *Collection) Read(ctx context.Context, with Measure) (parts []RowsRead, err error) {
	if err := c.collect(ctx, "rows_now", &parts, c.other(with)...); err != nil {
		return nil, fmt.Errorf("count the rows of %s: %w", c.start.Source, err)
	}
	return parts, nil
}

// Expectation says which rows of an earlier collection ought to be there again.
type Expectation struct {
	Complete bool     // all of them, whatever days are shown
	Gone     []string // record_id of those whose own address says that they are gone
	Hidden   []string // parts that are hidden now: their rows are neither there nor gone
}

// Found says which rows of an earlier collection are there again; of one whose rows were not stored, none were to be.
func (c *Collection) Found(ctx context.Context, with Measure, expectation Expectation) (parts []PartFound, err error) {
	if with.Slot == 0 {
		return nil, nil
	}
	arguments := append(c.other(with),
		clickhouse.Named("complete", strconv.FormatBool(expectation.Complete)),
		clickhouse.Named("gone", clickhouse.List(expectation.Gone)), clickhouse.Named("hidden", clickhouse.List(expectation.Hidden)))
	if err := c.collect(ctx, "rows_before", &parts, arguments...); err != nil {
		return nil, fmt.Errorf("compare the rows of %s with those before: %w", c.start.Source, err)
	}
	return parts, nil
}

// Reasons are why most of the rows of each list are no records; none of a list without such rows.
func (c *Collection) Reasons(ctx context.Context) (reasons []Reason, err error) {
	if !c.rejectsReady {
		return nil, nil
	}
	if err := c.collect(ctx, "reasons", &reasons); err != nil {
		return nil, fmt.Errorf("find why rows of %s are no records: %w", c.start.Source, err)
	}
	return reasons, nil
}

// other are the parameters that name the rows of an earlier collection.
func (c *Collection) other(measure Measure) []any {
	return []any{
		clickhouse.Named("other_slot", strconv.FormatUint(uint64(measure.Slot), 10)), clickhouse.Named("other_id", strconv.FormatUint(measure.ID, 10)),
	}
}

// Missing lists records that were there at the last look and are not there now, each with its own address, at most so many.
func (c *Collection) Missing(ctx context.Context, limit int) (addresses map[string]string, err error) {
	last, found := c.LookBefore()
	if !found {
		return nil, nil
	}
	var rows []struct {
		RecordID string `ch:"record_id"`
		URL      string `ch:"url"`
	}
	if err := c.collect(ctx, "missing", &rows, append(c.other(last), clickhouse.Named("limit", strconv.Itoa(limit)))...); err != nil {
		return nil, fmt.Errorf("find records gone from %s: %w", c.start.Source, err)
	}
	addresses = map[string]string{}
	for _, row := range rows {
		addresses[row.RecordID] = row.URL
	}
	return addresses, nil
}

// Listed is the own address of a record that was there at the last look and still is; empty if there is none such.
func (c *Collection) Listed(ctx context.Context) (address string, err error) {
	last, found := c.LookBefore()
	if !found {
		return "", nil
	}
	var rows []struct {
		URL string `ch:"url"`
	}
	if err := c.collect(ctx, "listed", &rows, c.other(last)...); err != nil {
		return "", fmt.Errorf("find a record still listed by %s: %w", c.start.Source, err)
	}
	for _, row := range rows {
		address = row.URL
	}
	return address, nil
}

// releaseSlot lets the rows of earlier collections go that rows of this one are about to replace in its slot of looked_rows. It may be repeated.
func (c *Collection) releaseSlot(ctx context.Context) error {
	if err := c.exec(ctx, "release_slot"); err != nil {
		return fmt.Errorf("let rows of earlier collections of %s go: %w", c.start.Source, err)
	}
	return nil
}
