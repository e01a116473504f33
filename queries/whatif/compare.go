package whatif

import (
	"context"
	"fmt"
	"reflect"

	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// Result is what a registry would change, were it in force.
type Result struct {
	Question    model.Question // with the instant at which all is known
	Groups      []Group        // of the question, in the order of the report summary
	Units       []model.MovedUnit
	Obligations []model.MovedObligation // the first of them
	Tally       Tally                   // of all
}

// Group is a group's row of the report summary under the registry in force and under the other one.
type Group struct{ Before, After model.SummaryRow }

// Moves reports whether anything of it differs.
func (g Group) Moves() bool { return !reflect.DeepEqual(g.Before, g.After) }

// Compare compares what the two registries say. Of the obligations that differ the first so many are in the result; each of them is handed to
// every, which may be nil.
func (d *Draft) Compare(ctx context.Context, most int, every func(model.MovedObligation) error, progress Progress) (r Result, err error) {
	fail := func(err error) (Result, error) { return Result{}, fmt.Errorf("compare two registries: %w", err) }
	r.Question = d.question
	if _, _, err := d.compute(ctx, progress); err != nil {
		return fail(err)
	}
	before, after := d.Before(ctx), d.After(ctx)
	if r.Groups, err = d.groups(before, after); err != nil {
		return fail(err)
	}
	if r.Units, err = ask.Run(after, d.asker, ask.MovedUnits(d.inForce), d.question); err != nil {
		return fail(err)
	}
	tally := newTally(r.Units)
	err = d.asker.EachMovedObligation(after, d.inForce, d.question, d.AtOnce, func(row model.MovedObligation) error {
		tally.add(row)
		if len(r.Obligations) < most {
			r.Obligations = append(r.Obligations, row)
		}
		if every == nil {
			return nil
		}
		return every(row)
	}, func(done, of int) {
		if progress != nil && of > 1 {
			progress(done, of)
		}
	})
	if err != nil {
		return fail(err)
	}
	r.Tally = tally.finished()
	return r, nil
}

// groups are the rows of the report summary of both, of groups that either has.
func (d *Draft) groups(before, after context.Context) (groups []Group, err error) {
	earlier, err := ask.Run(before, d.asker, ask.Summary, d.question)
	if err != nil {
		return nil, err
	}
	later, err := ask.Run(after, d.asker, ask.Summary, d.question)
	if err != nil {
		return nil, err
	}
	for i, row := range later { // both have the same groups in the same order
		if earlier[i].Units+row.Units > 0 {
			groups = append(groups, Group{earlier[i], row})
		}
	}
	return groups, nil
}

// Nothing reports whether no figure would be another.
func (r Result) Nothing() bool {
	for _, group := range r.Groups {
		if group.Moves() {
			return false
		}
	}
	return len(r.Units) == 0 && r.Tally.Obligations == 0
}
