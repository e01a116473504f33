package queries

import (
	"context"
	"strconv"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// FlowRow tells how far the met obligations of a group, or all, got through the four steps (SPEC §5 procedure), each by any of its records
// from sources with steps.
type FlowRow struct {
	Group     string `ch:"group"`
	Met       uint64 `ch:"met"`
	WithSteps uint64 `ch:"with_steps"` // with a record from a source with steps; such a record always has the fourth, published_on
	Proposed  uint64 `ch:"proposed"`
	Reviewed  uint64 `ch:"reviewed"`
	Approved  uint64 `ch:"approved"`
	Complete  uint64 `ch:"complete"` // one record has all four days
	InOrder   uint64 `ch:"in_order"` // one record has them in order
}

// StepTimeRow tells how many days a step took over the records that have its day and that of the step before, in order.
type StepTimeRow struct {
	Step          string  `ch:"step"` // reviewed, approved, published, each since the step before; whole: from proposed to published
	Records       uint64  `ch:"records"`
	FirstQuartile float64 `ch:"first_quartile"` // days
	Median        float64 `ch:"median"`
	ThirdQuartile float64 `ch:"third_quartile"`
	Longest       int64   `ch:"longest"`
}

// BrokenRow is a record that lacks a step or has its steps out of order. Days are civil days at midnight UTC.
type BrokenRow struct {
	UnitID      string     `ch:"unit_id"`
	Unit        string     `ch:"unit"`
	ItemID      string     `ch:"item_id"`
	Item        string     `ch:"item"`
	Period      string     `ch:"period"`
	Title       string     `ch:"title"`
	Source      string     `ch:"source"`
	RecordID    string     `ch:"record_id"`
	ProposedOn  *time.Time `ch:"proposed_on"`
	ReviewedOn  *time.Time `ch:"reviewed_on"`
	ApprovedOn  *time.Time `ch:"approved_on"`
	PublishedOn time.Time  `ch:"published_on"`
	MetInOrder  bool       `ch:"met_in_order"` // another record of its obligation has all steps in order
	ForSociety  bool       `ch:"for_society"`  // shown to society, as its item allows
	Found       uint64     `ch:"found"`        // how many there are beside the limit
}

// Flow lists the groups that have met obligations in the window, and all, in the order of the report summary.
func (s *Store) Flow(ctx context.Context, question Question) (rows []FlowRow, err error) {
	err = s.selectFormulated(ctx, "procedure/flow", &rows, question)
	return rows, err
}

// StepTimes lists the steps that any record of a met obligation has, in their order.
func (s *Store) StepTimes(ctx context.Context, question Question) (rows []StepTimeRow, err error) {
	err = s.selectFormulated(ctx, "procedure/times", &rows, question)
	return rows, err
}

// Broken lists the records of met obligations whose steps are not in order, the latest published first, at most so many.
func (s *Store) Broken(ctx context.Context, question Question, limit int) (rows []BrokenRow, err error) {
	err = s.selectFormulated(ctx, "procedure/broken", &rows, question, clickhouse.Named("limit", strconv.Itoa(limit)))
	return rows, err
}
