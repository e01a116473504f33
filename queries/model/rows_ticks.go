package model

import "time"

// TickRow is what became of a unit's obligations that fall due in a month.
type TickRow struct {
	UnitID          string `ch:"unit_id"`
	Number          uint32 `ch:"month"` // 202607
	OnTime          uint64 `ch:"on_time"`
	Late            uint64 `ch:"late"`
	Lapsed          uint64 `ch:"lapsed"`
	Unverified      uint64 `ch:"unverified"`
	Pending         uint64 `ch:"pending"`
	Exempt          uint64 `ch:"exempt"`
	OldestLapseDays int64  `ch:"oldest_lapse_days"`
}

// Month is the month's first day.
func (r TickRow) Month() time.Time {
	return time.Date(int(r.Number/100), time.Month(r.Number%100), 1, 0, 0, 0, 0, time.UTC)
}
