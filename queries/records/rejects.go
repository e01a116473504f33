package records

import (
	"context"
	"fmt"

	"yangguang/queries/clickhouse"
)

// RejectedRow is a row that could not become a record (SPEC §3).
type RejectedRow struct {
	Place   string // file, sheet and row, or address
	Reason  string // English sentence: field, what is wrong, what would be right
	Content string // the raw row as JSON, keys are the header's
	// RecordID and Title are what the row says of itself; either may be empty. They keep a complete source from
	// withdrawing the record that the row meant to correct.
	RecordID, Title string
	Number          uint64 // like a version's, in the order of the source
	Day             string // published_on as shown, 2026-07-01, or empty
	LeftOut         bool   // the configuration leaves the row out: it is no rejected row, and only remembered
}

// StageRejects stores rejected rows, like StageRecords.
func (c *Collection) StageRejects(ctx context.Context, rows []RejectedRow) error {
	if len(rows) == 0 {
		return nil
	}
	if err := c.prepareRejects(ctx); err != nil {
		return err
	}
	columns := [6][]string{}
	var numbers []uint64
	var leftOut []bool
	rejected := uint64(0)
	for _, row := range rows {
		for i, text := range [6]string{row.Place, row.Reason, row.Content, row.RecordID, row.Title, row.Day} {
			columns[i] = append(columns[i], text)
		}
		numbers, leftOut = append(numbers, row.Number), append(leftOut, row.LeftOut)
		if !row.LeftOut {
			rejected++
		}
	}
	described := []clickhouse.ColumnNameAndType{{Name: "number", Type: "UInt64"}, {Name: "left_out", Type: "Bool"}}
	values := []any{numbers, leftOut}
	for i, name := range [6]string{"place", "reason", "content", "record_id", "title", "day"} {
		described = append(described, clickhouse.ColumnNameAndType{Name: name, Type: "String"})
		values = append(values, columns[i])
	}
	if err := c.send(ctx, "rejecting", described, values); err != nil {
		return fmt.Errorf("stage %d rejected rows of %s: %w", len(rows), c.start.Source, err)
	}
	c.rejected.Add(rejected)
	return nil
}

// prepareRejects makes the table for rejected rows when it is first needed.
func (c *Collection) prepareRejects(ctx context.Context) error {
	if err := c.prepare(ctx, "stage_rejects", &c.rejectsReady); err != nil {
		return fmt.Errorf("stage rejected rows of %s: %w", c.start.Source, err)
	}
	return nil
}

// prepare runs a statement that makes a staging table, once.
func (c *Collection) prepare(ctx context.Context, statement string, ready *bool) error {
	c.preparing.Lock()
	defer c.preparing.Unlock()
	if *ready {
		return nil
	}
	if err := c.exec(ctx, statement); err != nil {
		return err
	}
	*ready = true
	return nil
}
