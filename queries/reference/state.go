package reference

import (
	"slices"
	"time"
)

// judge decides the state of an obligation on the as-of day, in the order of SPEC §4, and what follows from it.
func (d District) judge(o *Obligation, w window) {
	o.asOf = w.asOf
	shown := d.shown(o, w)
	excused := d.excused(*o, w.asOf)
	switch {
	case o.Due.IsZero(): // nothing is in time for it, and it has no due day that an exemption could cover
		o.State = "undated"
	case shown != nil && o.inTime(*shown, w):
		o.State = "on_time"
	case excused:
		o.State = "exempt"
	case shown != nil:
		o.State = "late"
		o.delayed(*shown)
	case !w.asOf.After(o.Due):
		o.State = "pending"
	case d.looked(*o):
		o.State = "lapsed"
		o.delay(laterOf(o.Due, o.lastWithdrawal()), w.asOf)
	default:
		o.State = "unverified"
	}
	if !o.met() {
		return
	}
	o.Shown = shown
	o.Evidenced = d.evidencedInTime(*o, w)
	if !excused {
		d.judgeQuality(o, w)
	}
}

// shown is the record that an obligation is told in the words of (SPEC §7): the earliest published, of a standing item of those up on the first
// day of the unbroken run of up days that contains the as-of day. None: it is not met.
func (d District) shown(o *Obligation, w window) *Record {
	candidates := publishedBy(o.Records, w.asOf)
	if o.Item.Cadence == "standing" {
		if candidates = o.upOn(w.asOf); len(candidates) > 0 {
			o.upSince = w.asOf
			for len(o.upOn(o.upSince.AddDate(0, 0, -1))) > 0 {
				o.upSince = o.upSince.AddDate(0, 0, -1)
			}
			candidates = o.upOn(o.upSince)
		}
	}
	if len(candidates) == 0 {
		return nil
	}
	first := slices.MinFunc(candidates, shownFirst)
	return &first
}

// upOn are the records that are up on a day.
func (o *Obligation) upOn(day time.Time) []Record {
	return slices.DeleteFunc(slices.Clone(o.Records), func(r Record) bool { return !r.upOn(day) })
}

// inTime: the earliest published by the due day; standing: up since the due day or before, or since before the window.
func (o *Obligation) inTime(shown Record, w window) bool {
	if o.Item.Cadence == "standing" {
		return !o.upSince.After(o.Due) || o.upSince.Before(w.from)
	}
	return !shown.Published.After(o.Due)
}

// delayed is from the due day to the day published; standing: to the first day up, from the later of the due day and the withdrawal that ended
// the run before.
func (o *Obligation) delayed(shown Record) {
	if o.Item.Cadence != "standing" {
		o.delay(o.Due, shown.Published)
		return
	}
	ended := o.Due
	for day := o.upSince.AddDate(0, 0, -1); day.After(o.Due); day = day.AddDate(0, 0, -1) {
		if len(o.upOn(day.AddDate(0, 0, -1))) > 0 {
			ended = day
			break
		}
	}
	o.delay(ended, o.upSince)
}

// lastWithdrawal is the latest withdrawn_on of a standing item's records by the as-of day; none otherwise.
func (o *Obligation) lastWithdrawal() (last time.Time) {
	if o.Item.Cadence != "standing" {
		return last
	}
	for _, record := range publishedBy(o.Records, o.asOf) {
		if record.withdrawnBy(o.asOf) {
			last = laterOf(last, record.Withdrawn)
		}
	}
	return last
}

// evidencedInTime: the earliest effective day of its records, by the as-of day, is by the due day; standing: that of the record shown, or before
// the window.
func (d District) evidencedInTime(o Obligation, w window) bool {
	if o.Item.Cadence == "standing" {
		effective := d.effective(*o.Shown)
		return !effective.After(w.asOf) && (!effective.After(o.Due) || effective.Before(w.from))
	}
	return slices.ContainsFunc(publishedBy(o.Records, w.asOf), func(r Record) bool {
		effective := d.effective(r)
		return !effective.After(w.asOf) && !effective.After(o.Due)
	})
}

// excused: an exemption covers the due day; standing: the as-of day.
func (d District) excused(o Obligation, asOf time.Time) bool {
	if o.Item.Cadence == "standing" {
		return d.exempt(o, asOf)
	}
	return !o.Due.IsZero() && d.exempt(o, o.Due)
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

// looked: every source that covers (u, i) has had a look on a day after the due day, whenever that was, be it after the as-of day; without any
// covering source we have not looked.
func (d District) looked(o Obligation) bool {
	covered := false
	for _, cover := range d.Covers {
		if (cover.UnitID != "*" && cover.UnitID != o.Unit.ID) || (cover.ItemID != "*" && cover.ItemID != o.Item.ID) {
			continue
		}
		covered = true
		if !slices.ContainsFunc(d.Collections, func(c Collection) bool {
			return c.Source == cover.Source && c.look() && c.Day.After(o.Due) && !slices.Contains(c.Disputed, o.Unit.ID)
		}) {
			return false
		}
	}
	return covered
}

// judgeQuality: procedure and placement by any of its records published by the as-of day (SPEC §5), standing ones no longer up included. What an
// exemption covers has neither (SPEC §4).
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
