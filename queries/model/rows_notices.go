package model

import "time"

// DemandRow is a lapsed obligation as a rectification notice names it: item_id, period_no, happened_on and event_key say which it is.
type DemandRow struct {
	UnitID     string    `ch:"unit_id"`
	Unit       string    `ch:"unit"`
	ItemID     string    `ch:"item_id"`
	Item       string    `ch:"item"`
	Cadence    string    `ch:"cadence"`
	Period     string    `ch:"period"`
	DueOn      time.Time `ch:"due_on"`
	PeriodNo   int64     `ch:"period_no"`
	HappenedOn time.Time `ch:"happened_on"`
	EventKey   string    `ch:"event_key"`
	LegalBasis string    `ch:"legal_basis"` // of the catalogue
}
