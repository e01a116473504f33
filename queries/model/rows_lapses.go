package model

import "time"

// UnverifiedRow is one obligation of a window that is past its due day without anybody having looked since (SPEC §4). Days are civil days at
// midnight UTC.
type UnverifiedRow struct {
	UnitID   string     `ch:"unit_id"`
	Unit     string     `ch:"unit"`
	ItemID   string     `ch:"item_id"`
	Item     string     `ch:"item"`
	Class    string     `ch:"class"`
	Cadence  string     `ch:"cadence"`
	Period   string     `ch:"period"`
	DueOn    *time.Time `ch:"due_on"`
	LookedOn *time.Time `ch:"looked_on"` // every covering source succeeded on this day or later; nil: one never did, or none covers it
	Sources  []string   `ch:"sources"`   // those that cover it
	Found    uint64     `ch:"found"`     // how many there are beside the limit
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

// NewLapse is what lapsed of one obligation, or of several that reports call alike.
type NewLapse struct {
	UnitID        string     `ch:"unit_id"`
	Unit          string     `ch:"unit"`
	ItemID        string     `ch:"item_id"`
	Item          string     `ch:"item"`
	Class         string     `ch:"class"`
	Cadence       string     `ch:"cadence"`
	Period        string     `ch:"period"`
	DueOn         *time.Time `ch:"due_on"`          // civil day at midnight UTC
	LapsedAfterOn time.Time  `ch:"lapsed_after_on"` // likewise
	Seen          time.Time  `ch:"seen"`            // instant at which it became known
	Obligations   uint64     `ch:"obligations"`
}

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
