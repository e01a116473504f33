package queries

import (
	"context"
	"strconv"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// MonthRow counts the obligations of a window that fall due in one month, standing and undated ones left out, and the units that owe them.
type MonthRow struct {
	Number     uint32 `ch:"month"` // 202607
	OnTime     uint64 `ch:"on_time"`
	Late       uint64 `ch:"late"`
	Lapsed     uint64 `ch:"lapsed"`
	Evidenced  uint64 `ch:"evidenced"` // on time by the evidence too (SPEC §5 evidenced_timeliness)
	Unverified uint64 `ch:"unverified"`
	Pending    uint64 `ch:"pending"`
	Units      uint64 `ch:"units"` // with something assessed
	MetUnits   uint64 `ch:"met_units"`
	Members    uint64 `ch:"members"` // of those units
	MetMembers uint64 `ch:"met_members"`
}

// Assessed is how many obligations are on time, late or lapsed.
func (m MonthRow) Assessed() uint64 { return m.OnTime + m.Late + m.Lapsed }

// Month is the month's first day.
func (m MonthRow) Month() time.Time {
	return time.Date(int(m.Number/100), time.Month(m.Number%100), 1, 0, 0, 0, 0, time.UTC)
}

// CellRow counts the obligations of a window that a unit, or a town with its villages, has of one item.
type CellRow struct {
	RowID           string `ch:"row_id"`
	Name            string `ch:"name"`
	Tier            string `ch:"tier"`
	ItemID          string `ch:"item_id"`
	Item            string `ch:"item"`
	Class           string `ch:"class"`
	OnTime          uint64 `ch:"on_time"`
	Late            uint64 `ch:"late"`
	Lapsed          uint64 `ch:"lapsed"`
	Unverified      uint64 `ch:"unverified"`
	Pending         uint64 `ch:"pending"`
	Exempt          uint64 `ch:"exempt"`
	Undated         uint64 `ch:"undated"`
	OldestLapseDays int64  `ch:"oldest_lapse_days"`
	Found           uint64 `ch:"found"` // how many rows there are beside the limit
}

// Months lists the months in which the obligations of a window fall due.
func (s *Store) Months(ctx context.Context, question Question) (rows []MonthRow, err error) {
	err = s.selectFormulated(ctx, "overview/months", &rows, question)
	return rows, err
}

// Cells lists what became of each item of the units that are furthest behind, at most so many of them, the furthest first; by is unit or town
// (with its villages, only towns).
func (s *Store) Cells(ctx context.Context, question Question, by string, limit int) (rows []CellRow, err error) {
	name := "overview/cells"
	load, found, err := s.inForce(ctx, name, question)
	if err != nil {
		return nil, err
	}
	if found.results {
		name = "overview/kept_cells"
	}
	asked, err := formulateOf(name, load, question, found)
	if err != nil {
		return nil, err
	}
	return rows, s.selectText(ctx, name, asked.text, &rows, append(asked.arguments, clickhouse.Named("by", by), clickhouse.Named("rows", strconv.Itoa(limit))))
}
