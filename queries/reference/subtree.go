package reference

import (
	"math/big"

	"yangguang/queries/model"
)

// results are those of the units active on the as-of day, by unit_id; with the scope subtree, over each one's subtree.
func (d District) results(q model.Question) map[string]Result {
	own := map[string]Result{}
	for _, unit := range d.Registry.Units {
		if active(unit, q.AsOf) {
			own[unit.ID] = d.result(unit, q)
		}
	}
	if q.Scope != "subtree" {
		return own
	}
	over := map[string]Result{}
	for id, root := range own {
		var members []Result
		for _, result := range own {
			if d.inSubtree(result.Unit, id) {
				members = append(members, result)
			}
		}
		pooled := pool(members)
		pooled.Unit, pooled.subtree = root.Unit, true
		over[id] = pooled
	}
	return over
}

// pool: measures, score and deductions are means over the units that have a value, counts are sums (SPEC §5). verified, evidence_share
// and mean_delay_days are taken by their definitions from the summed counts; stars are the unit's own.
func pool(members []Result) Result {
	pooled := Result{Measures: map[string]*big.Rat{}}
	scores, deductions := newMean(), newMean()
	for _, member := range members {
		pooled.Counts.sum(member.Counts)
		scores.add(member.Score, 1)
		deductions.add(member.Deductions, 1)
	}
	pooled.Score, pooled.Deductions = scores.value(), deductions.value()
	for _, name := range measures() {
		over := newMean()
		for _, member := range members {
			over.add(member.Measures[name], 1)
		}
		pooled.Measures[name] = over.value()
	}
	pooled.Counts.share(pooled.Measures)
	return pooled
}

func (c *Counts) sum(other Counts) {
	for _, pair := range []struct {
		to   *int
		from int
	}{
		{&c.Assessed, other.Assessed},
		{&c.OnTime, other.OnTime},
		{&c.Late, other.Late},
		{&c.Lapsed, other.Lapsed},
		{&c.CarriedLapsed, other.CarriedLapsed},
		{&c.EssentialLapsed, other.EssentialLapsed},
		{&c.essentialCarried, other.essentialCarried},
		{&c.Pending, other.Pending},
		{&c.Unverified, other.Unverified},
		{&c.Exempt, other.Exempt},
		{&c.Undated, other.Undated},
		{&c.Backdated, other.Backdated},
		{&c.Overexposed, other.Overexposed},
		{&c.YellowCards, other.YellowCards},
		{&c.OpenRectifications, other.OpenRectifications},
		{&c.OverdueRectifications, other.OverdueRectifications},
		{&c.Institutions, other.Institutions},
		{&c.delays, other.delays},
		{&c.delayed, other.delayed},
		{&c.withEvidence, other.withEvidence},
	} {
		*pair.to += pair.from
	}
	if other.Oldest != nil && (c.Oldest == nil || *other.Oldest > *c.Oldest) {
		c.Oldest = other.Oldest
	}
}
