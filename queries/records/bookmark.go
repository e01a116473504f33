package records

import (
	"context"
	"fmt"
)

// Bookmark is a page of a source's list.
type Bookmark struct {
	Position uint64 `ch:"position"` // from 0
	Cursor   string `ch:"cursor"`   // what it takes to ask for the page, as the kind of source has it
	Above    uint64 `ch:"above"`    // rows above the page in the list
}

// Left is the last page that the source's last collection read, if it failed on the same civil day under the same configuration; else zero.
func (c *Collection) Left(ctx context.Context) (left Bookmark, err error) {
	var rows []Bookmark
	if err := c.collect(ctx, "left", &rows); err != nil {
		return left, fmt.Errorf("read where the collection of %s was left: %w", c.start.Source, err)
	}
	for _, row := range rows {
		left = row
	}
	return left, nil
}
