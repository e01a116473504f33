package district

import "time"

// standing puts the item up once; some units renew it later without a gap, two leave a gap.
func (d *registered) standing(u unit, i item) []record {
	begin := Since()
	for _, from := range []time.Time{u.from, i.from} {
		if from.After(begin) {
			begin = from
		}
	}
	if !owes(u, i, begin) || d.exempt(u, i, day(2026, 7, 1)) {
		return nil
	}
	due := begin.AddDate(0, 0, i.dueDays)
	c := chanceOf(u.id, i.id)
	ways := d.profileOf(u, due)
	first := record{id: u.id + "-" + i.id + "-1", unit: u, item: i, title: u.short + i.short}
	first.published = d.calendar.office(c.within(begin.AddDate(0, 0, 5), due), begin)
	if c.happens(ways.late) {
		first.published = d.calendar.officeAfter(due.AddDate(0, 0, c.between(2, 30)))
	}
	d.finish(&first, c, ways)
	renewal := d.calendar.officeAfter(day(2026, 1, 5).AddDate(0, 0, c.IntN(80)))
	switch {
	case i.id == "JC8" && u.id == "QZ50": // taken down for a redesign and forgotten
		first.withdrawn = day(2026, 10, 12)
		return []record{first}
	case i.id == "JC8" && u.id == "QZ35": // down for three weeks
		first.withdrawn = renewal
		return []record{first, d.renewed(first, renewal.AddDate(0, 0, 21), c, ways)}
	case c.happens(.12):
		first.withdrawn = renewal
		return []record{first, d.renewed(first, renewal, c, ways)}
	}
	return []record{first}
}

func (d *registered) renewed(old record, on time.Time, c chance, ways profile) record {
	next := old
	next.id, next.title = old.id[:len(old.id)-1]+"2", old.title+on.Format("（2006年更新）")
	next.published, next.withdrawn, next.uploaded = on, time.Time{}, time.Time{}
	d.finish(&next, c, ways)
	return next
}
