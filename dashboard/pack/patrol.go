package pack

import (
	"context"

	"yangguang/dashboard/pack/paper"
	"yangguang/queries/ask"
	"yangguang/queries/model"
)

// patrolReport counts what patrol has found: by kind what is to be checked and what people have confirmed, and what they have confirmed by unit as well. Nobody
// is named for what nobody has checked. It is no report of SPEC §7: only packs have it.
func patrolReport() model.Report {
	return model.Report{Name: "patrol", Columns: []model.Column{
		{Key: "finding", Kind: model.Code},
		{Key: "unit_id"},
		{Key: "unit"},
		{Key: "finding_open", Kind: model.Count},
		{Key: "finding_confirmed", Kind: model.Count},
	}}
}

// patrolled says whether patrol has seen anything of what a question asks.
func (p *Packs) patrolled(ctx context.Context, question model.Question) (bool, error) {
	seen, err := ask.Run(ctx, p.store, ask.Patrolled, question)
	return seen.LinksAt != nil || seen.TextsAt != nil, err
}

// patrolPart is the table of what patrol has found.
func (p *Packs) patrolPart(question model.Question) paper.Part {
	return paper.Part{File: "patrol.csv", Report: patrolReport(), Question: question, Rows: func(ctx context.Context, each func([]any) error) error {
		kinds, err := ask.Run(ctx, p.store, ask.FindingsCounted("finding", "", ""), question)
		if err != nil {
			return err
		}
		for _, kind := range kinds {
			if kind.Standing() == 0 {
				continue
			}
			if err := each([]any{kind.Key, nil, nil, int64(kind.Open), int64(kind.Confirmed)}); err != nil { //nolint:gosec // counts
				return err
			}
		}
		for _, kind := range kinds {
			if kind.Confirmed == 0 {
				continue
			}
			units, err := ask.Run(ctx, p.store, ask.FindingsCounted("unit", kind.Key, ""), question)
			if err != nil {
				return err
			}
			for _, unit := range units {
				if unit.Confirmed == 0 {
					continue
				}
				if err := each([]any{kind.Key, unit.Key, unit.Name, nil, int64(unit.Confirmed)}); err != nil { //nolint:gosec // a count
					return err
				}
			}
		}
		return nil
	}}
}
