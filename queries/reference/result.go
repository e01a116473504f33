package reference

import (
	"math/big"
	"slices"
	"time"

	"yangguang/queries/model"
)

// Counts are summed over a group or a subtree (SPEC §5).
type Counts struct {
	Assessed, OnTime, Late, Lapsed, CarriedLapsed, EssentialLapsed int
	Pending, Unverified, Exempt, Undated                           int
	Backdated, Overexposed                                         int
	YellowCards, OpenRectifications, OverdueRectifications         int
	Institutions                                                   int
	essentialCarried                                               int
	confirmedBackdated, confirmedFailingLinks                      int
	delays, delayed                                                int // sum and number of delay_days over late and lapsed
	withEvidence                                                   int
	Oldest                                                         *int // largest delay_days among the lapsed
}

// Result is what a unit, or a subtree, is measured by.
type Result struct {
	Unit       model.Unit
	subtree    bool // of the unit with all below it
	caps       model.RatingCaps
	Counts     Counts
	Measures   map[string]*big.Rat // coverage, timeliness, evidenced_timeliness, procedure, placement, verified, evidence_share
	Deductions *big.Rat
	Score      *big.Rat
}

// judged lists the obligations of the units and items asked, judged, that are assessed in the window, and the carried ones.
func (d District) judged(unit model.Unit, q model.Question) (inWindow, carried []Obligation) {
	w := window{q.From, q.To, q.AsOf}
	since := d.since(q)
	for _, item := range d.Registry.Items {
		if !asked(item, q) {
			continue
		}
		earliest := q.From
		if since.Before(earliest) {
			earliest = since
		}
		for _, obligation := range d.owed(unit, item, earliest, laterOf(q.To, q.From), q.AsOf) {
			d.judge(&obligation, w)
			switch {
			case obligation.in(w):
				inWindow = append(inWindow, obligation)
			case item.Cadence != "standing" && obligation.State == "lapsed" && obligation.Due.Before(q.From) && !obligation.Due.Before(since):
				carried = append(carried, obligation)
			}
		}
	}
	return inWindow, carried
}

// in: due within the window; standing: due by its end; undated: published in it by the as-of day (SPEC §4).
func (o Obligation) in(w window) bool {
	switch {
	case o.Item.Cadence == "standing":
		return !o.Due.After(w.to)
	case o.Due.IsZero():
		return covers(w.from, w.to, o.Dated) && !o.Dated.After(w.asOf)
	}
	return covers(w.from, w.to, o.Due)
}

// since is the day from which carried lapses count: since of the configuration, else 1 January of the year before the as-of day's, but not
// before the beginning.
func (d District) since(q model.Question) time.Time {
	if !d.Since.IsZero() {
		return d.Since
	}
	return laterOf(d.beginning(), time.Date(q.AsOf.Year()-1, time.January, 1, 0, 0, 0, 0, time.UTC))
}

// itemCounts are those of a unit's item over its assessed obligations, beside them the undated ones of sources with steps.
type itemCounts struct{ assessed, met, onTime, evidenced, steps, inOrder, placing, placed, undatedWithSteps int }

func (c *itemCounts) add(o Obligation) {
	if o.State == "undated" && slices.ContainsFunc(o.Records, func(r Record) bool { return r.Steps }) {
		c.undatedWithSteps++
	}
	if !o.assessed() {
		return
	}
	c.assessed++
	if o.met() {
		c.met++
	}
	if o.State == "on_time" {
		c.onTime++
	}
	if o.Evidenced {
		c.evidenced++
	}
	if o.Procedure != nil {
		c.steps++
		if *o.Procedure {
			c.inOrder++
		}
	}
	if o.Placement != nil {
		c.placing++
		if *o.Placement {
			c.placed++
		}
	}
}

func (c itemCounts) measures() map[string]*big.Rat {
	timely := c.assessed + c.undatedWithSteps
	return map[string]*big.Rat{
		"coverage":             ratio(c.met, c.assessed),
		"timeliness":           ratio(c.onTime, timely),
		"evidenced_timeliness": ratio(c.evidenced, timely),
		"procedure":            ratio(c.inOrder, c.steps),
		"placement":            ratio(c.placed, c.placing),
	}
}

// measures are the five that an item has, in no order.
func measures() []string {
	return []string{"coverage", "timeliness", "evidenced_timeliness", "procedure", "placement"}
}

var classWeight = map[string]int64{"essential": 3, "obligatory": 2, "recommended": 1}

// result measures one unit by its own obligations (SPEC §5).
func (d District) result(unit model.Unit, q model.Question) Result {
	inWindow, carried := d.judged(unit, q)
	result := Result{Unit: unit, caps: d.Caps, Measures: map[string]*big.Rat{}}
	counts := &result.Counts
	items := map[string]*itemCounts{}
	for _, obligation := range inWindow {
		counts.add(obligation)
		if items[obligation.Item.ID] == nil {
			items[obligation.Item.ID] = &itemCounts{}
		}
		items[obligation.Item.ID].add(obligation)
	}
	counts.CarriedLapsed = len(carried)
	for _, obligation := range carried {
		if obligation.Item.Class == "essential" {
			counts.essentialCarried++
		}
	}
	for _, name := range measures() {
		over := newMean()
		for _, item := range d.Registry.Items {
			if items[item.ID] != nil {
				over.add(items[item.ID].measures()[name], classWeight[item.Class])
			}
		}
		result.Measures[name] = over.value()
	}
	counts.share(result.Measures)
	d.countRecords(counts, unit, q)
	d.supervise(counts, unit, q)
	d.countJudged(counts, unit, q)
	result.Deductions = big.NewRat(int64(min(5*counts.YellowCards+2*counts.OverdueRectifications, 20)), 1)
	if counts.Assessed > 0 {
		result.Score = score(result.Measures, result.Deductions)
	}
	return result
}

func score(measures map[string]*big.Rat, deductions *big.Rat) *big.Rat {
	over := newMean()
	for name, weight := range map[string]int64{"coverage": 40, "timeliness": 30, "procedure": 15, "placement": 15} {
		over.add(measures[name], weight)
	}
	value := new(big.Rat).Mul(big.NewRat(100, 1), over.value())
	value.Sub(value, deductions)
	if value.Sign() < 0 {
		return new(big.Rat)
	}
	return value
}

// share computes the measures that are ratios of counts.
func (c *Counts) share(measures map[string]*big.Rat) {
	measures["verified"] = ratio(c.Assessed, c.Assessed+c.Unverified)
	measures["evidence_share"] = ratio(c.withEvidence, c.OnTime+c.Late)
}

func (c *Counts) add(o Obligation) {
	switch o.State {
	case "on_time":
		c.OnTime++
	case "late":
		c.Late++
	case "lapsed":
		c.Lapsed++
		if o.Item.Class == "essential" {
			c.EssentialLapsed++
		}
		if c.Oldest == nil || *o.DelayDays > *c.Oldest {
			c.Oldest = o.DelayDays
		}
	case "pending":
		c.Pending++
	case "unverified":
		c.Unverified++
	case "exempt":
		c.Exempt++
	case "undated":
		c.Undated++
	}
	if o.assessed() {
		c.Assessed++
	}
	if o.DelayDays != nil {
		c.delays += *o.DelayDays
		c.delayed++
	}
	if o.met() && o.hasEvidence() {
		c.withEvidence++
	}
}
