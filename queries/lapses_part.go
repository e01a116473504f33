package queries

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// LapseTotals are the lapses of the report lapsed that last for a range of days. Days are civil days at midnight UTC.
type LapseTotals struct {
	Band      string    `ch:"band"` // to_7, to_30, to_90, over_90 days, or all; one without lapses is not there
	Lapsed    uint64    `ch:"lapsed"`
	Essential uint64    `ch:"essential"` // of essential items
	Units     uint64    `ch:"units"`     // that they belong to
	Carried   uint64    `ch:"carried"`   // due before the window
	Earliest  time.Time `ch:"earliest"`  // the first day after which one lasts
	Longest   int64     `ch:"longest"`   // days
}

// LapseTotals counts what the report lapsed lists.
func (s *Store) LapseTotals(ctx context.Context, question Question) (rows []LapseTotals, err error) {
	err = s.selectFormulated(ctx, "lapses/totals", &rows, question)
	return rows, err
}

// LapsedPart is a part of the report lapsed, in its order.
func (s *Store) LapsedPart(ctx context.Context, question Question, limit, offset int) ([]ObligationRow, error) {
	asked, err := s.formulate(ctx, "lapses/part", question)
	if err != nil {
		return nil, err
	}
	arguments := append(asked.arguments, clickhouse.Named("limit", strconv.Itoa(limit)), clickhouse.Named("offset", strconv.Itoa(offset)))
	report, _ := ReportNamed("lapsed")
	rows, err := structsOf[ObligationRow](append(report.Columns[:len(report.Columns):len(report.Columns)], report.Detail...),
		func(columns []Column, each func([]any) error) error {
			return stream(ctx, s.Conn(), columns, asked.text, arguments, each)
		})
	if err != nil {
		return nil, fmt.Errorf("ask for a part of the lapses: %w", err)
	}
	return rows, nil
}

// LapsedGroup is what lapsed of a unit, or of an item.
type LapsedGroup struct {
	ID        string    `ch:"id"`
	Name      string    `ch:"name"`
	Kind      string    `ch:"kind"` // the unit's group, or the item's class
	Lapsed    uint64    `ch:"lapses"`
	Essential uint64    `ch:"essential"`
	Earliest  time.Time `ch:"earliest"`    // the first day after which one lasts
	Longest   int64     `ch:"longest"`     // days
	Others    []string  `ch:"others"`      // the first of the unit's items with their periods, or of the item's units
	OtherSum  uint64    `ch:"other_count"` // how many there are
	Found     uint64    `ch:"found"`       // how many groups there are beside the limit
}

// LapsedGroups gathers the report lapsed by "unit" or by "item", those with the most lapses first, and names at most so many others in each.
func (s *Store) LapsedGroups(ctx context.Context, question Question, by string, named, limit, offset int) (rows []LapsedGroup, err error) {
	err = s.selectFormulated(ctx, "lapses/grouped", &rows, question, clickhouse.Named("by", by), clickhouse.Named("named", strconv.Itoa(named)),
		clickhouse.Named("limit", strconv.Itoa(limit)), clickhouse.Named("offset", strconv.Itoa(offset)))
	return rows, err
}
