package district

import "time"

// profile is how a unit behaves around one due day: probabilities of each failing.
type profile struct {
	late, missing    float64
	steps, placement float64 // approval steps missing or out of order; wrong scope or channel
	backdated, brief float64 // uploaded much later than said; taken down too early
}

var (
	exemplary = profile{late: .008, steps: .012, placement: .012, backdated: .003, brief: .02}
	good      = profile{late: .035, steps: .035, placement: .035, backdated: .012, brief: .05}
	fair      = profile{late: .09, steps: .10, placement: .08, backdated: .03, brief: .10}
	lax       = profile{late: .18, steps: .18, placement: .14, backdated: .05, brief: .16}
	weak      = profile{late: .24, missing: .10, steps: .22, placement: .15, backdated: .08, brief: .2}
	failing   = profile{late: .34, missing: .26, steps: .38, placement: .28, backdated: .10, brief: .3}
)

// slipping is the town that let go in mid-2026, and the villages it no longer reminds.
const (
	slippingTown = "411103103" // 裴城镇
	flooding     = "QZ31"      // 区城市管理局: posts on 三会一课 every few days, and nothing on JC7
)

// known names the units whose behaviour is part of the sample's story; registry/notices.csv tells it as well.
func known() map[string]profile {
	return map[string]profile{
		"QZ31": good, // see flooding
		"QZ59": failing, "QZ63": weak, "QZ64": weak, "QZ58": weak, "QZ50": fair, "QZ35": lax,
		"411103104": lax, "411103106": lax, slippingTown: good,
		"411103103208": failing, "411103103211": weak, "411103103221": weak, // 铁炉 田古东 小徐
		"411103104217": failing, "411103104215": lax, "411103106221": lax, // 郭寺 尧河庙 大朱
		"411103105224": weak, "411103107207": weak, "411103001018": weak, "411103001010": weak, // 西刘 半截塔 前周 后周
		"411103102220": weak, "411103105208": weak, "411103107212": weak, "411103106209": weak, // 胡庄 李湾 田嘴庄 田庄
		"411103002003": fair,
	}
}

// profileOf is the unit's behaviour for an obligation due on the day.
func (d *registered) profileOf(u unit, due time.Time) profile {
	p, named := d.known[u.id]
	if !named {
		p = drawn(u)
	}
	if !u.siteSince.IsZero() {
		p = lax
		if !due.Before(u.siteSince) {
			p = exemplary
		}
	}
	if due.Before(day(2026, 1, 1)) {
		p.missing *= .05 // by now nearly everything of last year has been made up for
	}
	slips := !due.Before(day(2026, 6, 15))
	switch {
	case slips && u.id == slippingTown:
		p = failing
		p.missing, p.late = .45, .30
	case slips && u.parent == slippingTown:
		p.late, p.steps, p.missing = min(.45, p.late*4), min(.4, p.steps*2), max(p.missing, .007)
	}
	if nearSpringFestival(due) {
		p.late = min(.7, p.late*3.5)
	}
	return p
}

func drawn(u unit) profile {
	switch share := chanceOf("profile", u.id).Float64(); {
	case share < .18:
		return exemplary
	case share < .65:
		return good
	case share < .91:
		return fair
	default:
		return lax
	}
}
