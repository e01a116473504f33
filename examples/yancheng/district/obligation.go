package district

import (
	"slices"
	"time"
)

// owes reports whether the unit must disclose the item on the day.
func owes(u unit, i item, on time.Time) bool {
	return slices.Contains(i.tiers, u.tier) && covers(u.from, u.to, on) && covers(i.from, i.to, on)
}

func (d *registered) exempt(u unit, i item, on time.Time) bool {
	return slices.ContainsFunc(d.exemptions, func(e exemption) bool {
		return (e.unit == "*" || e.unit == u.id) && (e.item == "*" || e.item == i.id) && covers(e.from, e.to, on)
	})
}

func covers(from, to, on time.Time) bool {
	return !on.Before(from) && (to.IsZero() || !on.After(to))
}

// records is everything that the district's units did and will do for the obligations begun by through.
func (d *registered) records(through time.Time) []record {
	var all []record
	for _, u := range d.units {
		for _, i := range d.items {
			switch i.cadence {
			case "event":
				all = append(all, d.events(u, i, through)...)
			case "standing":
				all = append(all, d.standing(u, i)...)
			default:
				all = append(all, d.periodic(u, i, through)...)
			}
		}
	}
	return all
}

func (d *registered) periodic(u unit, i item, through time.Time) []record {
	var all []record
	for _, p := range periods(i.cadence, through) {
		due := d.calendar.due(p.last, i.dueDays, i.working)
		if !owes(u, i, p.last) || d.exempt(u, i, due) {
			continue
		}
		all = append(all, d.forPeriod(u, i, p, due)...)
	}
	return all
}

func (d *registered) forPeriod(u unit, i item, p period, due time.Time) []record {
	c := chanceOf(u.id, i.id, p.key())
	ways := d.profileOf(u, due)
	told, isNoticed := d.noticed(u, i, p, due)
	isMissing := c.happens(ways.missing) && told.rectified.IsZero() || isNoticed && told.rectified.IsZero()
	if isMissing || u.id == flooding && i.id == "JC7" && p.first.Year() >= 2026 {
		return nil
	}
	r := record{id: u.id + "-" + i.id + "-" + p.key(), unit: u, item: i}
	if r.published = d.publication(c, i, p, due, ways); isNoticed {
		r.published = told.rectified
	}
	r.period = p.written(c, r.published)
	if c.happens(.02) { // some clerks note the day the work was done and no period
		r.period, r.occurred = "", p.last.AddDate(0, 0, -c.between(0, 9))
	}
	r.title = title(u, i, p.chinese(), c)
	d.finish(&r, c, ways)
	all := []record{r}
	if c.happens(.04) { // the same content once more through another channel
		again := r
		again.id, again.title = r.id+"-2", r.title+"（转载）"
		again.published = d.calendar.officeAfter(r.published.AddDate(0, 0, c.between(0, 6)))
		d.finish(&again, c, ways)
		all = append(all, again)
	}
	if u.id == flooding && i.id == "JC3" && p.first.Year() >= 2026 {
		all = append(all, d.flood(r, p, c)...)
	}
	return all
}

// publication is the stated day: in time, or late as the profile has it.
func (d *registered) publication(c chance, i item, p period, due time.Time, ways profile) time.Time {
	if c.happens(ways.late) {
		longest := 9
		if ways.missing > 0 {
			longest = 48
		}
		return d.calendar.officeAfter(due.AddDate(0, 0, c.between(1, longest)))
	}
	first := p.last.AddDate(0, 0, 1)
	if i.notBefore == "start" && c.happens(.12) {
		first = p.last.AddDate(0, 0, -4)
	}
	if i.notBefore == "any" {
		first, due = p.first.AddDate(0, 0, 9), p.first.AddDate(0, 2, 0)
	}
	return d.calendar.office(c.within(first, due), first)
}

func (d *registered) finish(r *record, c chance, ways profile) {
	r.steps(c, ways)
	r.place(c, ways)
	r.upload(c, ways)
	r.display(c, ways)
}

// flood posts on one item every few days; §5 weighs it no more than an item that is missing.
func (d *registered) flood(r record, p period, c chance) []record {
	var all []record
	for on := p.first.AddDate(0, 0, 2); !on.After(p.last); on = on.AddDate(0, 0, c.between(2, 4)) {
		post := r
		post.published, post.uploaded, post.withdrawn = on, on, time.Time{}
		post.id = r.id + "-" + on.Format("0102")
		post.title = r.unit.short + on.Format("1月2日") + oneOf(c, "支部主题党日", "集中学习", "党课", "党小组会")
		post.steps(c, good)
		post.place(c, good)
		all = append(all, post)
	}
	return all
}
