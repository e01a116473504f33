package reference

import (
	"cmp"
	"slices"
	"time"

	"yangguang/queries/model"
)

// Obligation is one item that one unit owes for one period or event, as seen on the as-of day (SPEC §4).
type Obligation struct {
	Unit    model.Unit
	Item    model.Item
	Period  string
	Due     time.Time // none: undated
	Records []Record  // that count for it, published by the as-of day or not
	Dated   time.Time // undated: published_on

	State     string
	Shown     *Record // of on_time and late
	DelayDays *int
	asOf      time.Time
	event     string    // of an event
	upSince   time.Time // standing: first day of the unbroken run of up days; none: not up
	Evidenced bool      // counts for evidenced_timeliness
	Procedure *bool
	Placement *bool
}

// window is what is assessed and when (SPEC §4).
type window struct{ from, to, asOf time.Time }

// owed lists every obligation of an active unit and an item that falls due from a day to another, standing and undated ones included.
func (d District) owed(unit model.Unit, item model.Item, earliest, latest, asOf time.Time) []Obligation {
	if !active(unit, asOf) || !slices.Contains(item.Tiers, unit.Tier) {
		return nil
	}
	var records []Record
	for _, record := range d.Records {
		if record.UnitID == unit.ID && record.ItemID == item.ID {
			records = append(records, record)
		}
	}
	switch {
	case item.Cadence == "standing":
		return d.owedStanding(unit, item, records, asOf)
	case item.Cadence == "event":
		events := slices.DeleteFunc(slices.Clone(records), func(r Record) bool { return d.nilReturn(item, r) })
		return append(d.owedEvents(unit, item, events), d.owedNilReturns(unit, item, records, earliest, latest)...)
	default:
		return d.owedPeriods(unit, item, records, earliest, latest)
	}
}

// owedPeriods: one for each calendar period on whose last day the unit is active and the item valid.
func (d District) owedPeriods(unit model.Unit, item model.Item, records []Record, earliest, latest time.Time) []Obligation {
	var owed []Obligation
	cadence := cmp.Or(item.NilReturn, item.Cadence)
	// Nothing falls due before its period ends; two years before is earlier than any period that falls due from earliest on
	// unless due_days exceed a year.
	for last := earliest.AddDate(-2, 0, -int(item.DueDays)); !last.After(latest); {
		period := periodContaining(cadence, last)
		last = period.last.AddDate(0, 0, 1)
		if !active(unit, period.last) || !valid(item, period.last) {
			continue
		}
		obligation := Obligation{Unit: unit, Item: item, Period: period.name, Due: d.due(item, period.last)}
		for _, record := range records {
			if d.periodOf(item, record).name == period.name && !tooEarly(item, period, record) {
				obligation.Records = append(obligation.Records, record)
			}
		}
		owed = append(owed, obligation)
	}
	return owed
}

// owedNilReturns: one for each period without an event, like those of periodic items, met by the records that say there was none.
func (d District) owedNilReturns(unit model.Unit, item model.Item, records []Record, earliest, latest time.Time) []Obligation {
	if item.NilReturn == "" {
		return nil
	}
	told := map[string]bool{} // periods with an event
	var nilReturns []Record
	for _, record := range records {
		if d.nilReturn(item, record) {
			nilReturns = append(nilReturns, record)
		} else {
			told[d.eventPeriod(item, record).name] = true
		}
	}
	return slices.DeleteFunc(d.owedPeriods(unit, item, nilReturns, earliest, latest), func(o Obligation) bool { return told[o.Period] })
}

// eventPeriod is the period in which an event was; without a day of its own the one that the record would count for.
func (d District) eventPeriod(item model.Item, record Record) period {
	day := record.Occurred
	if day.IsZero() {
		day = record.Approved
	}
	if day.IsZero() {
		return d.periodOf(item, record)
	}
	return periodContaining(item.NilReturn, day)
}

// periodOf is the period a record counts for: what its period says (the range's last day), else occurred_on, else inferred.
func (d District) periodOf(item model.Item, record Record) period {
	cadence := cmp.Or(item.NilReturn, item.Cadence)
	switch {
	case !record.PeriodTo.IsZero():
		return periodContaining(cadence, record.PeriodTo)
	case !record.Occurred.IsZero():
		return periodContaining(cadence, record.Occurred)
	}
	current := periodContaining(cadence, record.Published)
	previous := periodContaining(cadence, current.first.AddDate(0, 0, -1))
	if !record.Published.After(d.due(item, previous.last)) {
		return previous
	}
	return current
}

// tooEarly: a record published before the period's first or last day does not satisfy it, unless any day will do (SPEC §2 not_before).
func tooEarly(item model.Item, period period, record Record) bool {
	switch item.NotBefore {
	case "any":
		return false
	case "end":
		return record.Published.Before(period.last)
	}
	return record.Published.Before(period.first)
}

// owedEvents: one for each (day, event) whichever sources report it, if the item is valid that day. The unit need not have been
// active that day: SPEC asks so of periods and standing items only. Neither day known: each record is one.
func (d District) owedEvents(unit model.Unit, item model.Item, records []Record) []Obligation {
	var owed []Obligation
	byEvent := map[string]int{}
	for _, record := range records {
		day := record.Occurred
		if day.IsZero() {
			day = record.Approved
		}
		if day.IsZero() {
			owed = append(owed, Obligation{Unit: unit, Item: item, Records: []Record{record}, Dated: record.Published})
			continue
		}
		if !valid(item, day) {
			continue
		}
		key := day.Format(time.DateOnly) + " " + record.EventKey()
		place, found := byEvent[key]
		if !found {
			place = len(owed)
			byEvent[key] = place
			owed = append(owed, Obligation{Unit: unit, Item: item, Period: day.Format(time.DateOnly), Due: d.due(item, day), event: record.EventKey()})
		}
		owed[place].Records = append(owed[place].Records, record)
	}
	return owed
}

// owedStanding: one, while on the as-of day the item is valid. A unit that was always active owes it from valid_from on.
func (d District) owedStanding(unit model.Unit, item model.Item, records []Record, asOf time.Time) []Obligation {
	if !valid(item, asOf) {
		return nil
	}
	due := d.due(item, laterOf(unit.ActiveFrom, item.ValidFrom))
	return []Obligation{{Unit: unit, Item: item, Due: due, Records: records}}
}
