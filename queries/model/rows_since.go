package model

import "time"

// SinceRow is an obligation that was lapsed at a baseline or is lapsed now. Days are civil days at midnight UTC.
type SinceRow struct {
	Change        string     `ch:"change"` // new, open, mended or left: neither met nor lapsed now
	UnitID        string     `ch:"unit_id"`
	Unit          string     `ch:"unit"`
	Group         string     `ch:"group"`
	ItemID        string     `ch:"item_id"`
	Item          string     `ch:"item"`
	Class         string     `ch:"class"`
	Cadence       string     `ch:"cadence"`
	Period        string     `ch:"period"`
	DueOn         *time.Time `ch:"due_on"`
	State         string     `ch:"state"`           // now; empty: it is not owed any more, or the unit is not active
	PublishedOn   *time.Time `ch:"published_on"`    // of what is met now
	LookedOn      *time.Time `ch:"looked_on"`       // every covering source succeeded on this day or later
	LapsedAfterOn *time.Time `ch:"lapsed_after_on"` // of what is lapsed now
	DelayDays     *int64     `ch:"delay_days"`
}

// At is the question at a baseline: asked of its days and time of knowledge.
func (q Question) At(baseline Question) Question {
	q.From, q.To, q.AsOf, q.KnownAt = baseline.From, baseline.To, baseline.AsOf, baseline.KnownAt
	return q
}
