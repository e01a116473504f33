// Package score takes a unit's score apart: what each item costs, and what would raise it most.
package score

import (
	"math/big"
	"slices"

	"yangguang/queries/model"
)

// UnitScore takes one unit's score apart (SPEC §5), exactly: where its points were lost, what would win some back, and the most that is left.
type UnitScore struct {
	Score   *big.Rat    // points, deductions taken off; nil: no value
	Best    *big.Rat    // the score if every chance were taken; nil: no value even then
	Items   []ItemScore // those that count in a measure, the greatest loss first
	Chances []Chance    // the greatest gain first
	Steps   bool        // what is still to be published is reckoned with its four steps in order
}

// Measures are the four that make up a score, in the order of ItemScore.Lost.
func Measures() []string { return []string{"coverage", "timeliness", "procedure", "placement"} }

// ItemScore is what a unit did for an item in the window, and the points that it cost.
type ItemScore struct {
	ItemID, Item, Class                               string
	Assessed, Met, OnTime, WithSteps, InOrder, Placed int64
	Timely                                            int64       // what timeliness is over: the assessed ones and undated ones of sources with steps
	Placing                                           int64       // what placement is over: the met ones that no exemption covers
	Lost                                              [4]*big.Rat // in each of the Measures; nil where the item has no value
}

// Parts are what an item has of each of the Measures: so many of so many.
func (i ItemScore) Parts() [4][2]int64 {
	return [4][2]int64{{i.Met, i.Assessed}, {i.OnTime, i.Timely}, {i.InOrder, i.WithSteps}, {i.Placed, i.Placing}}
}

// TotalLost is what the item cost in all measures.
func (i ItemScore) TotalLost() *big.Rat {
	total := new(big.Rat)
	for _, lost := range i.Lost {
		if lost != nil {
			total.Add(total, lost)
		}
	}
	return total
}

// Chance is something that can still be changed, and what it alone would add to the score; gains of several do not add up exactly.
type Chance struct {
	// Kind is pending (publish by the due day), lapsed (publish now: late, but out), unverified (found published in time once somebody looks),
	// procedure or placement (publish again with the steps in order, or in the right place) or rectification (put right what is overdue).
	Kind       string
	Item       string
	Class      string               // empty for a rectification
	Obligation *model.ObligationRow // of pending, lapsed and unverified
	Count      int64                // obligations or notices that it is about
	Gain       *big.Rat             // points
}

// Of takes apart the score of a unit whose assessed and open obligations in a window these are (the report obligations), with so many
// yellow cards and overdue rectifications.
//
// What is published from now on is reckoned with its scope and channel as the item demands, and with its steps in order if the unit's records
// come with steps: some met obligation has a value for procedure, or none is met yet.
func Of(a model.Assessment, obligations []model.ObligationRow, yellowCards, overdue int64) UnitScore {
	result := UnitScore{Steps: withSteps(obligations)}
	now := tallied{assessment: a, yellowCards: yellowCards, overdue: overdue}
	for i := range obligations {
		now.add(obligations[i])
	}
	result.Score, result.Items = now.score(), now.losses()
	best := now.with(func(*tallied) {})
	chance := func(c Chance, change func(*tallied)) {
		change(&best)
		if c.Gain = gain(result.Score, now.with(change).score()); c.Gain.Sign() > 0 {
			result.Chances = append(result.Chances, c)
		}
	}
	for i := range obligations {
		o := &obligations[i]
		if slices.Contains([]string{"pending", "lapsed", "unverified"}, o.State) {
			chance(Chance{Kind: o.State, Item: o.Item, Class: o.Class, Obligation: o, Count: 1}, func(t *tallied) { t.publish(*o, result.Steps) })
		}
	}
	for at, item := range now.items {
		if n := item.WithSteps - item.InOrder; n > 0 {
			chance(Chance{Kind: "procedure", Item: item.Item, Class: item.Class, Count: n}, func(t *tallied) { t.items[at].InOrder += n })
		}
		if n := item.Placing - item.Placed; n > 0 {
			chance(Chance{Kind: "placement", Item: item.Item, Class: item.Class, Count: n}, func(t *tallied) { t.items[at].Placed += n })
		}
	}
	if overdue > 0 {
		chance(Chance{Kind: "rectification", Count: overdue}, func(t *tallied) { t.overdue = 0 })
	}
	slices.SortStableFunc(result.Chances, func(x, y Chance) int { return y.Gain.Cmp(x.Gain) })
	result.Best = best.score()
	return result
}

// withSteps says that a record published from now on would come with its steps.
func withSteps(obligations []model.ObligationRow) bool {
	met := false
	for _, o := range obligations {
		if o.Procedure != nil {
			return true
		}
		met = met || o.Placement != nil
	}
	return !met
}

// gain is what a score adds to another; one where there was none adds all of it.
func gain(before, after *big.Rat) *big.Rat {
	switch {
	case after == nil:
		return new(big.Rat)
	case before == nil:
		return after
	default:
		return new(big.Rat).Sub(after, before)
	}
}
