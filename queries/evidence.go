package queries

import (
	"context"
	"strconv"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// Backdated lists the backdated records that the window published, most days first, at most so many.
func (s *Asker) Backdated(ctx context.Context, question Question, limit int) (rows []BackdatedRow, err error) {
	err = s.selectFormulated(ctx, "evidence/backdated", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// Evidence lists the sources of the records that the window published, those with most records first.
func (s *Asker) Evidence(ctx context.Context, question Question) (rows []EvidenceRow, err error) {
	err = s.selectFormulated(ctx, "evidence/sources", &rows, question)
	return rows, err
}
