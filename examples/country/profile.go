package country

// profile is how a unit behaves: probabilities of each failing.
type profile struct {
	late, missing    float64
	steps, placement float64 // approval steps missing or out of order; wrong scope or channel
	backdated, brief float64 // uploaded much later than said; taken down too early
}

// drawnProfile draws a unit's behaviour: nearly a fifth are exemplary, one in fifty fails.
func drawnProfile(c chance) profile {
	switch share := c.float(); {
	case share < .18:
		return profile{late: .008, steps: .012, placement: .012, backdated: .003, brief: .02}
	case share < .63:
		return profile{late: .035, missing: .002, steps: .035, placement: .035, backdated: .012, brief: .05}
	case share < .88:
		return profile{late: .09, missing: .008, steps: .10, placement: .08, backdated: .03, brief: .10}
	case share < .95:
		return profile{late: .18, missing: .03, steps: .18, placement: .14, backdated: .05, brief: .16}
	case share < .98:
		return profile{late: .24, missing: .10, steps: .22, placement: .15, backdated: .08, brief: .2}
	default:
		return profile{late: .34, missing: .26, steps: .38, placement: .28, backdated: .10, brief: .3}
	}
}

// within is the behaviour in a district that is stricter or laxer than others.
func (p profile) within(district chance) profile {
	factor := .5 + 1.2*district.float()*district.float()*2
	p.late, p.missing = min(.6, p.late*factor), min(.5, p.missing*factor)
	p.steps, p.placement = min(.6, p.steps*factor), min(.5, p.placement*factor)
	return p
}
