package country

import (
	"strconv"

	"yangguang/collector/record"
)

// stage says which rows of the ledgers are written.
type stage int

const (
	originals   stage = iota // what was entered first, mistakes included
	corrections              // rows that put mistakes right, entered later under the same record_id
)

// teller says what units disclose, one record after the other, as their ledgers have it at the end of the window. It is used by one
// goroutine.
type teller struct {
	country *Country
	stage   stage
	each    func(*record.Record) // nil: records are only counted. The record is used again, its texts are not.
	count   int                  // of records told so far

	texts   arena
	scratch []byte

	// the unit that is being written
	unit     *unit
	key      uint64
	profile  profile
	official bool // not a village or community

	// the record that is being written
	record    record.Record
	duty      *duty
	chance    chance
	published day
	undated   bool    // an event of which no day is known
	mistake   mistake // that it is entered with
}

// tell tells the unit at a position.
func (t *teller) tell(at int) {
	c := t.country
	t.unit = &c.units[at]
	t.key = mix(c.seed ^ keyOf(t.unit.id))
	district := t.unit
	for district.tier != committee {
		district = &c.units[district.parent]
	}
	t.profile = drawnProfile(chanceOf(t.key, 1)).within(chanceOf(c.seed, keyOf(district.id), 2))
	t.official = t.unit.tier != village && t.unit.tier != community
	for _, d := range c.duties[t.unit.tier] {
		switch d.item.Cadence {
		case "event":
			t.events(d)
		case "standing":
			t.standing(d)
		default:
			for n := range d.periods {
				t.periodic(d, &d.periods[n])
			}
		}
	}
}

// periodic tells the posts of one period, if there are any.
func (t *teller) periodic(d *duty, p *period) {
	c := chanceOf(t.key, d.key, uint64(p.first))
	if c.happens(t.profile.missing) {
		return
	}
	published := t.publication(&c, d, p)
	further := 0
	if wanted := t.country.further; wanted > 0 {
		further = int(wanted)
		if c.happens(wanted - float64(further)) {
			further++
		}
	}
	for n := range 1 + further {
		on := published
		if n > 0 {
			on = t.country.calendar.officeAfter(published + day(c.between(0, int(p.last-p.first))))
		}
		if t.begin(d, c.branch(n), on, on) {
			t.write(p, n)
		}
	}
}

// publication is the stated day: in time, or late as the profile has it.
func (t *teller) publication(c *chance, d *duty, p *period) day {
	if c.happens(t.profile.late) {
		longest := 9
		if t.profile.missing > .02 {
			longest = 48
		}
		return t.country.calendar.officeAfter(p.due + day(c.between(1, longest)))
	}
	first, last := p.last+1, p.due
	switch {
	case d.item.NotBefore == "any":
		first, last = p.first+9, p.first+60
	case d.item.NotBefore == "start" && c.happens(.12):
		first = p.last - 4
	}
	return t.country.calendar.office(c.within(first, last), first)
}

// write fills a periodic record; n counts the posts of the period from 0.
func (t *teller) write(p *period, n int) {
	r := &t.record
	r.RecordID, r.Title = t.id(p.key, n), t.title(p.title, n)
	if t.chance.happens(.02) { // some note the day the work was done and no period
		r.OccurredOn = (p.last - day(t.chance.between(0, 9))).time()
	} else {
		r.Period, r.PeriodFrom, r.PeriodTo = oneOf(&t.chance, p.written), p.first.time(), p.last.time()
	}
	t.finish()
}

// id is the record's own id: unit, item, occasion and, for further posts, a number.
func (t *teller) id(occasion string, n int) string {
	b := append(append(t.scratch[:0], t.unit.id...), '-')
	b = append(append(b, t.duty.item.ID...), '-')
	b = append(b, occasion...)
	if n > 0 {
		b = strconv.AppendInt(append(b, '-'), int64(n+1), 10)
	}
	t.scratch = b
	return t.texts.keepBytes(b)
}

// title is what a clerk would write: unit, occasion, short name of the item.
func (t *teller) title(occasion string, n int) string {
	b := append(append(t.scratch[:0], t.unit.name...), occasion...)
	b = append(append(b, t.duty.short...), "公开"...)
	if n > 0 {
		b = append(strconv.AppendInt(append(b, "第"...), int64(n+1), 10), "次"...)
	}
	t.scratch = b
	return t.texts.keepBytes(b)
}
