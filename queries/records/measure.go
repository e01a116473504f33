package records

import (
	"context"
	"slices"

	"yangguang/queries/model"
)

// Measure is an earlier collection of the source under the same configuration that the one under way is compared with (SPEC §3 "What a collection
// proves").
type Measure struct {
	ID           uint64 `ch:"collection_id"`
	Slot         uint8  `ch:"slot"` // of looked_rows; 0: its rows were not stored
	Outcome      string `ch:"outcome"`
	Day          string `ch:"day"` // civil, 2026-07-01
	Depth        uint64 `ch:"depth"`
	AgreeingDays uint16 `ch:"agreeing_days"`
}

// readMeasures finds what the collection is compared with, and a slot of looked_rows that none of it is in.
func (c *Collection) readMeasures(ctx context.Context) error {
	if err := c.collect(ctx, "measures", &c.measures); err != nil {
		return err
	}
	for c.slot = 1; slices.ContainsFunc(c.measures, func(m Measure) bool { return m.Slot == c.slot }); c.slot++ {
	}
	return nil
}

// LookBefore is the source's last look under the same configuration.
func (c *Collection) LookBefore() (last Measure, found bool) { return c.measure(model.Look) }

// SuspiciousBefore is the suspicious collection after the last look, if there is one.
func (c *Collection) SuspiciousBefore() (last Measure, found bool) {
	look, _ := c.LookBefore()
	last, found = c.measure(model.Suspicious)
	return last, found && last.ID > look.ID
}

func (c *Collection) measure(outcome string) (Measure, bool) {
	at := slices.IndexFunc(c.measures, func(m Measure) bool { return m.Outcome == outcome })
	if at < 0 {
		return Measure{}, false
	}
	return c.measures[at], true
}

// LookedRow is a row of a list as it was at the last look.
type LookedRow struct {
	Content uint64 `ch:"content"`  // xxHash64 of the raw row; 0: not stored
	Title   uint64 `ch:"title"`    // xxHash64 of its title; 0: none
	ShownOn string `ch:"shown_on"` // 2026-07-01; empty: it showed no day
}

// LookedRows are the rows of the last look, from the top of the list on.
func (c *Collection) LookedRows(ctx context.Context) (rows []LookedRow, err error) {
	last, found := c.LookBefore()
	if !found || last.Slot == 0 {
		return nil, nil
	}
	err = c.collect(ctx, "looked_rows", &rows, c.other(last)...)
	return rows, err
}

// Day is the civil day on which the collection began, 2026-07-01.
func (c *Collection) Day() string { return c.start.Day.String() }
