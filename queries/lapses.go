package queries

import (
	"context"
	"strconv"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// Unverified lists the unverified obligations that a question assesses, the longest due first, at most so many.
func (s *Asker) Unverified(ctx context.Context, question Question, limit int) (rows []UnverifiedRow, err error) {
	err = s.selectFormulated(ctx, "lapses/unverified", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// Due tells what is not met yet and falls due on the as-of day or within so many days after it, whatever the window, by day. At most 30 days:
// no edition looks further ahead.
func (s *Asker) Due(ctx context.Context, question Question, days int) (rows []DueRow, err error) {
	err = s.selectFormulated(ctx, "lapses/due", &rows, question, clickhouse.Named("days", strconv.Itoa(days)))
	return rows, err
}
