package reference

import (
	"slices"
	"time"
)

// judge decides the state of an obligation on the as-of day, in the order of SPEC §4, and what follows from it.
func (d District) judge(o *Obligation, w window) {
	o.asOf = w.asOf
	standing := o.Item.Cadence == "standing"
	// An undated one has no due day that an exemption could cover.
	switch {
	case standing && d.exempt(*o, w.asOf), !standing && !o.Due.IsZero() && d.exempt(*o, o.Due):
		o.State = "exempt"
	case o.Due.IsZero():
		o.State = "undated"
	case standing && slices.ContainsFunc(o.Records, func(r Record) bool { return r.upOn(w.asOf) }):
		d.judgeUp(o, w)
	case !standing && slices.ContainsFunc(o.Records, func(r Record) bool { return r.publishedBy(w.asOf) }):
		d.judgeMet(o, w)
	case !w.asOf.After(o.Due):
		o.State = "pending"
	case d.looked(*o):
		o.State = "lapsed"
		start := o.Due
		if standing {
			for _, record := range publishedBy(o.Records, w.asOf) {
				if record.withdrawnBy(w.asOf) {
					start = laterOf(start, record.Withdrawn)
				}
			}
		}
		o.delay(start, w.asOf)
	default:
		o.State = "unverified"
	}
	if o.met() {
		d.judgeQuality(o, w)
	}
}

func (o *Obligation) met() bool { return o.State == "on_time" || o.State == "late" }

func (o *Obligation) assessed() bool { return o.met() || o.State == "lapsed" }

func (o *Obligation) delay(from, to time.Time) {
	days := daysBetween(from, to)
	o.DelayDays = &days
}

func (d District) exempt(o Obligation, day time.Time) bool {
	for _, exemption := range d.Registry.Exemptions {
		if (exemption.UnitID == "*" || exemption.UnitID == o.Unit.ID) && (exemption.ItemID == "*" || exemption.ItemID == o.Item.ID) &&
			covers(exemption.From, exemption.To, day) {
			return true
		}
	}
	return false
}

// looked: every source that covers (u, i) has been collected successfully on a day after the due day, whenever that was, be it after
// the as-of day; without any covering source we have not looked.
func (d District) looked(o Obligation) bool {
	covered := false
	for _, cover := range d.Covers {
		if (cover.UnitID != "*" && cover.UnitID != o.Unit.ID) || (cover.ItemID != "*" && cover.ItemID != o.Item.ID) {
			continue
		}
		covered = true
		if !slices.ContainsFunc(d.Collections, func(c Collection) bool {
			return c.Source == cover.Source && c.Success && c.Day.After(o.Due)
		}) {
			return false
		}
	}
	return covered
}

func (d District) judgeMet(o *Obligation, w window) {
	shown := slices.MinFunc(publishedBy(o.Records, w.asOf), shownFirst)
	o.Shown = &shown
	o.State = "on_time"
	if shown.Published.After(o.Due) {
		o.State = "late"
		o.delay(o.Due, shown.Published)
	}
	for _, record := range publishedBy(o.Records, w.asOf) {
		if effective := d.effective(record); !effective.After(w.asOf) && !effective.After(o.Due) {
			o.Evidenced = true
		}
	}
}

// judgeUp walks back from the as-of day over the unbroken run of up days, and, where it began too late, on to the run before.
func (d District) judgeUp(o *Obligation, w window) {
	upOn := func(day time.Time) []Record {
		return slices.DeleteFunc(slices.Clone(o.Records), func(r Record) bool { return !r.upOn(day) })
	}
	o.since = w.asOf
	for len(upOn(o.since.AddDate(0, 0, -1))) > 0 {
		o.since = o.since.AddDate(0, 0, -1)
	}
	shown := slices.MinFunc(upOn(o.since), shownFirst)
	o.Shown = &shown
	o.State = "on_time"
	if o.since.After(o.Due) && !o.since.Before(w.from) {
		o.State = "late"
		ended := o.Due
		for day := o.since.AddDate(0, 0, -1); day.After(o.Due); day = day.AddDate(0, 0, -1) {
			if len(upOn(day.AddDate(0, 0, -1))) > 0 {
				ended = day
				break
			}
		}
		o.delay(ended, o.since)
	}
	effective := d.effective(shown)
	o.Evidenced = !effective.After(w.asOf) && (!effective.After(o.Due) || effective.Before(w.from))
}

// judgeQuality: procedure and placement by any of its records published by the as-of day (SPEC §5), standing ones no longer up included.
func (d District) judgeQuality(o *Obligation, w window) {
	procedure, placement, steps := false, false, false
	for _, record := range publishedBy(o.Records, w.asOf) {
		steps = steps || record.Steps
		procedure = procedure || record.Steps && record.inOrder()
		placement = placement || record.placed(o.Item, w.asOf)
	}
	if steps {
		o.Procedure = &procedure
	}
	o.Placement = &placement
}

func publishedBy(records []Record, day time.Time) []Record {
	return slices.DeleteFunc(slices.Clone(records), func(r Record) bool { return !r.publishedBy(day) })
}
