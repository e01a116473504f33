package dashboard

import (
	"context"
	"slices"

	"yangguang/queries"
)

// towns are the names of the towns that villages belong to, by the village's id: villages of one name are told apart by them. If they cannot be
// had, the panel does without them and says so.
func (a *ask) towns(villages []string, f *figure) map[string]string {
	if len(villages) == 0 {
		return nil
	}
	slices.Sort(villages)
	names := load(a.panels, "towns", a.question, func(ctx context.Context, question queries.Question) (map[string]string, error) {
		return a.store.ParentNames(ctx, question, slices.Compact(villages))
	})
	a.panels.wait()
	if names.failed {
		f.Lacks = a.T("lacks.towns")
	}
	return names.value
}

// villagesIn are the ids of the villages among the units that obligations belong to.
func villagesIn(obligations []queries.ObligationRow) (ids []string) {
	for _, o := range obligations {
		if o.Group == "villages" {
			ids = append(ids, o.UnitID)
		}
	}
	return ids
}

// placed is a unit's group, or of a village whose town is known the town.
func (a *ask) placed(id, group string, towns map[string]string) string {
	if town := towns[id]; town != "" && group == "villages" {
		return town
	}
	return a.CodeLabel("group", group)
}
