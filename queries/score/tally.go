package score

import (
	"math/big"
	"slices"

	"yangguang/queries/model"
)

// tallied counts what a score is made of (SPEC §5).
type tallied struct {
	assessment           model.Assessment
	items                []ItemScore // in the order of their first obligation
	yellowCards, overdue int64
}

// with is a copy with a change.
func (t tallied) with(change func(*tallied)) tallied {
	t.items = slices.Clone(t.items)
	change(&t)
	return t
}

// of finds an obligation's item, which may be new.
func (t *tallied) of(o model.ObligationRow) *ItemScore {
	at := slices.IndexFunc(t.items, func(i ItemScore) bool { return i.ItemID == o.ItemID })
	if at < 0 {
		at = len(t.items)
		t.items = append(t.items, ItemScore{ItemID: o.ItemID, Item: o.Item, Class: o.Class})
	}
	return &t.items[at]
}

// add counts an obligation by its state; those that are not assessed count nothing, but for undated ones of sources with steps.
func (t *tallied) add(o model.ObligationRow) {
	item := t.of(o)
	switch o.State {
	case "lapsed":
		item.Assessed++
		item.Timely++
		return
	case "undated":
		if o.UndatedWithSteps != nil {
			item.Timely += *o.UndatedWithSteps
		}
		return
	case "on_time":
		item.OnTime++
	case "late":
	default:
		return
	}
	item.Assessed++
	item.Timely++
	item.Met++
	if o.Procedure != nil {
		item.WithSteps++
		item.InOrder += *o.Procedure
	}
	if o.Placement != nil {
		item.Placing++
		item.Placed += *o.Placement
	}
}

// publish counts an obligation as it would be if it were met as it should be: one that has lapsed is late.
func (t *tallied) publish(o model.ObligationRow, steps bool) {
	item := t.of(o)
	if o.State != "lapsed" {
		item.Assessed++
		item.Timely++
		item.OnTime++
	}
	item.Met++
	item.Placing++
	item.Placed++
	if steps {
		item.WithSteps++
		item.InOrder++
	}
}

func classWeight(a model.Assessment, class string) *big.Rat {
	switch class {
	case "essential":
		return a.Classes.Essential.Rat()
	case "obligatory":
		return a.Classes.Obligatory.Rat()
	default:
		return a.Classes.Recommended.Rat()
	}
}

// itemWeights sums, for each measure, the weights of the items that have a value.
func (t tallied) itemWeights() (sums [4]*big.Rat) {
	for m := range sums {
		sums[m] = new(big.Rat)
		for _, item := range t.items {
			if item.Parts()[m][1] > 0 {
				sums[m].Add(sums[m], classWeight(t.assessment, item.Class))
			}
		}
	}
	return sums
}

// points is what each measure with a value is worth of 100; nil ones have none.
func (t tallied) points() (worth [4]*big.Rat) {
	weights := [4]model.Number{t.assessment.Score.Coverage, t.assessment.Score.Timeliness, t.assessment.Score.Procedure, t.assessment.Score.Placement}
	sum, items := new(big.Rat), t.itemWeights()
	for m, weight := range weights {
		if items[m].Sign() > 0 {
			sum.Add(sum, weight.Rat())
		}
	}
	for m, weight := range weights {
		if items[m].Sign() > 0 && sum.Sign() > 0 {
			worth[m] = new(big.Rat).Quo(weight.Rat(), sum)
			worth[m].Mul(worth[m], big.NewRat(100, 1))
		}
	}
	return worth
}

// score is the points less the deductions, at least 0; nil when nothing is assessed.
func (t tallied) score() *big.Rat {
	worth, weights := t.points(), t.itemWeights()
	if worth[0] == nil {
		return nil
	}
	score := new(big.Rat)
	for m, points := range worth {
		if points == nil {
			continue
		}
		measure := new(big.Rat)
		for _, item := range t.items {
			if part := item.Parts()[m]; part[1] > 0 {
				measure.Add(measure, new(big.Rat).Mul(classWeight(t.assessment, item.Class), big.NewRat(part[0], part[1])))
			}
		}
		measure.Quo(measure, weights[m])
		score.Add(score, measure.Mul(measure, points))
	}
	score.Sub(score, t.deductions())
	if score.Sign() < 0 {
		return new(big.Rat)
	}
	return score
}

func (t tallied) deductions() *big.Rat {
	of := func(n int64, each model.Number) *big.Rat { return new(big.Rat).Mul(big.NewRat(n, 1), each.Rat()) }
	deductions := of(t.yellowCards, t.assessment.Deductions.YellowCard)
	deductions.Add(deductions, of(t.overdue, t.assessment.Deductions.OverdueRectification))
	if limit := t.assessment.Deductions.Limit.Rat(); deductions.Cmp(limit) > 0 {
		return limit
	}
	return deductions
}

// losses are the items that count in a measure and what each lost of the points, most first.
func (t tallied) losses() []ItemScore {
	worth, weights := t.points(), t.itemWeights()
	if worth[0] == nil { // nothing assessed: no score, and nothing lost of it
		return nil
	}
	var losses []ItemScore
	for _, item := range t.items {
		if item.Timely == 0 {
			continue
		}
		for m, part := range item.Parts() {
			if part[1] == 0 || worth[m] == nil {
				continue
			}
			lost := new(big.Rat).Mul(worth[m], big.NewRat(part[1]-part[0], part[1]))
			lost.Mul(lost, classWeight(t.assessment, item.Class))
			item.Lost[m] = lost.Quo(lost, weights[m])
		}
		losses = append(losses, item)
	}
	slices.SortStableFunc(losses, func(x, y ItemScore) int { return y.TotalLost().Cmp(x.TotalLost()) })
	return losses
}
