package records

import (
	"context"
	"fmt"

	"github.com/cespare/xxhash/v2"

	"yangguang/queries/clickhouse"
)

// RawContent is what one row of an online source was made of.
type RawContent struct {
	Version  uint64
	RecordID string
	Hash     uint64 // the record's
	Text     string
}

// StageContents stores raw contents, like StageRecords. Publish keeps those of versions that have none yet.
func (c *Collection) StageContents(ctx context.Context, contents []RawContent) error {
	if len(contents) == 0 {
		return nil
	}
	if err := c.prepare(ctx, "stage_contents", &c.contentsReady); err != nil {
		return fmt.Errorf("stage raw contents of %s: %w", c.start.Source, err)
	}
	var versions, hashes []uint64
	var ids, texts []string
	for _, content := range contents {
		versions, hashes = append(versions, content.Version), append(hashes, content.Hash)
		ids, texts = append(ids, content.RecordID), append(texts, content.Text)
	}
	described := []clickhouse.ColumnNameAndType{
		{Name: "version", Type: "UInt64"}, {Name: "record_id", Type: "String"}, {Name: "hash", Type: "UInt64"}, {Name: "content", Type: "String"},
	}
	if err := c.send(ctx, "keeping", described, []any{versions, ids, hashes, texts}); err != nil {
		return fmt.Errorf("stage %d raw contents of %s: %w", len(contents), c.start.Source, err)
	}
	c.contents.Add(uint64(len(contents)))
	return nil
}

// keepContents publishes the staged contents.
func (c *Collection) keepContents(ctx context.Context) error {
	if c.contents.Load() == 0 {
		return nil
	}
	return c.exec(ctx, "keep_contents")
}

// readKnown remembers which raw rows the source is known to have had.
func (c *Collection) readKnown(ctx context.Context) error {
	var rows []struct {
		Hash uint64 `ch:"hash"`
	}
	if err := c.collect(ctx, "known_contents", &rows); err != nil {
		return err
	}
	c.known = make(map[uint64]struct{}, len(rows))
	for _, row := range rows {
		c.known[row.Hash] = struct{}{}
	}
	return nil
}

// HadRow reports whether the source had this very row before, as a record or as a rejected row: a record that the row has only now become,
// since the registry was mended, was there all the same.
func (c *Collection) HadRow(content string) bool {
	_, had := c.known[xxhash.Sum64String(content)]
	return had
}
