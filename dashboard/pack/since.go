package pack

import (
	"cmp"
	"context"
	"slices"

	"yangguang/dashboard/pack/paper"
	"yangguang/queries/ask"
	"yangguang/queries/facts"
	"yangguang/queries/model"
)

// NoBaseline is an Order's Baseline that compares with no earlier pack.
const NoBaseline = "none"

// sinceReport lists what changed since the meeting before; sinceRanking has the ranks and scores of then and now. They are no reports of SPEC §7:
// only packs have them.
func sinceReport() model.Report {
	return model.Report{Name: "since", Columns: []model.Column{
		{Key: "change", Kind: model.Code},
		{Key: "unit_id"},
		{Key: "unit"},
		{Key: "item_id"},
		{Key: "item"},
		{Key: "class", Kind: model.Code},
		{Key: "period"},
		{Key: "due_on", Kind: model.Date},
		{Key: "state", Kind: model.Code},
		{Key: "published_on", Kind: model.Date},
		{Key: "delay_days", Kind: model.Days},
	}}
}

func sinceRanking() model.Report {
	return model.Report{Name: "since_ranking", Columns: []model.Column{
		{Key: "group", Kind: model.Code},
		{Key: "unit_id"},
		{Key: "unit"},
		{Key: "rank", Kind: model.Count},
		{Key: "rank_then", Kind: model.Count},
		{Key: "score", Kind: model.Score},
		{Key: "score_then", Kind: model.Score},
	}}
}

// baselineOf finds the pack that an order is to be compared with: the one that it names, or the last one before it. Empty: none. A name that is not
// there, or of a pack that is later, is a *model.UserError. Of very many units nothing is compared.
func (p *Packs) baselineOf(ctx context.Context, order Order) (string, error) {
	units, err := ask.Run(ctx, p.store, ask.CountUnits, order.Question)
	if err != nil || order.Baseline == NoBaseline || units > facts.DefaultManyAbove {
		return "", err
	}
	baselines, err := p.Baselines(ctx)
	if err != nil {
		return "", err
	}
	if order.Baseline == "" {
		last, _ := LastBaseline(baselines, order.Question)
		return last.Name, nil
	}
	if !slices.ContainsFunc(baselines, func(b Baseline) bool { return b.Name == order.Baseline && b.Before(order.Question) }) {
		return "", &model.UserError{Parameter: "baseline", Value: order.Baseline, Expected: "the name of an earlier meeting pack, or " + NoBaseline}
	}
	return order.Baseline, nil
}

// sinceParts are the tables of what changed since the baseline of an order; none without one.
func (p *Packs) sinceParts(ctx context.Context, question model.Question, name string) ([]paper.Part, *Baseline, error) {
	if name == "" {
		return nil, nil, nil
	}
	baselines, err := p.Baselines(ctx)
	if err != nil {
		return nil, nil, err
	}
	at := slices.IndexFunc(baselines, func(b Baseline) bool { return b.Name == name })
	if at < 0 {
		return nil, nil, &model.UserError{Parameter: "baseline", Value: name, Expected: "the name of a frozen meeting pack"}
	}
	baseline := baselines[at]
	return []paper.Part{
		{File: "since.csv", Report: sinceReport(), Question: question, Rows: func(ctx context.Context, each func([]any) error) error {
			return p.changedRows(ctx, question, baseline.Question, each)
		}},
		{File: "since-ranking.csv", Report: sinceRanking(), Question: question, Rows: func(ctx context.Context, each func([]any) error) error {
			return p.movedRows(ctx, question, baseline.Question, each)
		}},
	}, &baseline, nil
}

// changedRows are what lapsed since, what was mended, what is still open, then what is not counted any more.
func (p *Packs) changedRows(ctx context.Context, question, baseline model.Question, each func([]any) error) error {
	rows, err := ask.Run(ctx, p.store, ask.Since(baseline), question)
	if err != nil {
		return err
	}
	for _, change := range sinceChanges() {
		for _, row := range rows {
			if row.Change != change {
				continue
			}
			err := each([]any{
				row.Change, row.UnitID, row.Unit, row.ItemID, row.Item, row.Class, row.Period, valueOf(row.DueOn), row.State, valueOf(row.PublishedOn), valueOf(row.DelayDays),
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func sinceChanges() []string { return []string{"new", "mended", "open", "left"} }

// movedRows are the units of now by group and rank, each with its rank in its group and its score at both times; what it had not is empty.
func (p *Packs) movedRows(ctx context.Context, question, baseline model.Question, each func([]any) error) error {
	all := question
	all.Group = "all" // ranks in the groups are known where all are asked about
	now, err := ask.Run(ctx, p.store, ask.Ranking, all)
	if err != nil {
		return err
	}
	before, err := ask.Run(ctx, p.store, ask.Ranking, all.At(baseline))
	if err != nil {
		return err
	}
	then := map[string]model.RankingRow{}
	for _, unit := range before {
		then[unit.Group+" "+unit.UnitID] = unit
	}
	groups := model.Codes("group")
	slices.SortStableFunc(now, func(a, b model.RankingRow) int {
		return cmp.Or(cmp.Compare(slices.Index(groups, a.Group), slices.Index(groups, b.Group)), cmp.Compare(placeOf(a), placeOf(b)), cmp.Compare(a.UnitID, b.UnitID))
	})
	for _, unit := range now {
		if question.Group != "all" && unit.Group != question.Group {
			continue
		}
		was := then[unit.Group+" "+unit.UnitID]
		err := each([]any{unit.Group, unit.UnitID, unit.Unit, valueOf(unit.GroupRank), valueOf(was.GroupRank), valueOf(unit.Score), valueOf(was.Score)})
		if err != nil {
			return err
		}
	}
	return nil
}

// placeOf orders units by rank, those without one last.
func placeOf(unit model.RankingRow) int64 {
	if unit.GroupRank == nil {
		return 1 << 40
	}
	return *unit.GroupRank
}

// valueOf is what a pointer points to, as a report has it; nil: no value.
func valueOf[V any](value *V) any {
	if value == nil {
		return nil
	}
	return *value
}
