package queries

import (
	"context"
	"fmt"
)

// Bookmark is a page of a source's list.
type Bookmark struct {
	Position uint64 // from 0
	Cursor   string // what it takes to ask for the page, as the kind of source has it
	Above    uint64 // rows above the page in the list
}

// Earlier is how the source's last collection that ended left it.
type Earlier struct {
	Unbroken bool     // it came to its end, under the same configuration
	Left     Bookmark // the last page that it read, if it failed on the same civil day under the same configuration
}

// Earlier tells how the source's last collection that ended left it; of a source that was never collected, the zero value.
func (c *Collection) Earlier(ctx context.Context) (earlier Earlier, err error) {
	var rows []struct {
		Unbroken  uint8  `ch:"unbroken"`
		Resumable uint8  `ch:"resumable"`
		Position  uint64 `ch:"position"`
		Cursor    string `ch:"cursor"`
		Above     uint64 `ch:"above"`
	}
	if err := c.collect(ctx, "earlier", &rows); err != nil {
		return earlier, fmt.Errorf("read where the collection of %s was left: %w", c.start.Source, err)
	}
	for _, row := range rows {
		earlier.Unbroken = row.Unbroken == 1
		earlier.Left = Bookmark{Position: row.Position, Cursor: row.Cursor, Above: row.Above}
	}
	return earlier, nil
}
