package reference

import (
	"slices"
	"time"

	"yangguang/queries/model"
)

// Registered is a notice of the register with the obligations that it demands.
type Registered struct {
	model.Notice
	Demands []Demand
}

// Demand is an obligation of a notice's unit.
type Demand struct {
	ItemID string
	Day    time.Time // a day of the period, or the day of the event
	Key    string    // of the event
	Nil    bool      // the nil return for the period that contains the day
}

// NoticesInForce are the notices of the file and, of the register, those whose ids the file has not, rectified when records meet all that they demand.
func (d District) NoticesInForce() []model.Notice {
	all := slices.Clone(d.Registry.Notices)
	for _, registered := range d.Register {
		if slices.ContainsFunc(d.Registry.Notices, func(n model.Notice) bool { return n.ID == registered.ID }) {
			continue
		}
		notice := registered.Notice
		notice.ItemID = registered.Demands[0].ItemID
		notice.RectifiedOn = registered.IssuedOn
		for _, demand := range registered.Demands {
			met, found := d.metOn(registered, demand)
			if !found {
				notice.RectifiedOn = time.Time{}
				break
			}
			notice.RectifiedOn = laterOf(notice.RectifiedOn, met)
		}
		for _, demand := range registered.Demands {
			if demand.ItemID != registered.Demands[0].ItemID {
				notice.ItemID = ""
			}
		}
		all = append(all, notice)
	}
	return all
}

// metOn is the first day on which a record met a demand: the earliest effective day of those that count for it; of a standing item the first day from
// the issue on that a record is up.
func (d District) metOn(notice Registered, demand Demand) (first time.Time, found bool) {
	unit, _ := d.unit(notice.UnitID)
	item, known := d.item(demand.ItemID)
	if !known || !slices.Contains(item.Tiers, unit.Tier) {
		return first, false
	}
	for _, record := range d.Records {
		if record.UnitID != unit.ID || record.ItemID != item.ID || record.Published.IsZero() {
			continue
		}
		day := d.effective(record)
		switch item.Cadence {
		case "standing":
			day = laterOf(day, notice.IssuedOn)
			if !record.Withdrawn.IsZero() && !record.Withdrawn.After(day) {
				continue
			}
		case "event":
			if !d.meetsEvent(item, demand, record) {
				continue
			}
		default:
			asked := periodContaining(item.Cadence, demand.Day)
			if d.periodOf(item, record).name != asked.name || tooEarly(item, asked, record) {
				continue
			}
		}
		if !found || day.Before(first) {
			first, found = day, true
		}
	}
	return first, found
}

// meetsEvent says whether a record of an event item is about what is demanded: the event itself, or the nil return for a period, which an event of the
// period meets, too.
func (d District) meetsEvent(item model.Item, demand Demand, record Record) bool {
	switch isNil := d.nilReturn(item, record); {
	case demand.Nil && item.NilReturn == "":
		return false
	case demand.Nil && isNil:
		asked := periodContaining(item.NilReturn, demand.Day)
		return d.periodOf(item, record).name == asked.name && !tooEarly(item, asked, record)
	case demand.Nil:
		return d.eventPeriod(item, record).name == periodContaining(item.NilReturn, demand.Day).name
	case isNil:
		return false
	}
	happened := record.Occurred
	if happened.IsZero() {
		happened = record.Approved
	}
	return happened.Equal(demand.Day) && record.EventKey() == demand.Key
}
