package pack

import (
	"context"
	"encoding/json"
	"fmt"

	"yangguang/queries/freeze"
	"yangguang/queries/model"
)

// Baseline is a pack that later figures may be compared with: what it asked, with the instant of its knowledge.
type Baseline struct {
	Name     string
	Question model.Question
}

// Baselines lists the packs that later figures may be compared with, the latest first.
func (p *Packs) Baselines(ctx context.Context) ([]Baseline, error) {
	all, err := freeze.Baselines(ctx, p.store.Store)
	if err != nil {
		return nil, err
	}
	baselines := make([]Baseline, 0, len(all))
	for _, one := range all {
		var kept asked
		if err := json.Unmarshal([]byte(one.Question), &kept); err != nil {
			return nil, fmt.Errorf("read the question of freeze %s: %w", one.Name, err)
		}
		order, err := kept.order(one.Name)
		if err != nil {
			return nil, err
		}
		order.Question.KnownAt = one.KnownAt
		baselines = append(baselines, Baseline{one.Name, order.Question})
	}
	return baselines, nil
}

// LastBaseline is the pack that a question is compared with unless another is chosen: the latest before it of the same group, area, programme and
// focus, else the latest of everything.
func LastBaseline(of []Baseline, question model.Question) (last Baseline, found bool) {
	for _, one := range of {
		if !one.Before(question) || one.Question.AsOf.Equal(question.AsOf) { // papers of this meeting
			continue
		}
		b := one.Question
		if b.Group == question.Group && b.Within == question.Within && b.Programme == question.Programme && b.Focus == question.Focus {
			return one, true
		}
		if !found && b.Group == "all" && b.Within == "" && b.Programme == "" && b.Focus == "" {
			last, found = one, true
		}
	}
	return last, found
}

// Before says that a pack is of an earlier knowledge than a question, and not of a later day.
func (b Baseline) Before(question model.Question) bool {
	return !b.Question.AsOf.After(question.AsOf) && (question.KnownAt.IsZero() || b.Question.KnownAt.Before(question.KnownAt))
}
