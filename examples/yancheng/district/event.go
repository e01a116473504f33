package district

import (
	"fmt"
	"time"
)

// perYear is how many events of an item a unit has in a year, at least and at most.
func perYear(u unit, i item) (low, high int) {
	switch {
	case i.id == "QW2" || i.id == "QW5" || i.id == "JW3":
		return 6, 10
	case i.id == "JW4":
		return 3, 5
	case u.tier == "organ", u.tier == "town", u.tier == "subdistrict":
		return 2, 4
	default:
		return 0, 2
	}
}

func (d *registered) events(u unit, i item, through time.Time) []record {
	var all []record
	for year := Since().Year(); year <= through.Year(); year++ {
		low, high := perYear(u, i)
		count := chanceOf(u.id, i.id, fmt.Sprint(year)).between(low, high)
		for n := 1; n <= count; n++ {
			c := chanceOf(u.id, i.id, fmt.Sprint(year), fmt.Sprint(n))
			on := d.calendar.office(day(year, time.January, 6).AddDate(0, 0, c.IntN(355)), Since())
			due := d.calendar.due(on, i.dueDays, i.working)
			if owes(u, i, on) && !d.exempt(u, i, due) {
				all = append(all, d.forEvent(u, i, on, due, n, c))
			}
		}
	}
	return all
}

func (d *registered) forEvent(u unit, i item, on, due time.Time, n int, c chance) record {
	ways := d.profileOf(u, due)
	r := record{id: fmt.Sprintf("%s-%s-%d-%d", u.id, i.id, on.Year(), n), unit: u, item: i, occurred: on}
	r.title = fmt.Sprintf("%s%s（%d年第%d次）", u.short, oneOf(c, subjects(i)...), on.Year(), n)
	if u.tier != "village" && u.tier != "community" {
		r.event = r.id
	}
	if c.happens(ways.missing) {
		return r // it happened, and was never made public
	}
	if r.published = d.calendar.office(c.within(on, due), on); c.happens(ways.late) {
		r.published = d.calendar.officeAfter(due.AddDate(0, 0, c.between(1, 12)))
	}
	d.finish(&r, c, ways)
	r.keepStepsSince(on)
	if c.happens(.015) { // nobody wrote down when it happened
		r.occurred, r.proposed, r.reviewed, r.approved = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	}
	return r
}

// keepStepsSince moves proposal and later steps that would precede the event to its day.
func (r *record) keepStepsSince(on time.Time) {
	for _, step := range []*time.Time{&r.proposed, &r.reviewed, &r.approved} {
		if !step.IsZero() && step.Before(on) {
			*step = on
		}
	}
}

func subjects(i item) []string {
	switch i.id {
	case "QW2":
		return []string{"关于重点项目建设的决定", "关于乡村振兴工作的实施意见", "关于优化营商环境的部署", "关于防汛抗旱工作的部署"}
	case "QW5":
		return []string{"拟任职干部任前公示"}
	case "JW3":
		return []string{"立案审查情况通报", "开除党籍处分情况通报", "组织审查情况通报"}
	case "JW4":
		return []string{"履职不力问责情况通报", "责任落实不到位问责情况通报"}
	default:
		return []string{"拟接收预备党员公示", "预备党员拟转正公示", "发展对象公示", "入党积极分子公示", "支部委员增补公示"}
	}
}
