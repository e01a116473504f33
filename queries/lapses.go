package queries

import (
	"context"
	"strconv"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// UnverifiedRow is one obligation of a window that is past its due day without anybody having looked since (SPEC §4). Days are civil days at
// midnight UTC.
type UnverifiedRow struct {
	UnitID   string     `ch:"unit_id"`
	Unit     string     `ch:"unit"`
	ItemID   string     `ch:"item_id"`
	Item     string     `ch:"item"`
	Class    string     `ch:"class"`
	Period   string     `ch:"period"`
	DueOn    *time.Time `ch:"due_on"`
	LookedOn *time.Time `ch:"looked_on"` // every covering source succeeded on this day or later; nil: one never did, or none covers it
	Sources  []string   `ch:"sources"`   // those that cover it
	Found    uint64     `ch:"found"`     // how many there are beside the limit
}

// Unverified lists the unverified obligations that a question assesses, the longest due first, at most so many.
func (s *Store) Unverified(ctx context.Context, question Question, limit int) (rows []UnverifiedRow, err error) {
	err = s.selectFormulated(ctx, "lapses/unverified", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}

// DueRow is what falls due on one day of one item.
type DueRow struct {
	DueOn       time.Time `ch:"due_on"` // civil day at midnight UTC
	ItemID      string    `ch:"item_id"`
	Item        string    `ch:"item"`
	Class       string    `ch:"class"`
	Units       uint64    `ch:"units"`
	Obligations uint64    `ch:"obligations"` // pending ones: not met by the as-of day
	Names       []string  `ch:"names"`       // of the first three units by unit_id
}

// Due tells what is not met yet and falls due on the as-of day or within so many days after it, whatever the window, by day. At most 30 days:
// no edition looks further ahead.
func (s *Store) Due(ctx context.Context, question Question, days int) (rows []DueRow, err error) {
	err = s.selectFormulated(ctx, "lapses/due", &rows, question, clickhouse.Named("days", strconv.Itoa(days)))
	return rows, err
}
