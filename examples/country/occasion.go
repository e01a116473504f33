package country

import (
	"strconv"
	"time"
)

// events tells the events of the window's years.
func (t *teller) events(d *duty) {
	for year := t.country.from.time().Year(); year <= t.country.to.time().Year(); year++ {
		c := chanceOf(t.key, d.key, uint64(year))
		low, high := t.perYear()
		for n := range c.between(low, high) {
			t.event(d, c.branch(n), year, n)
		}
	}
}

// perYear is how many events of an item a unit has in a year, at least and at most.
func (t *teller) perYear() (low, high int) {
	switch t.unit.tier {
	case committee, discipline:
		return 4, 8
	case organ, town, subdistrict:
		return 2, 4
	default:
		return 0, 2
	}
}

func firstOf(year int) day { return dayOf(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)) }

func (t *teller) event(d *duty, c chance, year, n int) {
	calendar := t.country.calendar
	on := calendar.officeAfter(firstOf(year) + day(5+c.below(350)))
	if on < t.country.from || on > t.country.to {
		return
	}
	due := calendar.due(on, d.item)
	published := calendar.office(c.within(on, due), on)
	switch {
	case c.happens(t.profile.missing):
		published = none // it happened, and was never made public
	case c.happens(t.profile.late):
		published = calendar.officeAfter(due + day(c.between(1, 12)))
	}
	if published > t.country.to {
		published = none // not yet
	}
	if !t.begin(d, c.branch(0), on, published) {
		return
	}
	occasion := strconv.Itoa(year) + "年第" + strconv.Itoa(n+1) + "批"
	t.record.RecordID, t.record.Title = t.id(strconv.Itoa(year)+"-"+strconv.Itoa(n+1), 0), t.title(occasion, 0)
	if t.official {
		t.record.EventID = t.record.RecordID
	}
	t.record.OccurredOn = on.time()
	if published != none && t.chance.happens(.015) { // nobody wrote down when it happened, nor the steps
		t.undated, t.record.OccurredOn = true, none.time()
	}
	t.finish()
}

// standing puts an item up once and renews it every year: some leave a gap, and some forget to put it up again.
func (t *teller) standing(d *duty) {
	calendar, from, to := t.country.calendar, t.country.from, t.country.to
	c := chanceOf(t.key, d.key)
	if c.happens(t.profile.missing) {
		return
	}
	due := from + day(d.item.DueDays)
	published := calendar.office(c.within(from+5, due), from)
	if c.happens(t.profile.late) {
		published = calendar.officeAfter(due + day(c.between(2, 30)))
	}
	for n := 0; published <= to; n++ {
		renewal := calendar.officeAfter(published + day(c.between(330, 400)))
		withdrawn := none
		back := renewal
		switch share := c.float(); {
		case share < .03: // down for some weeks
			withdrawn = min(published+day(c.between(40, 300)), renewal)
			back = calendar.officeAfter(withdrawn + day(c.between(7, 40)))
		case share < .035: // taken down for a redesign and forgotten
			withdrawn, back = min(published+day(c.between(40, 300)), renewal), to+1
		case share < .5: // replaced by the new one on the day
			withdrawn = renewal
		}
		if t.begin(d, c.branch(n), published, published) {
			t.record.RecordID, t.record.Title = t.id(strconv.Itoa(n+1), 0), t.title("", n)
			t.record.WithdrawnOn = t.known(withdrawn)
			t.finish()
		}
		published = back
	}
}
