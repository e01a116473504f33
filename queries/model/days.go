package model

import "time"

// ByDay remembers what was made of the last some hundred days: columns of a long list have the same days again and again.
type ByDay[V any] struct {
	kept [512]struct {
		second int64
		known  bool
		value  V
	}
}

// Get is what make makes of a day, an instant at midnight.
func (b *ByDay[V]) Get(day time.Time, make func() V) V {
	second := day.Unix()
	one := &b.kept[uint64(second/86400)%uint64(len(b.kept))]
	if !one.known || one.second != second {
		one.second, one.known, one.value = second, true, make()
	}
	return one.value
}

// IsNilReturn says of an obligation of a cadence whether it is that a period without an event be said to be one (零报告): an event's own period is its day.
func IsNilReturn(cadence, period string) bool {
	return cadence == "event" && period != "" && len(period) < len(time.DateOnly)
}
