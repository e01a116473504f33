package country

import (
	"strconv"

	"yangguang/queries/model"
)

// unitAt is a unit as the registry has it.
func (c *Country) unitAt(at int) model.Unit {
	u := &c.units[at]
	draw := chanceOf(c.seed, keyOf(u.id), 3)
	unit := model.Unit{ID: u.id, Name: u.name, Tier: u.tier.String()}
	if u.parent >= 0 {
		unit.ParentID = c.units[u.parent].id
	}
	switch u.tier {
	case committee, discipline:
		unit.Members, unit.Contact = uint32(draw.between(30, 90)), "办公室"
	case organ:
		unit.Members, unit.Contact = uint32(draw.between(10, 120)), "机关党委"
	case town, subdistrict:
		unit.Members, unit.Contact, unit.Aliases = uint32(draw.between(40, 200)), "党建工作办公室", []string{u.name + "党委"}
	default:
		unit.Members, unit.Contact, unit.Stars = uint32(draw.between(20, 150)), "村（社区）党务专干", uint8(draw.below(6))
	}
	if since := c.siteSince(at); since != none {
		unit.DemonstrationSince = since.time()
	}
	return unit
}

// siteSince is the day since when the unit is a demonstration site; none when it is not.
func (c *Country) siteSince(at int) day {
	u := &c.units[at]
	draw := chanceOf(c.seed, keyOf(u.id), 4)
	if u.tier < town || !draw.happens(.008) {
		return none
	}
	return draw.within(c.from-300, c.from+(c.to-c.from)/2)
}

// Registry is what the country declares about itself; it takes a few hundred bytes a unit.
func (c *Country) Registry() model.Registry {
	r := c.declared()
	r.Units = make([]model.Unit, 0, len(c.units))
	for at := range c.units {
		r.Units = append(r.Units, c.unitAt(at))
	}
	return r
}

// declared is the registry without its units.
func (c *Country) declared() model.Registry {
	r := c.registry
	for at := range c.units {
		if c.units[at].tier == discipline {
			c.superviseDistrict(&r, int(c.units[at].parent))
		}
		if since := c.siteSince(at); since != none {
			c.inspectSite(&r, c.units[at].id, since)
		}
	}
	return r
}

// superviseDistrict adds what a district's supervision did: an exemption, and notices to some of its units.
func (c *Country) superviseDistrict(r *model.Registry, district int) {
	end := district + 1
	for end < len(c.units) && c.units[end].tier != committee {
		end++
	}
	id := c.units[district].id
	draw := chanceOf(c.seed, keyOf(id), 5)
	someone := func() (unit string, item string) {
		u := &c.units[district+draw.below(end-district)]
		return u.id, oneOf(&draw, c.duties[u.tier]).item.ID
	}
	unit, item := someone()
	r.Exemptions = append(r.Exemptions, model.Exemption{
		UnitID: unit, ItemID: item, From: c.from.time(), To: c.to.time(), Reason: "机构改革过渡期", ApprovedBy: "区委组织部",
	})
	for n := range 3 {
		unit, item := someone()
		issued := draw.within(c.from+(c.to-c.from)/4, c.to)
		notice := model.Notice{
			ID: id + "-" + strconv.Itoa(n+1), IssueNo: "第" + strconv.Itoa(n+1) + "期", IssuedOn: issued.time(), UnitID: unit, ItemID: item,
			Problem: "公开不及时", RectifyBy: (issued + 15).time(), YellowCard: draw.happens(.2),
		}
		if on := issued + day(draw.between(3, 25)); draw.happens(.75) && on <= c.to {
			notice.RectifiedOn = on.time()
		}
		r.Notices = append(r.Notices, notice)
	}
}

// inspectSite adds a demonstration site's inspections, one a year, visits to it and its institutions.
func (c *Country) inspectSite(r *model.Registry, unit string, since day) {
	draw := chanceOf(c.seed, keyOf(unit), 6)
	score := func() uint16 { return uint16(draw.between(150, 200) * 50) }
	for on := max(since, c.from) + day(draw.between(10, 200)); on <= c.to; on += 365 {
		r.SiteScores = append(r.SiteScores, model.SiteScore{
			UnitID: unit, InspectedOn: on.time(), Venue: score(), Organisation: score(), Operation: score(), Disclosure: score(), Publicity: score(),
			Inspector: "督导组",
		})
		r.Observations = append(r.Observations, model.Observation{
			SiteID: unit, VisitedOn: on.time(), VisitorID: "", Attendees: uint32(draw.between(10, 60)),
		})
	}
	for _, institution := range []string{"study", "publicity", "assessment", "disclosure", "meeting"}[:draw.between(2, 5)] {
		r.Institutions = append(r.Institutions, model.Institution{UnitID: unit, Institution: institution, EstablishedOn: since.time()})
	}
}

// Covers lists what the country's sources report: each province's ledgers all of its units.
func (c *Country) Covers() []model.Cover {
	covers := make([]model.Cover, 0, len(c.units))
	for n, p := range c.provinces {
		end := len(c.units)
		if n+1 < len(c.provinces) {
			end = c.provinces[n+1].unit
		}
		for at := p.unit; at < end; at++ {
			covers = append(covers, model.Cover{Source: c.sourceName(p), UnitID: c.units[at].id, ItemID: "*"})
		}
	}
	return covers
}

// sourceName is the name of a province's ledgers as a source.
func (c *Country) sourceName(p province) string { return c.units[p.unit].id + "台账" }
