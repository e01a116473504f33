package queries

import (
	"context"
	"fmt"
)

// Shortfall says that the source, of whose list so many rows have been looked at, had less than half of those of its last successful collection, as when a site shows an empty list while
// it is being rebuilt; empty when it had enough. A list that stays short for a week is taken as it is.
func (c *Collection) Shortfall(ctx context.Context, depth uint64) (warning string, err error) {
	var usual uint64
	if err := c.scan(ctx, "usual_rows", &usual); err != nil {
		return "", fmt.Errorf("compare the volume of %s: %w", c.start.Source, err)
	}
	if 2*depth >= usual {
		return "", nil
	}
	return fmt.Sprintf("suspiciously short: %d rows, less than half of the %d read before; they are kept, and nothing is taken for withdrawn; look whether the source has changed",
		depth, usual), nil
}
