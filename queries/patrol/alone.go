package patrol

import (
	"context"
	"time"

	"yangguang/queries/clickhouse"
	"yangguang/queries/works"
)

// Parts of the patrol, each of which one process does at a time: two would visit everything twice, and one would mend what the other has just found.
const (
	Links   = "links"
	Content = "content"
)

// longestRound is how long a round takes at most: 20,000 addresses, or all texts.
const longestRound = 24 * time.Hour

// Begin begins a round of a part; call end. A works.Other says that another process makes one.
func Begin(ctx context.Context, s *clickhouse.Store, part string) (end func() error, err error) {
	busy := map[string]string{Links: "links are being patrolled already", Content: "texts are being patrolled already"}[part]
	work, err := works.BeginAlone(ctx, s, "patrol", part, busy, longestRound)
	if err != nil {
		return nil, err
	}
	return func() error { return works.End(context.WithoutCancel(ctx), s, work) }, nil
}
